/** How soon the tray shows what was chosen in it. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../support/desktop/panel.ts';
import { startClicker } from './clicker.ts';
import { account, connected } from './figures.ts';
import { compared, type Figure, median, p95, rounded } from './numbers.ts';
import { startApp } from './processes.ts';
import { startStampServer } from './stamp-server.ts';
import { inTurns, type Progress } from './turns.ts';

const warmUps = 1;
/** Milliseconds until an app that has all it needs has also come to rest. */
const settling = 1_500;
/** An aim of our own: a person sees no delay below it. */
const most = 50;

/**
 * From the click in the panel to the signal that the icon is new, with a Zoom on this computer in between. The first click of an
 * app: Zoom takes one a minute.
 */
export async function clickToIcon(panel: Panel, progress: Progress): Promise<Figure> {
  const server = await startStampServer({ takes: true });
  const clicker = await startClicker();
  try {
    const starts = {
      tally: () => startApp(root, ['--hidden'], account(server)),
      hello: () => startApp(join(root, 'test/bench/hello-click'), [], account(server)),
    };
    const { tally, hello } = await inTurns({ rounds: 5, warmUps, panel, progress, starts }, async () => {
      const item = await panel.waitForItem();
      await connected(panel);
      await delay(settling);
      const shown = await clicker.watchIcon(item);
      const click = (await clicker.aim(item, 'Away'))();
      await click.done;
      return (await shown()) - click.at;
    });
    return {
      figure: 'click-to-icon',
      unit: 'ms',
      ...compared(tally, hello, p95),
      aim: `< ${most} at p95`,
      met: p95(tally) < most,
      p50: rounded(median(tally)),
      baselineP50: rounded(median(hello)),
    };
  } finally {
    clicker.close();
    await server.close();
  }
}
