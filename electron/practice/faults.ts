import * as z from 'zod';
import { writeJson } from '../../shared/json.ts';
import { nextMidnight, zoomTime } from './clock.ts';
import { limitMessages } from './limits.ts';

/** An answer before it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** null: no body. */
  readonly body: string | null;
  /** Zoom's error code, for the log. */
  readonly code?: number;
}

/** A JSON answer as Zoom labels it. */
export function jsonAnswer(
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return {
    status,
    headers: { 'Content-Type': 'application/json;charset=UTF-8', ...headers },
    body: writeJson(value),
  };
}

/** A JSON answer with Zoom's error code in it. */
function errorAnswer(
  status: number,
  body: { readonly code: number; readonly [field: string]: unknown },
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return { ...jsonAnswer(status, body, headers), code: body.code };
}

function rateLimited(message: string, headers: Readonly<Record<string, string>>): Answer {
  return errorAnswer(429, { code: 429, message }, { 'X-RateLimit-Category': 'Medium', ...headers });
}

const perSecond = { 'X-RateLimit-Type': 'QPS', 'X-RateLimit-Limit': '20', 'X-RateLimit-Remaining': '0' };

/** Every way in which Zoom and the proxies before it word a 429. */
const rateLimits = {
  qps: () => rateLimited(limitMessages.second, perSecond),
  seconds: (seconds: number) =>
    rateLimited(limitMessages.second, { ...perSecond, 'Retry-After': String(seconds) }),
  'http-date': (seconds: number, now: number) =>
    rateLimited(limitMessages.second, {
      ...perSecond,
      'Retry-After': new Date(now + seconds * 1000).toUTCString(),
    }),
  daily: (_seconds: number, now: number) =>
    rateLimited(limitMessages.day, {
      'X-RateLimit-Type': 'Daily-limit',
      'X-RateLimit-Limit': '2000',
      'X-RateLimit-Remaining': '0',
      'Retry-After': zoomTime(nextMidnight(now)),
    }),
  'user-daily': () =>
    rateLimited(limitMessages.userDay(6000, 'requests for this user'), {
      'X-RateLimit-Limit': '6000',
      'X-RateLimit-Remaining': '0',
    }),
  'presence-minute': () =>
    rateLimited(limitMessages.minute, { 'X-RateLimit-Limit': '1', 'X-RateLimit-Remaining': '0' }),
  'presence-minute-qps': () => rateLimited(limitMessages.minute, { ...perSecond, 'X-RateLimit-Limit': '1' }),
  concurrency: () => rateLimited(limitMessages.concurrency, {}),
} as const;

export type RateLimitVariant = keyof typeof rateLimits;

/** Shapes of errors that only Zoom makes. */
const oddAnswers = {
  'error-200': errorAnswer(200, { code: 200, message: 'No permission.' }),
  'code-zero': errorAnswer(400, { code: 0, message: 'Unknown error.' }),
  'code-negative': errorAnswer(400, { code: -1, message: 'Required request part is not present' }),
  'error-message': errorAnswer(400, { code: 300, error_message: 'Validation Failed.' }),
  empty: { status: 400, headers: { 'Content-Type': 'application/json;charset=UTF-8' }, body: '' } as Answer,
} as const;

export type OddShape = keyof typeof oddAnswers;

/** Refusals of the token and revoke endpoints by Zoom's numbers (developers.zoom.us/docs/integrations/oauth-error-messages). */
export const oauthRefusals = {
  'scopes-changed': errorAnswer(400, { code: 4711, message: 'Refresh token invalid.' }),
  'app-disabled': errorAnswer(400, { code: 4717, message: 'The app has been disabled' }),
  'owner-gone': errorAnswer(400, { code: 4735, message: 'The owner of the token does not exist.' }),
  'not-found': errorAnswer(400, {
    code: 4737,
    message: 'Can not find the authentication for the access token.',
  }),
  'not-approved': errorAnswer(400, { code: 4738, message: 'The token is disabled by admin.' }),
  newer: errorAnswer(400, { code: 4741, message: 'The token has been revoked.' }),
  'code-expired': errorAnswer(400, { code: 4733, message: 'Code is expired.' }),
  'code-invalid': errorAnswer(400, { code: 4734, message: 'Invalid authorization code.' }),
  client: jsonAnswer(401, { reason: 'Invalid client_id or client_secret', error: 'invalid_client' }),
} as const;

export type OauthRefusal = keyof typeof oauthRefusals;

const keysOf = <K extends string>(table: Readonly<Record<K, unknown>>) => Object.keys(table) as K[];

const count = z.int().min(0);
/** The longest that a timer of Node takes, in ms. */
const longestTimer = 2 ** 31 - 1;
const text = z.string();

const kind = <K extends string, Fields extends z.ZodRawShape>(name: K, fields: Fields) =>
  z.strictObject({ kind: z.literal(name), ...fields });

/**
 * What can go wrong with one answer.
 * - drop: the socket closes without an answer, before the request is carried out, or after it with `after: true`
 * - delay: carrying the request out takes so many milliseconds
 * - hold: stands still until `POST /practice/release`, before it is carried out (and never is when the client goes away
 *   meanwhile), or after it was and before the answer; in the log, with `held`, from the moment it stands still
 * - cut: carried out, but the connection ends after so many bytes of the answer's body (of its head where it has no body)
 * - status: answered with this status and nothing carried out; `body` is sent as it is, else `{code, message}`
 * - unauthorized: 401 with code 124
 * - rate-limit: 429, in every way Zoom and the proxies before it word it
 * - proxy-html: a proxy's page instead of an answer (500 unless given)
 * - content-type: carried out and answered right, but labelled otherwise (text/html unless given)
 * - truncate-json: carried out, answered with half of the JSON
 * - odd: shapes of errors that only Zoom makes
 * - oauth: refused as the token and revoke endpoints refuse, whatever was asked
 * - lose-refresh: a token refresh is carried out, the old token dies, the answer never arrives
 */
const faultSchema = z.discriminatedUnion('kind', [
  kind('drop', { after: z.boolean().exactOptional() }),
  kind('delay', { ms: count.max(longestTimer) }),
  kind('hold', { when: z.enum(['before', 'after']) }),
  kind('cut', { bytes: count }),
  kind('status', {
    status: count,
    code: z.number().exactOptional(),
    message: text.exactOptional(),
    body: text.exactOptional(),
    contentType: text.exactOptional(),
    headers: z.record(text, text).exactOptional(),
  }),
  kind('unauthorized', {}),
  kind('rate-limit', { variant: z.enum(keysOf(rateLimits)), seconds: count.exactOptional() }),
  kind('proxy-html', { status: count.exactOptional() }),
  kind('content-type', { contentType: text.exactOptional() }),
  kind('truncate-json', {}),
  kind('odd', { shape: z.enum(keysOf(oddAnswers)) }),
  kind('oauth', { refusal: z.enum(keysOf(oauthRefusals)) }),
  kind('lose-refresh', {}),
]);

export type Fault = z.infer<typeof faultSchema>;

/** Which requests a fault is for: all of the given must be equal. */
const matchSchema = z.strictObject({
  operationId: text.exactOptional(),
  path: text.exactOptional(),
  method: text.exactOptional(),
  /** What a request to /oauth/token trades: authorization_code or refresh_token. */
  grantType: text.exactOptional(),
});

export type FaultMatch = z.infer<typeof matchSchema>;

/** A fault as a control call arms it, for so many requests. */
export const armSchema = z.object({
  match: matchSchema.default({}),
  times: z.int().min(1).default(1),
  fault: faultSchema,
});

interface Armed {
  readonly match: FaultMatch;
  readonly fault: Fault;
  times: number;
}

interface Asked {
  readonly operationId: string | null;
  readonly path: string;
  readonly method: string;
  readonly grantType: string | undefined;
}

export interface Faults {
  arm(match: FaultMatch, fault: Fault, times: number): void;
  /** The oldest armed fault for this request, used up by one. */
  take(asked: Asked): Fault | undefined;
  readonly armed: () => readonly Armed[];
  clear(): void;
}

export function createFaults(): Faults {
  let armed: Armed[] = [];
  return {
    arm: (match, fault, times) => {
      armed.push({ match, fault, times });
    },
    take: (asked) => {
      const found = armed.find(
        ({ match, fault }) =>
          (match.operationId === undefined || match.operationId === asked.operationId) &&
          (match.path === undefined || match.path === asked.path) &&
          (match.method === undefined || match.method.toUpperCase() === asked.method) &&
          (match.grantType === undefined || match.grantType === asked.grantType) &&
          (fault.kind !== 'lose-refresh' || asked.grantType === 'refresh_token'),
      );
      if (!found) return undefined;
      found.times -= 1;
      if (found.times <= 0) armed = armed.filter((one) => one !== found);
      return found.fault;
    },
    armed: () => armed,
    clear: () => {
      armed = [];
    },
  };
}

const proxyPage =
  '<!DOCTYPE html><html><head><title>Error</title></head><body><h1>Internal Server Error</h1></body></html>';

/** The answer of a fault that keeps the request from being carried out; undefined for all others. */
export function answerInstead(fault: Fault | undefined, now: number): Answer | undefined {
  switch (fault?.kind) {
    case 'unauthorized':
      return errorAnswer(401, { code: 124, message: 'Invalid access token.' });
    case 'proxy-html':
      return { status: fault.status ?? 500, headers: { 'Content-Type': 'text/html' }, body: proxyPage };
    case 'status': {
      const code = fault.code === undefined ? {} : { code: fault.code };
      const plain = jsonAnswer(fault.status, { ...code, message: fault.message ?? '' }, fault.headers);
      const label = fault.contentType === undefined ? {} : { 'Content-Type': fault.contentType };
      return { ...plain, ...code, headers: { ...plain.headers, ...label }, body: fault.body ?? plain.body };
    }
    case 'rate-limit':
      return rateLimits[fault.variant](fault.seconds ?? 1, now);
    case 'odd':
      return oddAnswers[fault.shape];
    case 'oauth':
      return oauthRefusals[fault.refusal];
    default:
      return undefined;
  }
}

/** The answer as a fault leaves it that spoils only what is sent. */
export function spoil(answer: Answer, fault: Fault | undefined): Answer {
  if (fault?.kind === 'content-type') {
    return { ...answer, headers: { ...answer.headers, 'Content-Type': fault.contentType ?? 'text/html' } };
  }
  if (fault?.kind === 'truncate-json') {
    return { ...answer, body: answer.body?.slice(0, Math.ceil(answer.body.length / 2)) ?? null };
  }
  return answer;
}
