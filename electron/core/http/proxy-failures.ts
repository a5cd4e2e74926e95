import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { type Failure, proxyAsks, systemCode } from '../zoom/errors.ts';

interface ProxyTrouble {
  readonly failure: Failure;
  /** Another proxy might be. */
  readonly unreachable: boolean;
}

const untrusted: readonly string[] = [
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
];

/** Whether a connection was closed before anything was sent because nobody vouches for the other side's certificate. */
export function isUntrusted(cause: unknown): boolean {
  return untrusted.includes(systemCode(cause));
}

// With a proxy in between it is the proxy's name that is looked up, and the proxy that is connected to.
const unreachableCodes: readonly string[] = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
];

/**
 * What an exception of a request through a proxy says of the proxy; undefined where it is about Zoom, or may be. In each of
 * these cases nothing of the request was sent.
 */
export function proxyTrouble(cause: unknown, proxy: string): ProxyTrouble | undefined {
  const code = systemCode(cause);
  const trouble = (error: TallyError, passing = false, unreachable = false): ProxyTrouble => ({
    failure: { error, unsent: true, passing },
    unreachable,
  });
  if (unreachableCodes.includes(code)) return trouble(gone, true, true);
  if (code === 'UND_ERR_PRX_CONN') return trouble(closed, true, true);
  if (code === 'UND_ERR_PRX_TLS') return trouble(unsafe);
  if (code.startsWith('UND_ERR_SOCKS5_AUTH')) return trouble(passwordFor(proxy));
  if (code === 'UND_ERR_SOCKS5_REPLY_2') return trouble(refused);
  if (code.startsWith('UND_ERR_SOCKS5')) return trouble(stuck, true);
  const status = connectStatus(cause, code);
  if (status === undefined) return undefined;
  if (status === 407) return trouble(passwordFor(proxy));
  return status >= 500 ? trouble(stuck, true) : trouble(refused);
}

// undici tells what the proxy answered to CONNECT only in the text (lib/dispatcher/proxy-agent.js).
function connectStatus(cause: unknown, code: string): number | undefined {
  if (code !== 'UND_ERR_ABORTED') return undefined;
  const status = /^Proxy response \((\d{3})\)/.exec((cause as Error).message)?.[1];
  return status === undefined ? undefined : Number(status);
}

const gone = tallyError('network', 'The proxy of your network cannot be reached.', {
  why: 'Its address may be out of date, or of another network than this one.',
});

const closed = tallyError('network', 'The proxy of your network closed the connection.');

const unsafe = tallyError('network', 'The proxy of your network is not safe to use, so it was not used.', {
  why: 'Its certificate is one for another name.',
  action: 'ask-administrator',
});

const refused = tallyError('network', 'The proxy of your network does not let Tally through to Zoom.', {
  why: 'It has to allow zoom.us and the names below it.',
  action: 'ask-administrator',
});

const stuck = tallyError('network', 'The proxy of your network could not reach Zoom.', { action: 'retry' });

function passwordFor(proxy: string): TallyError {
  const why = 'Tally takes it from HTTPS_PROXY, as in http://name:password@proxy.example:8080.';
  return proxy.includes('@')
    ? tallyError('network', 'The proxy of your network does not accept your password.', { why })
    : tallyError('network', proxyAsks, { why });
}
