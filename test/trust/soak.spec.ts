import { setTimeout as passes } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { settableStatuses, statusWord } from '../../shared/zoom/presence.ts';
import type { RunningTally } from '../support/desktop/launch.ts';
import { test } from '../support/desktop/signed-in.ts';
import { expect } from '../support/desktop/tally.ts';
import { connectionsTo, handlesOf, memoryOf, processesOf, processorOf } from '../support/trust/processes.ts';

/**
 * Days of Tally in some minutes: polling, a status every ten minutes, new tokens every hour, its screens looked at every hour. What
 * it holds does not grow from night to night.
 */

const minute = 60_000;
/** Of real time in which nothing is due, in ms. */
const idle = 5_000;

/** Milliseconds of a processor that all its processes may take meanwhile: Chromium's own threads were measured to take 6 to 21. */
const mostWork = 40;

/** Days, of 24 hours each. */
const days = Number(process.env.TALLY_DAYS ?? 3);

/** Hours in which things are made once and kept. */
const warmUp = 6;

/** What the app holds, after garbage collections. */
interface Held {
  /** Of main's JavaScript, in MB. */
  readonly heap: number;
  /** Of the window's JavaScript, in MB. */
  readonly windowHeap: number;
  /** Of the window's DOM, also those that are in no document any more. */
  readonly nodes: number;
  /** Memory of all processes that is theirs alone, in MB. */
  readonly memory: number;
  /** Open files, sockets and pipes, connections to Zoom apart. */
  readonly handles: number;
  /** Connections to Zoom: kept for the next request, and as many as were once needed at a time. */
  readonly connections: number;
}

/** Connections that `core/http/exchange.ts` may keep. */
const mostConnections = 8;

test.setTimeout(days * 600_000);

test('days of presence, polling and new tokens: memory and handles stay as they were', async ({ signed }) => {
  const { panel, practice, zoom } = signed;
  const zoomPort = Number(new URL(practice.apiUrl).port);
  const tally = await signed.open();
  const window = await tally.window();
  await expect(window.status.currentWord()).toHaveText('Available');
  const hours: Held[] = [];
  let refreshed = 0;
  for (let hour = 0; hour < 24 * days; hour += 1) {
    for (let now = 0; now < 60; now += 1) {
      await tally.jump(minute);
      if (now % 10 !== 0) continue;
      const word = statusWord(settableStatuses[(hour * 6 + now / 10) % settableStatuses.length] ?? 'Away');
      await panel.click([word]);
      await panel.waitForTooltip(word);
    }
    for (const screen of ['Zoom settings', 'Profile', 'Backgrounds', 'ZAK', 'Status'] as const) {
      await window.open(screen);
    }
    const { refreshes } = await zoom.counts();
    expect(refreshes).toBeGreaterThan(refreshed);
    refreshed = refreshes;
    hours.push(await held(tally, window.page, zoomPort));
  }
  const growth = growthADay(hours.slice(warmUp));
  process.stdout.write(`a day: ${JSON.stringify(growth)}, at last: ${JSON.stringify(hours.at(-1))}\n`);
  expect(growth.heap).toBeLessThan(2);
  expect(growth.windowHeap).toBeLessThan(1);
  expect(growth.nodes).toBeLessThan(1);
  expect(growth.memory).toBeLessThan(2);
  expect(growth.handles).toBeLessThan(1);
  expect(Math.max(...hours.map(({ connections }) => connections))).toBeLessThanOrEqual(mostConnections);
});

test('with nothing to do Tally does nothing: less than a hundredth of a processor', async ({
  start,
  panel,
}) => {
  const tally = start({ hidden: true });
  await panel.waitForTooltip('Available');
  const processor = () => processesOf(tally.userData).reduce((sum, { pid }) => sum + processorOf(pid), 0);
  await passes(idle);
  const before = processor();
  await passes(idle);
  expect(processor() - before).toBeLessThan(mostWork);
});

type Growth = Readonly<Record<Exclude<keyof Held, 'connections'>, number>>;

/** By how much it grows in 24 hours. */
function growthADay(hours: readonly Held[]): Growth {
  const of = (key: keyof Growth) => 24 * slope(hours.map((one) => one[key]));
  return {
    heap: of('heap'),
    windowHeap: of('windowHeap'),
    nodes: of('nodes'),
    memory: of('memory'),
    handles: of('handles'),
  };
}

/** From one value to the next: the median between any two (Theil and Sen), which single odd hours do not move. */
function slope(values: readonly number[]): number {
  const between = values.flatMap((from, at) =>
    values.slice(at + 1).map((to, further) => (to - from) / (further + 1)),
  );
  return between.sort((a, b) => a - b)[Math.floor(between.length / 2)] ?? 0;
}

async function held({ app, userData }: RunningTally, page: Page, zoomPort: number): Promise<Held> {
  const heap = await app.evaluate(() => {
    const load = process.mainModule?.require as NodeJS.Require;
    (load('node:v8') as typeof import('node:v8')).setFlagsFromString('--expose-gc');
    const collect = (load('node:vm') as typeof import('node:vm')).runInNewContext('gc') as () => void;
    collect();
    return process.memoryUsage().heapUsed;
  });
  await page.requestGC();
  const session = await page.context().newCDPSession(page);
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  const { nodes } = await session.send('Memory.getDOMCounters');
  await session.detach();
  const processes = processesOf(userData);
  const sum = (of: (pid: number) => number) => processes.reduce((total, { pid }) => total + of(pid), 0);
  const connections = sum((pid) => connectionsTo(zoomPort, pid));
  return {
    heap: heap / 1e6,
    windowHeap: usedSize / 1e6,
    nodes,
    memory: sum(memoryOf) / 1e6,
    handles: sum(handlesOf) - connections,
    connections,
  };
}
