/** What Tally costs while nothing happens. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../support/desktop/panel.ts';
import { account, connected } from './figures.ts';
import { compared, type Figure, median, rounded } from './numbers.ts';
import { startApp } from './processes.ts';
import { startStampServer } from './stamp-server.ts';
import { inTurns, type Progress } from './turns.ts';

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
  const cpu: Record<'tally' | 'hello', number[]> = { tally: [], hello: [] };
  try {
    const starts = {
      tally: () => startApp(root, ['--hidden'], account(server)),
      hello: () => startApp(join(root, 'test/bench/hello-tray')),
    };
    const { tally, hello } = await inTurns({ rounds: 2, panel, progress, starts }, async (app, which) => {
      await panel.waitForItem();
      if (which === 'tally') await connected(panel);
      await delay(settling);
      const before = app.work();
      await delay(watching);
      const after = app.work();
      cpu[which].push(((after.cpu - before.cpu) / watching) * 1000);
      return ((after.wakeups - before.wakeups) / watching) * 1000;
    });
    return {
      figure: 'idle',
      unit: 'a second',
      ...compared(tally, hello),
      aim: '< 1 wakeup a second over hello-tray, cpu 0',
      met: median(tally) - median(hello) < 1 && median(cpu.tally) < 1,
      cpu: rounded(median(cpu.tally)),
      baselineCpu: rounded(median(cpu.hello)),
    };
  } finally {
    await server.close();
  }
}
