/** What Tally costs while nothing happens. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../support/desktop/panel.ts';
import { account, connected } from './figures.ts';
import { compared, type Figure, median, rounded } from './numbers.ts';
import { startApp } from './processes.ts';
import { startStampServer } from './stamp-server.ts';
import { type Progress, sideBySide, type Which } from './turns.ts';

/**
 * Milliseconds until an app has come to rest, and for which it is then watched. In the first eight seconds Tally asks whether the
 * panel has its icon, time limits of its calls run out, and V8 tidies: some thirty wakeups, once.
 */
const settling = 9_000;
const watching = 9_000;

/**
 * How often a thread of any process of the app wakes up (gives up the processor of its own will), connected and in the tray.
 * `cpu` is the processor's time of all of them, in ms a second.
 */
export async function idle(panel: Panel, progress: Progress): Promise<Figure> {
  const server = await startStampServer();
  const cpu: Record<Which, number[]> = { tally: [], hello: [] };
  try {
    const starts = {
      tally: () => startApp(root, ['--hidden'], account(server)),
      hello: () => startApp(join(root, 'test/bench/hello-tray')),
    };
    const ready = async (which: Which) => which === 'tally' && connected(panel);
    const { tally, hello } = await sideBySide({ rounds: 2, panel, progress, starts }, ready, async (apps) => {
      await delay(settling);
      const work = () => ({ tally: apps.tally.work(), hello: apps.hello.work() });
      const before = work();
      await delay(watching);
      const after = work();
      const aSecond = (which: Which, what: 'cpu' | 'wakeups') =>
        ((after[which][what] - before[which][what]) / watching) * 1000;
      for (const which of ['tally', 'hello'] as const) cpu[which].push(aSecond(which, 'cpu'));
      return { tally: aSecond('tally', 'wakeups'), hello: aSecond('hello', 'wakeups') };
    });
    const [ours, theirs] = [median(cpu.tally), median(cpu.hello)];
    return {
      figure: 'idle',
      unit: 'a second',
      ...compared(tally, hello),
      aim: '< 1 wakeup and 1 ms of cpu a second over hello-tray',
      met: median(tally) - median(hello) < 1 && ours - theirs < 1,
      cpu: rounded(ours),
      baselineCpu: rounded(theirs),
    };
  } finally {
    await server.close();
  }
}
