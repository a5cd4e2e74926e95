import type { LookupFunction } from 'node:net';
import type { Agent, Dispatcher } from 'undici';
import type { Network } from '../ports.ts';
import { KnownFailure } from './failures.ts';
import { isUntrusted, proxyFailure } from './proxy-failures.ts';

/** Makes what a request is sent by: directly, or through a proxy. A test may put something of its own in between. */
export type MakeDispatcher = (options: ConnectionOptions, proxy: string | null) => Promise<Dispatcher>;

export interface ConnectionOptions extends Agent.Options {
  /** Until a connection stands, in ms. Through a proxy each step of it may take so long. */
  readonly connect: {
    readonly timeout: number;
    /** Said wherever TLS is spoken: where it is not, NODE_TLS_REJECT_UNAUTHORIZED decides. */
    readonly rejectUnauthorized: true;
    /** In place of the system's look-up of names, where no proxy does that. */
    readonly lookup?: LookupFunction;
  };
}

/** Sends a request; rejects when no headers came. */
type Send<T> = (dispatcher: Dispatcher) => Promise<T>;

/** undici takes about 50 ms to load, so it is loaded when first needed. */
export const makeDispatcher: MakeDispatcher = async (options, proxy) => {
  const { Agent: DirectAgent, Pool, ProxyAgent, Socks5ProxyAgent } = await import('./undici.ts');
  if (proxy === null) return new DirectAgent(options);
  const { timeout } = options.connect;
  const tls = { timeout, allowH2: false, rejectUnauthorized: true };
  // Not ProxyAgent, which would speak TLS to a SOCKS proxy once it is given a timeout for TLS.
  if (proxy.startsWith('socks5:')) {
    return new Socks5ProxyAgent(proxy, { connectTimeout: timeout, requestTls: tls });
  }
  return new ProxyAgent({
    ...options,
    uri: proxy,
    connectTimeout: timeout,
    proxyTls: tls,
    requestTls: tls,
    // A proxy that does not answer CONNECT would hold a call for the five minutes of undici's own timeout.
    clientFactory: (origin, given) => new Pool(origin, { ...given, headersTimeout: timeout }),
  });
};

/** Connections that are kept open between requests, for as long as they lead the same way. */
export function createConnections(
  network: Network,
  options: ConnectionOptions,
  make: MakeDispatcher = makeDispatcher,
) {
  let current: { readonly proxy: string | null; readonly dispatcher: Promise<Dispatcher> } | null = null;

  function dispatcherTo(proxy: string | null): Promise<Dispatcher> {
    if (current?.proxy === proxy) return current.dispatcher;
    // The former way is left, but calls that are on it come to their end.
    leave((dispatcher) => dispatcher.close());
    const made = { proxy, dispatcher: make(options, proxy) };
    current = made;
    made.dispatcher.catch(() => {
      if (current === made) current = null;
    });
    return made.dispatcher;
  }

  function leave(end: (dispatcher: Dispatcher) => Promise<void>): void {
    current?.dispatcher.then(end, () => undefined);
    current = null;
  }

  async function sendBy<T>(proxy: string | null, send: Send<T>): Promise<T> {
    try {
      return await send(await dispatcherTo(proxy));
    } catch (cause) {
      const found = proxy === null ? undefined : proxyFailure(cause, proxy);
      if (proxy === null || !found) throw cause;
      if (found.unreachable) network.failed(proxy);
      throw new KnownFailure(found.failure);
    }
  }

  return {
    /**
     * Has a request sent by the way that the network has just now; `send` may be asked twice, when nothing of it was sent. Rejects
     * with undici's or the system's error, or with a KnownFailure where the proxy stood in the way.
     */
    async request<T>(origin: string, send: Send<T>): Promise<T> {
      const proxy = await network.proxyFor(origin);
      try {
        return await sendBy(proxy, send);
      } catch (cause) {
        // Companies' proxies show certificates of the company's own, which only the computer's list has. To read that list blocks
        // the process for a tenth of a second, so it is done for those who need it.
        if (!isUntrusted(cause) || !network.trustSystem()) throw cause;
        return sendBy(proxy, send);
      }
    },
    /** Closes every connection, and with it the calls on them. */
    drop: () => leave((dispatcher) => dispatcher.destroy()),
  };
}
