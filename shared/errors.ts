import * as z from 'zod';

/** The one thing a person can do about it; `none` when there is nothing to do. */
const fixActions = [
  'retry',
  'wait',
  'sign-in',
  'add-scope',
  'open-zoom',
  'open-apps',
  'check-input',
  'check-connection',
  'choose-file',
  'ask-administrator',
  'unlock-keychain',
  'none',
] as const;

/** What went wrong, as one closed list, and what is usually done about it; screens choose their picture and place by it. */
const usualAction = {
  'invalid-input': 'check-input',
  'not-signed-in': 'sign-in',
  'missing-scope': 'add-scope',
  forbidden: 'ask-administrator',
  'not-found': 'none',
  refused: 'check-input',
  conflict: 'check-input',
  'not-in-zoom-client': 'open-zoom',
  'minute-limit': 'wait',
  'rate-limit': 'wait',
  'daily-limit': 'wait',
  network: 'check-connection',
  timeout: 'retry',
  'zoom-down': 'retry',
  'bad-answer': 'retry',
  cancelled: 'none',
  file: 'choose-file',
  storage: 'retry',
  keychain: 'unlock-keychain',
  internal: 'retry',
} as const satisfies Readonly<Record<string, (typeof fixActions)[number]>>;

export type ErrorKind = keyof typeof usualAction;

const zoomAnswerSchema = z.strictObject({
  /** operationId of the catalogue. */
  operation: z.string(),
  /** HTTP status of the answer. */
  http: z.number().int(),
  /** Zoom's own error code; null when the body had none. */
  code: z.number().nullable(),
  /** Zoom's own text, at most 500 characters; may be empty. */
  message: z.string(),
  /** Zoom's complaints about single fields, at most 50. */
  fields: z.array(z.strictObject({ field: z.string(), message: z.string() })),
  /** `x-zm-trackingid`, which Zoom's support asks for. */
  trackingId: z.string().exactOptional(),
});

/**
 * One failure as plain data: crosses IPC, is shown as it is and never thrown.
 * Holds no token, no request body and no URL with a query.
 */
export const tallyErrorSchema = z.lazy(() =>
  z.strictObject({
    kind: z.enum(Object.keys(usualAction) as ErrorKind[]),
    /** One plain sentence: what happened. */
    what: z.string(),
    /** One plain sentence: why, where it is known. */
    why: z.string().exactOptional(),
    action: z.enum(fixActions),
    /** When trying again makes sense, epoch milliseconds. */
    retryAt: z.number().exactOptional(),
    /** Scopes of which any one would have been enough. */
    scopes: z.array(z.string()).exactOptional(),
    /** What Zoom answered, when it answered. */
    zoom: zoomAnswerSchema.exactOptional(),
  }),
);

export type TallyError = z.infer<typeof tallyErrorSchema>;

/** What came of something that can fail, as data. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: TallyError };

export type ZoomAnswer = NonNullable<TallyError['zoom']>;

/** Makes an error with the action usual for its kind; `extra` adds details or another action. */
export function tallyError(
  kind: ErrorKind,
  what: string,
  extra: Partial<Omit<TallyError, 'kind' | 'what'>> = {},
): TallyError {
  return { kind, what, action: usualAction[kind], ...extra };
}

/** True when `x` is a whole, well-formed error of this list. */
export function isTallyError(x: unknown): x is TallyError {
  return tallyErrorSchema.safeParse(x).success;
}
