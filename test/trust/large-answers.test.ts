import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { isTallyError } from '../../shared/errors.ts';
import { serve } from '../support/scripted-server.ts';
import { advancedAt } from '../support/trust/advanced-at.ts';

/** Answers that are as large and as deep as somebody can make them: each is told in words or shown in part, and main goes on. */

const folder = mkdtempSync(join(tmpdir(), 'tally-large-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Of processor time that main may spend at a stretch, in ms. */
const longest = 1_000;

/** The longest time at a stretch that this thread was at work, in ms of processor time, until it is asked. */
function watchTurns(): () => number {
  let last = process.threadCpuUsage();
  let most = 0;
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    most = Math.max(most, (user + system) / 1_000);
    last = process.threadCpuUsage();
  };
  const timer = setInterval(look, 1);
  return () => {
    clearInterval(timer);
    look();
    return most;
  };
}

const MB = 1_000_000;

const token = `eyJ${'a'.repeat(40)}.${'b'.repeat(40)}.c`;

/** What is sent, in pieces; the whole of it never stands in this process. */
const answers: Readonly<Record<string, () => Iterable<string>>> = {
  '200 MB of one text': () => repeat('"', 'x'.repeat(MB), 200, '"'),
  '200 MB of entries': () => repeat('[0', ',{"id":"a","name":"b"}'.repeat(45_000), 200, ']'),
  '8 MB of beginnings of tokens': () => repeat('{"a":"', 'eyJ-'.repeat(250_000), 8, '"}'),
  '100,000 levels of lists': () => ['['.repeat(100_000), ']'.repeat(100_000)],
  '100,000 levels of objects with a token in the innermost': () => [
    '{"a":'.repeat(100_000),
    '{"token":"secret"}',
    '}'.repeat(100_000),
  ],
  '1,000,000 levels that nobody closes': () => repeat('', '['.repeat(100_000), 10, ''),
  '8 MB of entries': () => repeat('[0', ',{"id":"a","name":"b"}'.repeat(45_000), 8, ']'),
  '8 MB of tokens': () => repeat('[0', `,{"token":"${token}"}`.repeat(9_000), 8, ']'),
  '8 MB of large integers': () => repeat('[0', ',12345678901234567890'.repeat(47_000), 8, ']'),
  '8 MB of quotes': () => repeat('', '"\\""'.repeat(250_000), 8, ''),
};

function* repeat(before: string, part: string, times: number, after: string): Iterable<string> {
  yield before;
  for (let time = 0; time < times; time += 1) yield part;
  yield after;
}

it.each(Object.entries(answers))('%s', async (_, parts) => {
  const at = await serve(async (response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    // Whoever hangs up is not written to any more.
    response.setMaxListeners(0).on('error', () => {});
    for (const part of parts()) {
      if (response.destroyed) return;
      if (!response.write(part)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
    response.end();
  });
  const advanced = advancedAt(at, folder);
  const most = watchTurns();
  const input = { operation: 'user', path: { userId: 'me' }, query: {} } as const;
  const sent = await advanced.send({ call: crypto.randomUUID(), input, anyway: true, confirmed: '' });
  await advanced.history.list({});
  const stretch = most();
  if (sent.ok) {
    const { http, error } = sent.value;
    expect(http ?? error).toBeDefined();
    expect(error === undefined || isTallyError(error)).toBe(true);
    expect(http?.body ?? '').not.toContain('"token":"secret"');
  } else expect(isTallyError(sent.error)).toBe(true);
  expect(stretch).toBeLessThan(longest);
  await advanced.stop();
});
