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
export function errorAnswer(
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
export const rateLimits = {
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
export const oddAnswers = {
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
