import { setTimeout as passes } from 'node:timers/promises';
import { settableStatuses, statusWord } from '../../shared/zoom/presence.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { test } from '../support/desktop/signed-in.ts';
import { expect } from '../support/desktop/tally.ts';
import { handlesOf, memoryOf, processesOf, ticksOf } from '../support/trust/processes.ts';

/**
 * A day of Tally in some minutes: 24 hours of polling, a status every ten minutes, new tokens every hour, its screens looked at
 * every hour. What it holds afterwards is what it held in the morning.
 */

const minute = 60_000;
/** Of real time in which nothing is due, in ms. */
const idle = 5_000;

/** Hours in which things are made once and kept. */
const warmUp = 4;

/** What the app holds, after a garbage collection. */
interface Held {
  /** Of main's JavaScript, in MB. */
  readonly heap: number;
  /** Memory of all processes that is theirs alone, in MB. */
  readonly memory: number;
  readonly handles: number;
}

test.setTimeout(900_000);

test('24 hours of presence, polling and new tokens: memory and handles stay as they were', async ({
  signed,
}) => {
  const { panel, zoom } = signed;
  const tally = await signed.open();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const hours: Held[] = [];
  let refreshed = 0;
  for (let hour = 0; hour < 24; hour += 1) {
    for (let now = 0; now < 60; now += 1) {
      await tally.jump(minute);
      if (now % 10 !== 0) continue;
      const word = statusWord(settableStatuses[(hour * 6 + now / 10) % settableStatuses.length] ?? 'Away');
      await panel.click([word]);
      await panel.waitForTooltip(word);
    }
    for (const screen of ['Settings', 'Profile', 'Backgrounds', 'ZAK', 'Status'] as const) {
      await window.open(screen);
    }
    const { refreshes } = await zoom.counts();
    expect(refreshes).toBeGreaterThan(refreshed);
    refreshed = refreshes;
    hours.push(await held(tally));
  }
  const morning = usual(hours.slice(warmUp, warmUp + 6));
  const night = usual(hours.slice(-6));
  process.stdout.write(`morning: ${JSON.stringify(morning)}, night: ${JSON.stringify(night)}\n`);
  expect(night.heap - morning.heap).toBeLessThan(2);
  expect(night.memory - morning.memory).toBeLessThan(2);
  expect(night.handles - morning.handles).toBeLessThanOrEqual(1);
});

test('with nothing to do Tally does nothing: no processor time in five seconds', async ({ start, panel }) => {
  const tally = start({ hidden: true });
  await panel.waitForTooltip('Available');
  const ticks = () => processesOf(tally.userData).reduce((sum, { pid }) => sum + ticksOf(pid), 0);
  await passes(idle);
  const before = ticks();
  await passes(idle);
  expect(ticks() - before).toBeLessThanOrEqual(1);
});

/** The middle of several hours: single ones differ by what a garbage collection left for later. */
function usual(hours: readonly Held[]): Held {
  const middle = (key: keyof Held) =>
    hours.map((one) => one[key]).sort((a, b) => a - b)[Math.floor(hours.length / 2)] ?? 0;
  return { heap: middle('heap'), memory: middle('memory'), handles: middle('handles') };
}

async function held({ app, userData }: RunningTally): Promise<Held> {
  const heap = await app.evaluate(() => {
    const load = process.mainModule?.require as NodeJS.Require;
    (load('node:v8') as typeof import('node:v8')).setFlagsFromString('--expose-gc');
    const collect = (load('node:vm') as typeof import('node:vm')).runInNewContext('gc') as () => void;
    collect();
    return process.memoryUsage().heapUsed;
  });
  for (const page of app.windows()) await page.requestGC();
  const processes = processesOf(userData);
  const sum = (of: (pid: number) => number) => processes.reduce((total, { pid }) => total + of(pid), 0);
  return { heap: heap / 1e6, memory: sum(memoryOf) / 1e6, handles: sum(handlesOf) };
}
