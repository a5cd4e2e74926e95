/** The figures themselves. Each is measured in turns with the smallest Electron app that does the same job, on one binary. */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { root } from '../../scripts/electron.mjs';
import type { Panel } from '../support/desktop/panel.ts';
import { startClicker } from './clicker.ts';
import { compared, type Figure, median, p95, rounded } from './numbers.ts';
import { type App, isDisturbed, quiet, startApp } from './processes.ts';
import { type StampServer, startStampServer } from './stamp-server.ts';
import { inTurns, overhead, type Progress, sideBySide, type Which } from './turns.ts';

const helloTray = join(root, 'test/bench/hello-tray');
const helloClick = join(root, 'test/bench/hello-click');
const practice = ['--practice', '--hidden'];

/** Runs that are not counted: the first app on a new display loads the libraries of drawing for all. */
const warmUps = 1;
const clickWarmUps = 10;
/** Milliseconds until an app that has all it needs has also come to rest. */
const settling = 3_000;
/** Milliseconds between clicks: longer than anything that a click sets off. */
const betweenClicks = 100;

/** From the start of the process until the icon is registered with the panel. */
export async function trayRegistered(panel: Panel, progress: Progress): Promise<Figure> {
  const starts = { tally: () => startApp(root, practice), hello: () => startApp(helloTray) };
  const samples = await inTurns({ rounds: 9, warmUps, panel, progress, starts }, async (app) => {
    await panel.waitForItem();
    const took = performance.now() - app.startedAt;
    // Stopped while it still starts, an app would take longer to end than a run takes.
    await delay(500);
    return took;
  });
  return {
    ...overhead({ figure: 'tray-registered', unit: 'ms', most: 50 }, samples),
    tallyP95: rounded(p95(samples.tally)),
    baselineP95: rounded(p95(samples.hello)),
  };
}

/** All processes of an app that sits in the tray; Tally connected to a Zoom outside of it. */
export async function trayMemory(panel: Panel, progress: Progress): Promise<Figure> {
  const server = await startStampServer();
  try {
    const start = () => startApp(root, ['--hidden'], account(server));
    return await memory('tray-memory', panel, progress, start);
  } finally {
    await server.close();
  }
}

/** The same with the practice Zoom and all its people inside. */
export function practiceMemory(panel: Panel, progress: Progress): Promise<Figure> {
  return memory('tray-memory-practice', panel, progress, () => startApp(root, practice));
}

async function memory(name: string, panel: Panel, progress: Progress, tally: () => App): Promise<Figure> {
  const starts = { tally, hello: () => startApp(helloTray) };
  const ready = async (which: Which) => which === 'tally' && connected(panel);
  // Pages that both have count by half for each: the difference is what it is in turns.
  const samples = await sideBySide({ rounds: 3, warmUps, panel, progress, starts }, ready, async (apps) => {
    await delay(settling);
    return { tally: apps.tally.memory(), hello: apps.hello.memory() };
  });
  return overhead({ figure: name, unit: 'MB', most: 12 }, samples);
}

/** From the click in the panel until the first bytes of the request are at the server, over a connection made for it. */
export async function clickToRequest(panel: Panel, progress: Progress): Promise<Figure> {
  const server = await startStampServer();
  const clicker = await startClicker();
  const apps: App[] = [];
  const add = async (folder: string, args: readonly string[]) => {
    const before = panel.items();
    apps.push(startApp(folder, args, account(server)));
    // The newest icon is the other app's until this one has registered.
    await panel.waitFor(() => panel.items().length > before.length, 'a further icon');
    await connected(panel);
    return panel.waitForItem();
  };
  try {
    const hello = { item: await add(helloClick, []), agent: 'hello-click', samples: [] as number[] };
    const tally = { item: await add(root, ['--hidden']), agent: 'Tally', samples: [] as number[] };
    const clicks = 50;
    for (let click = 0; tally.samples.length < clicks + clickWarmUps; click++) {
      await quiet();
      const label = click % 2 === 0 ? 'Available' : 'Away';
      const round: number[] = [];
      for (const { item, agent } of [hello, tally]) {
        const fire = await clicker.aim(item, label);
        const arrival = server.nextChange(agent);
        const click = fire();
        const [arrived] = await Promise.all([arrival, click.done]);
        round.push(arrived - click.at);
        await delay(betweenClicks);
      }
      if (isDisturbed()) continue;
      hello.samples.push(round[0] as number);
      tally.samples.push(round[1] as number);
      if (tally.samples.length % 20 === 0) progress(`${tally.samples.length} of ${clicks + clickWarmUps}`);
    }
    const [ours, theirs] = [tally.samples.slice(clickWarmUps), hello.samples.slice(clickWarmUps)];
    return {
      figure: 'click-to-request',
      unit: 'ms',
      ...compared(ours, theirs, p95),
      aim: 'p95 <= that of hello-click',
      met: p95(ours) <= p95(theirs),
      p50: rounded(median(ours)),
      baselineP50: rounded(median(theirs)),
    };
  } finally {
    clicker.close();
    for (const app of apps) await app.stop();
    await server.close();
  }
}

export const account = (server: StampServer) => ({
  TALLY_ZOOM_API: server.apiUrl,
  TALLY_ZOOM_TOKEN: 'bench',
});

/** Resolves when the tray offers the statuses. */
export async function connected(panel: Panel): Promise<void> {
  await panel.waitFor(
    ({ menu }) => menu.some(({ label, enabled }) => label === 'Away' && enabled),
    'connected',
  );
}
