import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { isObject, parseJson } from '../../../shared/json.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import { proxyAsks } from '../zoom/connection-errors.ts';
import { ends } from './ends.ts';

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

/** Numbers for a client id or secret that Zoom does not take, and for tokens that are gone. */
const clientCodes: readonly (number | null)[] = [4702, 4704];
const tokenCodes: readonly (number | null)[] = [4735, 4737, 4740, 4741];
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
    return tallyError('zoom-down', 'Zoom is having problems with sign-ins right now.', after);
  }
  if (http === 407) return tallyError('network', proxyAsks);
  if (!json) return failures.notZoom;
  const special = purpose === 'revoke' ? whyNotRevoked(refusal) : named(refusal, purpose);
  if (special) return special;
  if (isClientUnknown(refusal)) return purpose === 'sign-in' ? failures.client : failures.clientGone;
  if (purpose === 'sign-in' && /redirect/i.test(reason)) return failures.redirect;
  if (isGone(refusal)) return purpose === 'sign-in' ? failures.code : ends.unknown;
  const word = /^\w{1,40}$/.test(error) ? { why: `Zoom’s word for it: ${error}.` } : {};
  const kind = purpose === 'refresh' && neverAgain.includes(error) ? 'refused' : 'bad-answer';
  return tallyError(kind, 'Zoom refused the sign-in in a way that Tally doesn’t know.', {
    action: 'retry',
    ...word,
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
  if (isGone(refusal) && /token|^$/i.test(reason)) return ends.unknown;
  if (http === 408 || error === 'server_error' || error === 'temporarily_unavailable') return undefined;
  return error !== '' || code !== null ? failures.notEnded : undefined;
}

/** What can go wrong with the sign-in, in words. */
export const failures = {
  otherSignIn: tallyError('invalid-input', 'This answer belongs to another sign-in.', {
    why: 'It may come from an earlier try, or from another page.',
    action: 'none',
  }),
  declined: tallyError('cancelled', 'You declined in Zoom.'),
  noCode: tallyError('invalid-input', 'The address lacks the code that Zoom puts in it.', {
    why: 'It may have been cut off.',
  }),
  code: tallyError('not-signed-in', 'Zoom no longer accepts this answer.', {
    why: 'It is good for one sign-in within five minutes.',
  }),
  codeExpired: tallyError('not-signed-in', 'The code of this sign-in has expired.', {
    why: 'Zoom takes it for five minutes.',
  }),
  codeInvalid: tallyError('not-signed-in', 'Zoom doesn’t accept the code of this sign-in.', {
    why: 'It may have been used before, or cut off.',
  }),
  redirect: tallyError('invalid-input', 'Your Zoom app has another redirect address.', {
    why: 'Enter the one that Tally shows under “OAuth Redirect URL” and in the “OAuth Allow List”, letter by letter.',
  }),
  client: tallyError('invalid-input', 'Zoom doesn’t know this client ID, or its secret is wrong.', {
    why: 'Use the Development credentials as long as the app isn’t published, and the Public Client ID where the app has no secret.',
  }),
  switchedOff: tallyError('forbidden', 'This app is switched off in Zoom.', {
    why: 'Whoever made it can see it in the Zoom App Marketplace, and may need Zoom’s support. Then start again.',
    action: 'open-apps',
  }),
  notApproved: tallyError('forbidden', 'Your Zoom account doesn’t allow this app yet.', {
    why: 'An administrator has to approve it in the Zoom App Marketplace, and then you can start again.',
  }),
  clientGone: tallyError('invalid-input', 'Zoom no longer knows the app that you sign in through.', {
    why: 'It was deleted, or its secret was changed; Zoom doesn’t say which. If there is a new app or secret, add it under Accounts.',
    action: 'open-apps',
  }),
  appOff: tallyError('forbidden', 'The app that you sign in through is switched off in Zoom.', {
    why: 'Whoever made it can see it in the Zoom App Marketplace, and may need Zoom’s support. Once it is on again, Tally continues automatically.',
    action: 'open-apps',
  }),
  noLongerApproved: tallyError(
    'forbidden',
    'An administrator of your Zoom account no longer allows the app.',
    {
      why: 'They can approve it again in the Zoom App Marketplace. Once they have, Tally continues automatically.',
    },
  ),
  notEnded: tallyError('refused', 'Zoom didn’t end the sign-in.', { action: 'none' }),
  noRefreshToken: tallyError('bad-answer', 'Zoom sent no refresh token.'),
  notUnderstood: tallyError(
    'bad-answer',
    'Zoom sent an answer to the sign-in that Tally doesn’t understand.',
  ),
  notZoom: tallyError('bad-answer', 'The reply to the sign-in didn’t come from Zoom.', {
    why: 'A proxy or a firewall may stand between this computer and Zoom.',
    action: 'check-connection',
  }),
  network: tallyError('network', 'Zoom couldn’t be reached for the sign-in.'),
  timeout: tallyError('timeout', 'Zoom didn’t answer the sign-in in time.'),
} as const;

interface Named {
  readonly code: number;
  /** Zoom's words for it, where no other refusal has them. */
  readonly words?: RegExp;
  readonly error: TallyError;
}

/** Refusals that Zoom's number, or its words, tell apart. The same number means other things to other requests. */
const namedRefusals: Readonly<Record<Exclude<Purpose, 'revoke'>, readonly Named[]>> = {
  'sign-in': [
    { code: 4717, words: /app has been disabled/i, error: failures.switchedOff },
    { code: 4733, error: failures.codeExpired },
    { code: 4734, error: failures.codeInvalid },
    { code: 4738, words: /disabled by admin/i, error: failures.notApproved },
  ],
  refresh: [
    { code: 4711, error: ends.scopes },
    { code: 4717, words: /app has been disabled/i, error: failures.appOff },
    { code: 4735, words: /owner of the token/i, error: ends.person },
    { code: 4738, words: /disabled by admin/i, error: failures.noLongerApproved },
    { code: 4741, words: /has been revoked/i, error: ends.newer },
  ],
};

function named({ code, reason }: Refusal, purpose: Exclude<Purpose, 'revoke'>): TallyError | undefined {
  return namedRefusals[purpose].find((one) => one.code === code || one.words?.test(reason))?.error;
}
