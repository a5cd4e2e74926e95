import { type Failure, type FailureReason, systemCode } from './failures.ts';

interface ProxyFailure {
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
 * What an exception of a request through a proxy says of the proxy; undefined where it is about the server, or may be. In each
 * of these cases nothing of the request was sent.
 */
export function proxyFailure(cause: unknown, proxy: string): ProxyFailure | undefined {
  const code = systemCode(cause);
  const found = (reason: FailureReason, passing = false, unreachable = false): ProxyFailure => ({
    failure: { reason, reached: 'no', passing },
    unreachable,
  });
  const password = proxy.includes('@') ? 'proxy-refuses-password' : 'proxy-asks-password';
  if (unreachableCodes.includes(code)) return found('proxy-unreachable', true, true);
  if (code === 'UND_ERR_PRX_CONN') return found('proxy-closed', true, true);
  if (code === 'UND_ERR_PRX_TLS') return found('proxy-unsafe');
  if (code.startsWith('UND_ERR_SOCKS5_AUTH')) return found(password);
  if (code === 'UND_ERR_SOCKS5_REPLY_2') return found('proxy-refuses');
  if (code.startsWith('UND_ERR_SOCKS5')) return found('proxy-stuck', true);
  const status = connectStatus(cause, code);
  if (status === undefined) return undefined;
  if (status === 407) return found(password);
  return status >= 500 ? found('proxy-stuck', true) : found('proxy-refuses');
}

// undici tells what the proxy answered to CONNECT only in the text (lib/dispatcher/proxy-agent.js).
function connectStatus(cause: unknown, code: string): number | undefined {
  if (code !== 'UND_ERR_ABORTED') return undefined;
  const status = /^Proxy response \((\d{3})\)/.exec((cause as Error).message)?.[1];
  return status === undefined ? undefined : Number(status);
}
