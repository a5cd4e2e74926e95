import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { direct } from '../../electron/core/http/network.ts';
import { createUpdates, type Updates } from '../../electron/core/updates/updates.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

const day = 24 * 3_600_000;
const ending: (() => void)[] = [];
afterEach(() => {
  for (const end of ending.splice(0)) end();
});

/** A feed on this computer, and what was asked of it. */
async function feedOf(answer: Answer) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ending.push(
    () => server.close(),
    () => server.closeAllConnections(),
  );
  return { asked, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/releases/latest` };
}

const release =
  (more: object): Answer =>
  (_, response) =>
    response.end(JSON.stringify(more));

interface Person {
  readonly updates: Updates;
  readonly clock: FakeClock;
  readonly kept: { content: unknown };
  /** Resolves with the next write of what is kept: an answer was dealt with. */
  dealtWith(): Promise<void>;
}

function personAt(
  feed: string,
  more: { wants?: () => boolean; kept?: unknown; clock?: FakeClock } = {},
): Person {
  const clock = more.clock ?? createFakeClock();
  const kept = { content: more.kept };
  let wrote = () => {};
  const updates = createUpdates({
    clock,
    network: direct,
    version: '0.2.0',
    feed,
    isWanted: more.wants ?? (() => true),
    memory: {
      read: () => kept.content,
      write(content) {
        kept.content = content;
        wrote();
      },
    },
    changed() {},
  });
  ending.push(updates.stop);
  return { updates, clock, kept, dealtWith: () => new Promise((resolve) => (wrote = resolve)) };
}

async function told(answer: Answer): Promise<string | undefined> {
  const { address } = await feedOf(answer);
  const { updates, dealtWith } = personAt(address);
  const done = dealtWith();
  updates.look();
  await done;
  return updates.available();
}

describe('a newer Tally', () => {
  test('is told, with or without a v', async () => {
    expect(await told(release({ tag_name: 'v0.3.0' }))).toBe('0.3.0');
    expect(await told(release({ tag_name: '0.10.0' }))).toBe('0.10.0');
  });

  test.each(['v0.2.0', 'v0.1.9', 'v0.0.99'])('%s is none', async (tag) => {
    expect(await told(release({ tag_name: tag }))).toBeUndefined();
  });

  test.each([
    ['a draft', release({ tag_name: 'v9.0.0', draft: true })],
    ['a trial version', release({ tag_name: 'v9.0.0', prerelease: true })],
    ['a name that is no version', release({ tag_name: 'v9.0.0; rm -rf ~' })],
    ['numbers without end', release({ tag_name: `v${'9'.repeat(30)}.0.0` })],
    ['no JSON', (_request: IncomingMessage, response: ServerResponse) => response.end('<html>')],
    ['a list', release([])],
    ['nothing', (_request: IncomingMessage, response: ServerResponse) => response.end()],
    [
      'a refusal',
      (_request: IncomingMessage, response: ServerResponse) =>
        response.writeHead(403).end('{"tag_name":"v9.0.0"}'),
    ],
    [
      'another address',
      (_request: IncomingMessage, response: ServerResponse) =>
        response.writeHead(302, { location: '/elsewhere' }).end('{"tag_name":"v9.0.0"}'),
    ],
    ['far too much', release({ tag_name: 'v9.0.0', body: 'x'.repeat(600_000) })],
    [
      'half an answer',
      (_request: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-length': '1000' }).write('{"tag_name":"v9.0.0"');
        response.destroy();
      },
    ],
  ])('%s tells nothing', async (_, answer) => {
    expect(await told(answer)).toBeUndefined();
  });

  test('another address is not gone to', async () => {
    const { address, asked } = await feedOf((_, response) =>
      response.writeHead(302, { location: '/elsewhere' }).end(),
    );
    const { updates, dealtWith } = personAt(address);
    const done = dealtWith();
    updates.look();
    await done;
    expect(asked).toEqual(['/releases/latest']);
  });

  test('a feed that trickles is given up', async () => {
    const begun = Promise.withResolvers<void>();
    const { address } = await feedOf((_, response) => {
      response.writeHead(200).write('{');
      begun.resolve();
    });
    const { updates, clock, dealtWith } = personAt(address);
    const done = dealtWith();
    updates.look();
    await begun.promise;
    // The hour until it looks again, and the patience for the answer.
    await clock.waitForTimers(2);
    await clock.advance(20_000);
    await done;
    expect(updates.available()).toBeUndefined();
  });
});

describe('the question', () => {
  test('goes out once a day at most, over restarts, too', async () => {
    const { address, asked } = await feedOf(release({ tag_name: 'v0.3.0' }));
    const first = personAt(address);
    let done = first.dealtWith();
    first.updates.look();
    await done;
    await first.clock.advance(day - 2 * 3_600_000);
    first.updates.stop();
    const second = personAt(address, { kept: first.kept.content, clock: first.clock });
    second.updates.look();
    expect([asked.length, second.updates.available()]).toEqual([1, '0.3.0']);
    done = second.dealtWith();
    await second.clock.advance(3 * 3_600_000);
    await done;
    expect(asked.length).toBe(2);
  });

  test('does not go out for who does not want it, and goes out once it is wanted', async () => {
    const { address, asked } = await feedOf(release({ tag_name: 'v0.3.0' }));
    let wants = false;
    const { updates, clock, dealtWith } = personAt(address, {
      wants: () => wants,
      kept: { askedAt: 0, version: '0.9.0' },
    });
    updates.look();
    await clock.advance(2 * day);
    expect([asked, updates.available()]).toEqual([[], undefined]);
    wants = true;
    const done = dealtWith();
    updates.look();
    await done;
    expect([asked.length, updates.available()]).toEqual([1, '0.3.0']);
  });

  test.each([null, 'text', { askedAt: 'soon' }, { askedAt: Number.MAX_VALUE }])(
    'goes out after a memory that holds %j',
    async (kept) => {
      const { address, asked } = await feedOf(release({ tag_name: 'v0.3.0' }));
      const { updates, dealtWith } = personAt(address, { kept });
      const done = dealtWith();
      updates.look();
      await done;
      expect(asked.length).toBe(1);
    },
  );

  test('without a network nothing is told, and nothing breaks', async () => {
    const { updates, dealtWith } = personAt('http://127.0.0.1:1/releases/latest');
    const done = dealtWith();
    updates.look();
    await done;
    expect(updates.available()).toBeUndefined();
  });
});
