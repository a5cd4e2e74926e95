import type { ErrorKind, TallyError } from '../../../shared/errors.ts';
import type { Operation } from '../../../shared/zoom/operations.gen.ts';
import type { Reached } from '../http/failures.ts';

/** Longest pause between two tries, ms; longer ones belong to the caller. */
const longestPause = 10_000;
const rateTries = 4;
const failureTries = 3;
/** No try begins later than this after the first, ms. */
const latestRetry = 45_000;

/** What came of one try that was not a success. */
export interface Refused {
  readonly error: TallyError;
  readonly reached: Reached;
  /** Whether another try could go better. */
  readonly passing: boolean;
}

/** What is remembered from try to try of one call. */
export interface Tries {
  /** Start of the first one, epoch ms. */
  readonly began: number;
  /** Refusals for too many calls, and other failures, so far. */
  readonly refusals: number;
  readonly failures: number;
  /** The token was replaced once. */
  readonly refreshed: boolean;
  /** An earlier try broke off and may have done what was asked. */
  readonly perhapsDone: boolean;
}

export const firstTry = (now: number): Tries => ({
  began: now,
  refusals: 0,
  failures: 0,
  refreshed: false,
  perhapsDone: false,
});

export type Next =
  /** The token has to be replaced, then again at once. */
  | { readonly step: 'refresh'; readonly tries: Tries }
  /** Again after `ms`. */
  | { readonly step: 'wait'; readonly ms: number; readonly tries: Tries }
  | { readonly step: 'stop'; readonly error: TallyError; readonly reached: Reached };

/**
 * What follows a try that failed. A refused token is replaced once; 429 of the second is waited for (any method, four tries,
 * up to 10 s each); 5xx and broken connections are tried again where that does no harm (three tries, none begun after 45 s).
 * @param now epoch ms
 * @param jitter 0 to under 1, so that clients do not come back in step
 */
export function nextStep(
  operation: Operation,
  refused: Refused,
  tries: Tries,
  { now, jitter }: { readonly now: number; readonly jitter: number },
): Next {
  const { error } = refused;
  if (error.kind === 'not-signed-in' && !tries.refreshed) {
    return { step: 'refresh', tries: { ...tries, refreshed: true } };
  }
  const asked = error.retryAt === undefined ? undefined : Math.max(0, error.retryAt - now);
  /** 1, 2, 4 ... times `first`, and up to half more. */
  const backoff = (first: number, count: number) => Math.round(first * 2 ** count * (1 + jitter / 2));
  if (error.kind === 'rate-limit') {
    const ms = asked ?? backoff(1000, tries.refusals);
    const refusals = tries.refusals + 1;
    if (ms > longestPause || refusals >= rateTries) {
      return stop({ ...refused, error: { ...error, retryAt: now + ms } }, tries);
    }
    return { step: 'wait', ms, tries: { ...tries, refusals } };
  }
  const ms = asked ?? backoff(500, tries.failures);
  const failures = tries.failures + 1;
  const isHarmless = refused.passing && (refused.reached === 'no' || isRepeatable(operation));
  const isInTime = ms <= longestPause && now + ms - tries.began <= latestRetry;
  if (!isHarmless || !isInTime || failures >= failureTries) return stop(refused, tries);
  const perhapsDone = tries.perhapsDone || (refused.reached !== 'no' && operation.method !== 'GET');
  return { step: 'wait', ms, tries: { ...tries, failures, perhapsDone } };
}

function stop({ error, reached }: Refused, { perhapsDone }: Tries): Next {
  return { step: 'stop', error: hedged(error, perhapsDone), reached: perhapsDone ? 'perhaps' : reached };
}

/** Repeating the call changes no more than making it once (RFC 9110, 9.2.2). */
export function isRepeatable({ method }: Operation): boolean {
  return method === 'GET' || method === 'PUT' || method === 'DELETE';
}

/** What Zoom may say to a change it has made: to a password in use already `refused`, to a background gone `invalid-input`. */
const afterSuccess: readonly ErrorKind[] = [
  'not-found',
  'conflict',
  'refused',
  'invalid-input',
  'minute-limit',
  'daily-limit',
  'rate-limit',
];

/** A repeated call may be refused because its first try has worked; the person should know. */
function hedged(error: TallyError, perhapsDone: boolean): TallyError {
  if (!perhapsDone || !afterSuccess.includes(error.kind)) return error;
  return { ...error, why: 'An earlier try broke off and may have worked.' };
}
