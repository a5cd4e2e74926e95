import type { Clock, Network } from '../ports.ts';
import { environmentProxy, isThisComputer, systemProxies, unreadable } from './proxy.ts';

/** Longest wait for the system's answer, in ms: it may have to fetch a script first. */
const patience = 10_000;
/** How long a proxy that could not be reached is passed over, in ms; as Chromium does. */
const passedOver = 5 * 60_000;

interface NetworkDeps {
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks the system for the way to an address; the answer is a list as of a PAC script. */
  askSystem(url: string): Promise<string>;
  trustSystem(): boolean;
}

/** No proxy at all. */
export const direct: Network = {
  proxyFor: async () => null,
  failed() {},
  trustSystem: () => false,
};

/** The environment's word counts before the system's; this computer itself is always reached directly, and nobody is asked. */
export function createNetwork(deps: NetworkDeps): Network {
  const { clock, env } = deps;
  const failures = new Map<string, number>();

  function asked(url: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const fail = () => reject(unreadable);
      const cancel = clock.setTimeout(fail, patience);
      deps.askSystem(url).then(resolve, fail).finally(cancel);
    });
  }

  const isUp = (proxy: string | null) => proxy === null || (failures.get(proxy) ?? 0) <= clock.now();

  return {
    async proxyFor(url) {
      if (isThisComputer(new URL(url).hostname)) return null;
      const given = environmentProxy(url, env);
      if (given !== undefined) return given;
      const proxies = systemProxies(await asked(url));
      const up = proxies.find(isUp);
      return up === undefined ? proxies[0] : up;
    },
    failed: (proxy) => void failures.set(proxy, clock.now() + passedOver),
    trustSystem: deps.trustSystem,
  };
}
