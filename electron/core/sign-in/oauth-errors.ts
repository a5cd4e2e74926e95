import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { isObject, parseJson } from '../../../shared/json.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { proxyAsks } from '../zoom/connection-errors.ts';

/** What a request to the token endpoint was for: the same refusal means different things. */
export type Purpose = 'sign-in' | 'refresh' | 'revoke';

/** An answer without tokens: Zoom's `{"reason", "error"}`, or whatever else stood in its place. */
interface Refusal {
  readonly http: number;
  /** Empty where the body names none. */
  readonly error: string;
  readonly reason: string;
  /** Zoom's number (developers.zoom.us/docs/integrations/oauth-error-messages); null where there is none. */
  readonly code: number | null;
  readonly json: boolean;
  /** From Retry-After, epoch ms. */
  readonly retryAt: number | null;
}

/** Numbers for a client id, secret or app that Zoom does not take, and for tokens that are gone. */
const clientCodes: readonly (number | null)[] = [4702, 4704, 4717, 4738];
const tokenCodes: readonly (number | null)[] = [4735, 4737, 4741];
/** Refusals of RFC 6749 (5.2) that leave the token's fate open, and will be the same next time. */
const neverAgain: readonly string[] = ['unsupported_grant_type', 'invalid_scope'];

/** Reads an answer of the token endpoint; undefined when it is a good one. @param now epoch ms */
export function readRefusal(response: Response, text: string, now: number): Refusal | undefined {
  const found = parseJson(text);
  const json = isObject(found) ? found : undefined;
  const error = typeof json?.error === 'string' ? json.error : '';
  // Zoom's API sends some errors with status 200.
  if (response.ok && (error === '' || json?.access_token !== undefined)) return undefined;
  const reason = [json?.reason, json?.message, json?.error_description, json?.errorMessage].find(
    (one) => typeof one === 'string',
  );
  const given = json?.code ?? json?.errorCode;
  const code = Number(given);
  return {
    http: response.ok ? 400 : response.status,
    error,
    reason: typeof reason === 'string' ? reason : '',
    code: given !== undefined && Number.isInteger(code) ? code : null,
    json: json !== undefined,
    retryAt: parseRetryAfter(response.headers.get('retry-after') ?? '', now),
  };
}

/**
 * Turns a refusal into one error. Only `not-signed-in` says that the token or code is gone for good: to take anything else for
 * that would sign a person out because of a proxy. Only `refused` says that Zoom does not end or renew a sign-in however often it is asked.
 */
export function explainRefusal(refusal: Refusal, purpose: Purpose): TallyError {
  const { http, error, reason, json } = refusal;
  const after = refusal.retryAt === null ? {} : { retryAt: refusal.retryAt };
  if (http === 429) return tallyError('rate-limit', 'Zoom is getting too many calls at once.', after);
  if (http >= 500) {
    return tallyError('zoom-down', 'Zoom has trouble with the sign-in at the moment.', after);
  }
  if (http === 407) return tallyError('network', proxyAsks);
  if (!json) return failures.notZoom;
  const special = purpose === 'revoke' ? whyNotRevoked(refusal) : byCode[purpose].get(refusal.code);
  if (special) return special;
  if (isClientUnknown(refusal)) return purpose === 'sign-in' ? failures.client : failures.clientGone;
  if (purpose === 'sign-in' && /redirect/i.test(reason)) return failures.redirect;
  if (isGone(refusal)) return purpose === 'sign-in' ? failures.code : failures.token;
  const named = /^\w{1,40}$/.test(error) ? { why: `Zoom’s word for it: ${error}.` } : {};
  const kind = purpose === 'refresh' && neverAgain.includes(error) ? 'refused' : 'bad-answer';
  return tallyError(kind, 'Zoom refused the sign-in in a way that Tally does not know.', {
    action: 'retry',
    ...named,
  });
}

function isClientUnknown({ error, reason, code }: Refusal): boolean {
  return (
    error === 'invalid_client' ||
    error === 'unauthorized_client' ||
    clientCodes.includes(code) ||
    (error === 'invalid_request' && /client[ _]?(id|secret)/i.test(reason))
  );
}

/**
 * `invalid_grant`, with or without a reason; for codes and, in older answers, for tokens `invalid_request` with HTTP 400;
 * until mid-2022 HTTP 401 with a reason about the token.
 */
function isGone({ http, error, reason, code }: Refusal): boolean {
  if (error === 'invalid_grant' || tokenCodes.includes(code)) return true;
  if (http === 400) return error === 'invalid_request';
  return http === 401 && /token|authorization code/i.test(reason);
}

/** A named refusal to revoke will be the same next time, unless it is of a dead token or its name says that it passes. */
function whyNotRevoked(refusal: Refusal): TallyError | undefined {
  const { http, error, reason, code } = refusal;
  if (isGone(refusal) && /token|^$/i.test(reason)) return failures.token;
  if (http === 408 || error === 'server_error' || error === 'temporarily_unavailable') return undefined;
  return error !== '' || code !== null ? failures.notEnded : undefined;
}

/** What can go wrong with the sign-in, in words. */
export const failures = {
  otherSignIn: tallyError('invalid-input', 'This answer belongs to another sign-in.', {
    why: 'It may come from an earlier try, or from another page.',
    action: 'none',
  }),
  declined: tallyError('cancelled', 'You said no at Zoom.'),
  noCode: tallyError('invalid-input', 'The address lacks the code that Zoom puts in it.', {
    why: 'It may have been cut off.',
  }),
  code: tallyError('not-signed-in', 'Zoom no longer accepts this answer.', {
    why: 'It is good for one sign-in within five minutes.',
  }),
  codeExpired: tallyError('not-signed-in', 'The code of this sign-in has expired.', {
    why: 'Zoom takes it for five minutes.',
  }),
  codeInvalid: tallyError('not-signed-in', 'Zoom does not accept the code of this sign-in.', {
    why: 'It may have been used before, or cut off.',
  }),
  redirect: tallyError('invalid-input', 'Your app at Zoom has another redirect address.', {
    why: 'Enter the one that Tally shows under “OAuth Redirect URL” and in the “OAuth Allow List”, letter by letter.',
  }),
  client: tallyError('invalid-input', 'Zoom does not know this client ID, or its secret is wrong.', {
    why: 'Use the Development credentials as long as the app is not published, and the Public Client ID where the app has no secret.',
  }),
  clientGone: tallyError('invalid-input', 'Zoom no longer takes your app’s client id or secret.', {
    why: 'The app was removed or switched off at Zoom, or its secret was changed.',
    action: 'sign-in',
  }),
  token: tallyError('not-signed-in', 'Zoom no longer accepts this sign-in.', {
    why: 'You or an administrator removed the app, your password changed, or you signed in on another computer with the same app.',
  }),
  scopesChanged: tallyError('not-signed-in', 'The scopes of your app at Zoom have changed.', {
    why: 'This sign-in was made with the former ones, and Zoom no longer accepts it.',
  }),
  notEnded: tallyError('refused', 'Zoom did not end the sign-in.', { action: 'none' }),
  noRefreshToken: tallyError('bad-answer', 'Zoom sent no refresh token.'),
  notUnderstood: tallyError(
    'bad-answer',
    'Zoom sent an answer to the sign-in that Tally does not understand.',
  ),
  notZoom: tallyError('bad-answer', 'Something other than Zoom answered the sign-in.', {
    why: 'A proxy or a firewall may stand between this computer and Zoom.',
    action: 'check-connection',
  }),
  network: tallyError('network', 'Zoom could not be reached for the sign-in.'),
  timeout: tallyError('timeout', 'Zoom did not answer the sign-in in time.'),
} as const;

/** Refusals that Zoom's number alone tells apart. The same number means other things to other requests. */
const byCode: Readonly<Record<Exclude<Purpose, 'revoke'>, ReadonlyMap<number | null, TallyError>>> = {
  'sign-in': new Map([
    [4733, failures.codeExpired],
    [4734, failures.codeInvalid],
  ]),
  refresh: new Map([[4711, failures.scopesChanged]]),
};
