import { STATUS_CODES } from 'node:http';
import { type CallAnswer, type CallInput, hiddenText, type Json } from '../../../shared/advanced.ts';
import type { TallyError } from '../../../shared/errors.ts';
import { isObject, readJson } from '../../../shared/json.ts';
import { type Operation, operations } from '../../../shared/zoom/operations.gen.ts';
import { hasToken } from '../../../shared/zoom/secrets.ts';
import { type Answer, header } from '../http/answer.ts';
import { readLimits } from '../zoom/limits.ts';
import { meaningsOf, type Refusal } from './meanings.ts';
import { createHider, type Hider, secretsOf } from './secrets.ts';

/** What was seen of a call. */
export interface Seen {
  readonly call: string;
  readonly input: CallInput;
  /** When its last try was sent, epoch ms. */
  readonly at: number;
  /** How long that try took, ms. */
  readonly ms: number;
  /** What came, with the token of the try. */
  readonly came?: { readonly answer: Answer; readonly token: string };
  readonly error?: TallyError;
}

/** The answer as it may be shown, and what is hidden in it by JSON pointer. */
export interface Told {
  readonly answer: CallAnswer;
  readonly hidden: ReadonlyMap<string, string>;
}

/** Makes of a call what the window and the history may see. */
export function tell({ call, input, at, ms, came, error }: Seen): Told {
  const hider = createHider([...(came ? [came.token] : []), ...secretsOf(input.body)]);
  const shownError = error && { error: hideInError(error, hider) };
  if (!came) return { answer: { call, at, ms, ...shownError, meanings: [] }, hidden: new Map() };

  const operation: Operation = operations[input.operation];
  const { status, headers, body } = came.answer;
  const raw = body ? new TextDecoder().decode(body) : '';
  const parsed = raw.trim() === '' ? undefined : readJson(raw);
  const { text, hidden } =
    parsed === undefined ? { text: hider.text(raw), hidden: new Map<string, string>() } : hider.json(raw);
  const trackingId = header(headers, 'x-zm-trackingid');
  const { retryAt: _told, ...limits } = readLimits(operation.label, headers, at);
  const said = error && (error.zoom ?? refusalIn(status, parsed));
  const next = error ? undefined : nextOf(input, operation, parsed);
  return {
    answer: {
      call,
      at,
      ms,
      http: {
        status,
        phrase: STATUS_CODES[status] ?? '',
        headers: shownHeaders(headers, hider),
        size: body?.byteLength ?? 0,
        form: parsed !== undefined ? 'json' : raw.trim() === '' ? 'empty' : 'text',
        body: text,
        hidden: shownPointers(hidden.keys()),
      },
      limits,
      ...(trackingId !== undefined && { trackingId: hider.text(trackingId) }),
      ...shownError,
      meanings: said ? meaningsOf(input.operation, said) : [],
      ...(next && { next }),
    },
    hidden,
  };
}

/** Each once. One through a name with a token in it leads nowhere in the text that is shown, and would tell the token. */
export function shownPointers(hidden: Iterable<string>): string[] {
  return [...new Set(hidden)].filter((pointer) => !hasToken(pointer));
}

/** Cookies are sessions, whatever they look like. */
const secretHeaders: readonly string[] = ['set-cookie', 'authorization'];

function shownHeaders(headers: Answer['headers'], hider: Hider): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    [value ?? []]
      .flat()
      .map((one): [string, string] => [name, secretHeaders.includes(name) ? hiddenText : hider.text(one)]),
  );
}

/** The error without what is secret in its words. */
export function hideInError(error: TallyError, hider: Hider): TallyError {
  const { zoom } = error;
  return {
    ...error,
    what: hider.text(error.what),
    ...(error.why !== undefined && { why: hider.text(error.why) }),
    ...(zoom && {
      zoom: {
        ...zoom,
        message: hider.text(zoom.message),
        fields: zoom.fields.map(({ field, message }) => ({
          field: hider.text(field),
          message: hider.text(message),
        })),
      },
    }),
  };
}

/** What Zoom said where the error tells of something else, such as a sign-in that could not be renewed after it. */
function refusalIn(http: number, body: Json | undefined): Refusal | undefined {
  if (!isObject(body) || typeof body.code !== 'number') return undefined;
  return { http, code: body.code, message: typeof body.message === 'string' ? body.message : '' };
}

function nextOf(input: CallInput, operation: Operation, body: Json | undefined): CallInput | undefined {
  const token = isObject(body) ? body.next_page_token : undefined;
  if (typeof token !== 'string' || token === '') return undefined;
  if (!operation.queryParams.includes('next_page_token')) return undefined;
  // Zoom goes by one or the other.
  const { page_number: _former, ...query } = input.query;
  return { ...input, query: { ...query, next_page_token: token } };
}
