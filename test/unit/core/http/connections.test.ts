import type { Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { type ConnectionOptions, createConnections } from '../../../../electron/core/http/connections.ts';
import { KnownFailure } from '../../../../electron/core/http/failures.ts';
import { settle } from '../../../support/fake-clock.ts';

const options: ConnectionOptions = { connect: { timeout: 1_000, rejectUnauthorized: true } };
const origin = 'https://zoom.test';
const thrown = (code: string) => Object.assign(new Error('x'), { code });
const first = 'http://first.test:80';
const second = 'http://second.test:80';

interface Way {
  /** The proxy of each request, in turn; the last one stays. */
  readonly proxies?: (string | null)[];
  /** What each request comes to, in turn; those after that go well. */
  readonly outcomes?: Error[];
  readonly trustSystem?: boolean;
  /** Makings that fail before one goes well. */
  readonly unmade?: number;
}

/** Connections whose ends are written down, in the order in which they came. */
function rig({ proxies = [null], outcomes = [], trustSystem = false, unmade = 0 }: Way) {
  const log: string[] = [];
  let made = 0;
  const connections = createConnections(
    {
      proxyFor: async (asked) => {
        expect(asked).toBe(origin);
        return (proxies.length > 1 ? proxies.shift() : proxies[0]) ?? null;
      },
      failed: (proxy) => void log.push(`failed ${proxy}`),
      trustSystem: () => {
        log.push('trust');
        return trustSystem;
      },
    },
    options,
    async (given, proxy) => {
      expect(given).toBe(options);
      made += 1;
      const name = `${made}`;
      log.push(`make ${name} to ${proxy}`);
      if (made <= unmade) throw new Error('no undici');
      const dispatcher = {
        async request() {
          log.push(`ask ${name}`);
          const outcome = outcomes.shift();
          if (outcome) throw outcome;
          return { statusCode: 200 };
        },
        close: async () => void log.push(`close ${name}`),
        destroy: async () => void log.push(`destroy ${name}`),
      };
      return dispatcher as unknown as Dispatcher;
    },
  );
  let asked = 0;
  const send = (dispatcher: Dispatcher) => {
    asked += 1;
    return dispatcher.request({ method: 'GET', path: '/', origin });
  };
  return { log, connections, ask: () => connections.request(origin, send), asked: () => asked };
}

describe('connections', () => {
  it('are kept as long as they lead the same way', async () => {
    const { log, ask } = rig({ proxies: [null, null, first, first, null] });
    for (let count = 0; count < 5; count += 1) expect(await ask()).toEqual({ statusCode: 200 });
    await settle();
    expect(log).toEqual([
      'make 1 to null',
      'ask 1',
      'ask 1',
      `make 2 to ${first}`,
      'close 1',
      'ask 2',
      'ask 2',
      'make 3 to null',
      'close 2',
      'ask 3',
    ]);
  });

  it('that are dropped are cut at once, and made anew with the next request', async () => {
    const { log, ask, connections } = rig({});
    connections.drop();
    await ask();
    connections.drop();
    await settle();
    expect(log).toEqual(['make 1 to null', 'ask 1', 'destroy 1']);
    await ask();
    expect(log.slice(3)).toEqual(['make 2 to null', 'ask 2']);
  });

  it('that could not be made are tried again, and never left', async () => {
    const { log, ask, connections } = rig({ unmade: 1 });
    await expect(ask()).rejects.toThrow('no undici');
    await ask();
    expect(log).toEqual(['make 1 to null', 'make 2 to null', 'ask 2']);
    connections.drop();
    await settle();
    expect(log.at(-1)).toBe('destroy 2');
  });

  it('that could not be made do not end those that came after them', async () => {
    const { log, ask } = rig({ proxies: [first, second], unmade: 1 });
    await Promise.allSettled([ask(), ask()]);
    await ask();
    expect(log.filter((line) => line.startsWith('make'))).toHaveLength(2);
  });
});

describe('what goes wrong on the way', () => {
  it('without a proxy is told as it came, and no proxy is blamed', async () => {
    const cause = thrown('ECONNREFUSED');
    const { log, ask } = rig({ outcomes: [cause] });
    await expect(ask()).rejects.toBe(cause);
    expect(log).toEqual(['make 1 to null', 'ask 1']);
  });

  it('because the proxy cannot be reached is told, and the proxy is passed over', async () => {
    const { log, ask } = rig({ proxies: [first], outcomes: [thrown('ECONNREFUSED')] });
    const failure = await ask().catch((cause: unknown) => cause);
    expect(failure).toBeInstanceOf(KnownFailure);
    expect(failure).toMatchObject({ failure: { reason: 'proxy-unreachable' } });
    expect(log.at(-1)).toBe(`failed ${first}`);
  });

  it('because the proxy refuses is told, and the proxy stays', async () => {
    const { log, ask } = rig({ proxies: [first], outcomes: [thrown('UND_ERR_PRX_TLS')] });
    await expect(ask()).rejects.toMatchObject({ failure: { reason: 'proxy-unsafe' } });
    expect(log).toEqual([`make 1 to ${first}`, 'ask 1']);
  });

  it('behind the proxy is told as it came', async () => {
    const cause = thrown('ECONNRESET');
    const { ask } = rig({ proxies: [first], outcomes: [cause] });
    await expect(ask()).rejects.toBe(cause);
  });
});

describe('a certificate that nobody vouches for', () => {
  const cause = thrown('SELF_SIGNED_CERT_IN_CHAIN');

  it('is tried once more where the computer’s own list could be taken', async () => {
    const { log, ask, asked } = rig({ outcomes: [cause], trustSystem: true });
    expect(await ask()).toEqual({ statusCode: 200 });
    expect(log).toEqual(['make 1 to null', 'ask 1', 'trust', 'ask 1']);
    expect(asked()).toBe(2);
  });

  it('is refused after that', async () => {
    const { ask, asked } = rig({ outcomes: [cause, cause], trustSystem: true });
    await expect(ask()).rejects.toBe(cause);
    expect(asked()).toBe(2);
  });

  it('is refused where there is no such list, or it was taken before', async () => {
    const { log, ask, asked } = rig({ outcomes: [cause] });
    await expect(ask()).rejects.toBe(cause);
    expect(asked()).toBe(1);
    expect(log.at(-1)).toBe('trust');
  });

  it('is the only reason to read that list', async () => {
    const { log, ask } = rig({ outcomes: [thrown('CERT_HAS_EXPIRED')], trustSystem: true });
    await expect(ask()).rejects.toThrow();
    expect(log).not.toContain('trust');
  });
});
