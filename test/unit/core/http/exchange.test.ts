import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { describe, expect, it } from 'vitest';
import { header } from '../../../../electron/core/http/answer.ts';
import type { ConnectionOptions } from '../../../../electron/core/http/connections.ts';
import { createExchange } from '../../../../electron/core/http/exchange.ts';
import { multipart } from '../../../../electron/core/http/multipart.ts';
import { direct } from '../../../../electron/core/http/network.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { fakeDispatch } from '../../../support/fake-dispatcher.ts';
import { fileOf } from '../../../support/multipart.ts';

const timeouts = { connect: 10, headers: 2_000, idle: 300, body: 5_000 };
const outgoing = {
  method: 'GET',
  origin: 'https://zoom.test',
  path: '/v2/users/me',
  headers: { a: 'b' },
} as const;

/** An exchange whose answers have these bodies; what it was asked for is written down. */
function rig(...bodies: Readable[]) {
  const clock = createFakeClock();
  const asked: Dispatcher.DispatchOptions[] = [];
  const made: [ConnectionOptions, string | null][] = [];
  let destroyed = 0;
  const dispatcher = {
    dispatch: fakeDispatch(async (request) => {
      asked.push(request);
      const [body] = bodies.splice(0, 1) as [Readable];
      return { status: 200 + asked.length, headers: { x: 'y' }, body };
    }),
    destroy: async () => {
      destroyed += 1;
    },
  };
  const exchange = createExchange(clock, timeouts, direct, async (...given) => {
    made.push(given);
    return dispatcher as unknown as Dispatcher;
  });
  return { clock, asked, made, exchange, destroyed: () => destroyed };
}

const mb = 1024 * 1024;
const chunks = (...sizes: number[]) => Readable.from(sizes.map((size) => Buffer.alloc(size, 97)));

describe('one exchange', () => {
  it('says who is asked for what, how long is waited, and that certificates count', async () => {
    const { asked, made, exchange } = rig(chunks(1), chunks(1));
    await exchange.send({ ...outgoing, text: '{}' });
    await exchange.send(outgoing);
    expect(asked).toEqual([
      { ...outgoing, body: '{}', headersTimeout: 2_000, bodyTimeout: 300 },
      { ...outgoing, body: null, headersTimeout: 2_000, bodyTimeout: 300 },
    ]);
    expect(made).toEqual([
      [
        {
          connect: { timeout: 10, rejectUnauthorized: true },
          headersTimeout: 2_000,
          bodyTimeout: 300,
          connections: 8,
          allowH2: false,
        },
        null,
      ],
    ]);
  });

  it('reads the whole answer, and leaves no timer', async () => {
    const { clock, exchange } = rig(Readable.from([Buffer.from('{"a"'), Buffer.from(':1}')]));
    const answer = await exchange.send(outgoing);
    expect(answer).toMatchObject({ status: 201, headers: { x: 'y' }, damage: null });
    expect(String(answer.body)).toBe('{"a":1}');
    expect(clock.pending()).toEqual([]);
  });

  it('waits longer for the answer to an upload, by its size up to 4 MiB', async () => {
    const { asked, exchange } = rig(chunks(), chunks(), chunks());
    const sizes = [0, 64 * 1024 * 10, 100 * mb];
    for (const size of sizes) {
      const upload = multipart('file', fileOf(new Uint8Array(0), { size }), () => {});
      await exchange.send({ ...outgoing, method: 'POST', upload });
      expect(asked.at(-1)?.body).toHaveProperty('next');
    }
    const waits = asked.map(({ headersTimeout }) => (headersTimeout ?? 0) - timeouts.headers);
    // The form around the file is a few hundred bytes, each 64 KiB a second.
    expect(waits[0]).toBeGreaterThan(0);
    expect(waits[0]).toBeLessThan(10);
    expect(waits[1]).toBe(10_000 + (waits[0] ?? 0));
    expect(waits[2]).toBe(64_000);
  });

  it('drops its connections when that is asked for', async () => {
    const { exchange, made, destroyed } = rig(chunks(1), chunks(1));
    await exchange.send(outgoing);
    exchange.drop();
    await settle();
    expect(destroyed()).toBe(1);
    await exchange.send(outgoing);
    expect(made).toHaveLength(2);
  });
});

describe('an answer that does not arrive whole', () => {
  it.each([
    ['8 MiB unless told', undefined, [4 * mb, 4 * mb], [4 * mb, 4 * mb, 1]],
    ['what was asked for', 3, [1, 2], [2, 2]],
  ])('is larger than %s', async (_, largest, whole, more) => {
    const large = chunks(...more, 1);
    const { clock, exchange } = rig(chunks(...whole), large);
    const told = { ...outgoing, ...(largest && { largest }) };
    expect((await exchange.send(told)).body?.byteLength).toBe(whole.reduce((sum, one) => sum + one, 0));
    expect(await exchange.send(told)).toMatchObject({ body: null, damage: { kind: 'too-large' } });
    expect(large.destroyed).toBe(true);
    expect(clock.pending()).toEqual([]);
  });

  it('trickles for longer than anybody waits', async () => {
    const endless = new Readable({ read() {} });
    const { clock, exchange } = rig(endless);
    const answer = exchange.send(outgoing);
    await clock.waitForTimers();
    await clock.advance(4_999);
    expect(endless.destroyed).toBe(false);
    await clock.advance(1);
    expect(await answer).toMatchObject({ body: null, damage: { kind: 'too-slow' } });
    expect(endless.destroyed).toBe(true);
  });

  it('breaks off, which is told with its cause', async () => {
    const cause = new Error('reset');
    const { exchange } = rig(
      new Readable({
        read() {
          this.push(Buffer.from('{'));
          this.destroy(cause);
        },
      }),
    );
    expect(await exchange.send(outgoing)).toMatchObject({ body: null, damage: { kind: 'failed', cause } });
  });

  it('because its caller does not want it any more, is told with its reason', async () => {
    const body = new Readable({ read() {} });
    const { clock, exchange } = rig(body);
    const caller = new AbortController();
    const answer = exchange.send(outgoing, caller.signal);
    await clock.waitForTimers();
    const cause = new Error('no more');
    caller.abort(cause);
    expect(await answer).toMatchObject({ body: null, damage: { kind: 'failed', cause } });
    expect(body.destroyed).toBe(true);
    expect(clock.pending()).toEqual([]);
  });
});

describe('a header', () => {
  it('that came several times counts by its first value', () => {
    const headers = { one: 'a', more: ['b', 'c'], none: undefined };
    expect(['one', 'more', 'none', 'other'].map((name) => header(headers, name))).toEqual([
      'a',
      'b',
      undefined,
      undefined,
    ]);
  });
});
