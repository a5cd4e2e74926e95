import { expect, it } from 'vitest';
import { toldOf } from '../support/told-answer.ts';

/** The least of the processor's time, in ms, that three goes take: what else the computer does is in none of them. */
function cost(work: () => void): number {
  const goes = [0, 1, 2].map(() => {
    const { user, system } = process.cpuUsage();
    work();
    const now = process.cpuUsage();
    return (now.user + now.system - user - system) / 1_000;
  });
  return Math.min(...goes);
}

it.each([
  'eyJ-',
  'eyJ-eyJ.',
  'eyJaaaaaa.eyJ',
  'x-eyJaaaaaaaa.a',
  'pwd=',
  'pwd%252525',
  '%25252525',
  'Bearer ',
  '\\\\\\"',
  '1234567890123456',
  '\ue000',
  ' ',
  '{"a":',
  '[',
])('an answer of %j takes no more than twice the time for twice of it', (part) => {
  for (const make of [
    (text: string) => text,
    (text: string) => JSON.stringify({ a: text }),
    (text: string) => JSON.stringify({ [text]: text }),
  ]) {
    let former = Number.POSITIVE_INFINITY;
    for (let length = 10_000; length <= 640_000; length *= 2) {
      const raw = make(part.repeat(length / part.length));
      const took = cost(() => toldOf(raw));
      expect(took, `${length} characters`).toBeLessThan(3 * former + 100);
      former = took;
    }
  }
});

it.each([
  ['100,000 levels', `${'{"a":'.repeat(100_000)}{"token":"hush-hush"}${'}'.repeat(100_000)}`],
  ['a token on each of 20,000 levels', `${'{"token":"hush-hush","a":'.repeat(20_000)}1${'}'.repeat(20_000)}`],
])('an answer of %s takes less than two seconds', (_, raw) => {
  expect(cost(() => toldOf(raw))).toBeLessThan(2_000);
});
