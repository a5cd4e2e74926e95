/** Whether the other side got a request: surely not a byte of it, nobody knows, or it has answered. */
export type Reached = 'no' | 'perhaps' | 'yes';

/** Why a request came to nothing. What a person is told of each stands with whoever sent it. */
export type FailureReason =
  | 'address-unknown'
  | 'unreachable'
  | 'broken'
  | 'timeout'
  | 'untrusted'
  | 'not-http'
  | 'too-large'
  | 'too-slow'
  | 'unknown'
  | 'proxy-not-an-address'
  | 'proxy-unusable'
  | 'proxy-unreadable'
  | 'proxy-unreachable'
  | 'proxy-closed'
  | 'proxy-unsafe'
  | 'proxy-asks-password'
  | 'proxy-refuses-password'
  | 'proxy-refuses'
  | 'proxy-stuck';

/** A request that got no usable answer. */
export interface Failure {
  readonly reason: FailureReason;
  readonly reached: Exclude<Reached, 'yes'>;
  /** Whether another try could go better. */
  readonly passing: boolean;
}

/** An exception for which it is known what it means. */
export class KnownFailure extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.reason);
    this.failure = failure;
  }
}

/** Why nothing usable arrived after the headers of an answer. */
export type Damage =
  | { readonly kind: 'too-large' }
  | { readonly kind: 'too-slow' }
  | { readonly kind: 'failed'; readonly cause: unknown };

const unsentCodes: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'UND_ERR_CONNECT_TIMEOUT',
];

/** The first pattern that fits a code tells the reason. */
const reasons: readonly (readonly [RegExp, FailureReason])[] = [
  [/^(UND_ERR_(CONNECT|HEADERS|BODY)_TIMEOUT|ETIMEDOUT)$/, 'timeout'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'address-unknown'],
  [/CERT|SIGNATURE|^ERR_TLS_|^ERR_SSL_|^EPROTO$/, 'untrusted'],
  [/^HPE_|UND_ERR_HEADERS_OVERFLOW/, 'not-http'],
  [new RegExp(`^(${unsentCodes.join('|')})$`), 'unreachable'],
  [/^(E[A-Z]{2,}|UND_ERR_(SOCKET|ABORTED|CLOSED|DESTROYED|INFO|RES_CONTENT_LENGTH_MISMATCH))$/, 'broken'],
];

const passingReasons: readonly FailureReason[] = ['timeout', 'address-unknown', 'unreachable', 'broken'];

/** Says what an exception of the connection means; its text is never used, it may hold addresses. */
export function failureOf(cause: unknown): Failure {
  if (cause instanceof KnownFailure) return cause.failure;
  const code = systemCode(cause);
  const reason = reasons.find(([pattern]) => pattern.test(code))?.[1] ?? 'unknown';
  const reached = unsentCodes.includes(code) ? 'no' : 'perhaps';
  return { reason, reached, passing: passingReasons.includes(reason) };
}

/** Says what an answer means that did not arrive whole. */
export function damageFailure(damage: Damage): Failure {
  if (damage.kind === 'failed') return { ...failureOf(damage.cause), reached: 'perhaps' };
  return { reason: damage.kind, reached: 'perhaps', passing: damage.kind === 'too-slow' };
}

/** The `code` of a system's or undici's exception; empty where it has none. */
export function systemCode(cause: unknown): string {
  // With several addresses tried, Node puts the single errors into an AggregateError that carries the first one's code.
  const { code, name } = (cause ?? {}) as { code?: unknown; name?: unknown };
  if (typeof code === 'string') return code;
  // undici's parser errors have a code only sometimes.
  return name === 'HTTPParserError' ? 'HPE_UNKNOWN' : '';
}
