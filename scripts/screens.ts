// `npm run screens`: pictures of every screen and state of the real app, in light, dark and forced colors, from 380 to 1,920 px
// and enlarged, for somebody to look at. They land in out/screens/, by look and size; a part of a state's name makes that one alone.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BrowserWindow } from 'electron';
import { startPractice } from '../electron/practice/server.ts';
import { runInDesktop } from '../test/support/desktop/desktop.ts';
import { type RunningTally, startTally } from '../test/support/desktop/launch.ts';
import type { AppWindow } from '../test/support/desktop/pages/app-window.ts';
import { startPanel } from '../test/support/desktop/panel.ts';
import type { LaunchOptions } from '../test/support/desktop/start.ts';
import { uploadFolder } from '../test/support/desktop/upload-files.ts';
import { createZoomControl } from '../test/support/desktop/zoom.ts';
import { build } from './run.ts';
import type { Stage, State } from './screens/stage.ts';
import { apart, connected, practice as practiceStates, unconnected } from './screens/states.ts';

const pictures = 'out/screens';
const looks = {
  light: { colorScheme: 'light', forcedColors: 'none' },
  dark: { colorScheme: 'dark', forcedColors: 'none' },
  forced: { colorScheme: 'dark', forcedColors: 'active' },
} as const;
/** Pixels of the window, and how far it is enlarged. */
const sizes = {
  380: [380, 620, 1],
  900: [900, 640, 1],
  1280: [1280, 800, 1],
  1920: [1920, 1040, 1],
  '200-percent': [960, 680, 2],
  '400-percent': [1280, 800, 4],
} as const;
const wanted = process.argv.slice(2);

if (process.env.TALLY_SCREENS === 'inside') await main();
else {
  build();
  const self = [process.execPath, fileURLToPath(import.meta.url), ...wanted];
  process.exitCode = await runInDesktop(self, { TALLY_SCREENS: 'inside' });
}

async function main(): Promise<void> {
  const panel = await startPanel();
  rmSync(pictures, { recursive: true, force: true });
  await show(connected, {});
  for (const state of apart) await show([state], {});
  await show(practiceStates, { zoom: false, args: ['--practice'] });
  await show(unconnected, { zoom: 'connect' });
  await panel.close();
}

/** Starts the app and goes from state to state. */
async function show(states: readonly State[], options: LaunchOptions): Promise<void> {
  const isWanted = ({ name }: State) => wanted.every((part) => name.includes(part));
  // A state begins where the former one ended.
  const path = states.slice(0, states.findLastIndex(isWanted) + 1);
  if (path.length === 0) return;
  const userData = mkdtempSync(join(tmpdir(), 'tally-screens-'));
  const files = uploadFolder();
  const practice = await startPractice();
  const zoom = createZoomControl(practice);
  for (const { before } of path) await before?.(zoom);
  const tally = await startTally({ userData, ...options }, practice, []);
  try {
    const window = await tally.window();
    const stage: Stage = { window, tally, files, zoom, practice };
    for (const state of path) {
      await state.reach(stage);
      if (!isWanted(state)) continue;
      await takeAll(state.name, window, tally);
      process.stdout.write(`${state.name}\n`);
    }
  } finally {
    await tally.quit();
    await practice.close();
    files.remove();
    rmSync(userData, { recursive: true, force: true });
  }
}

/** Pictures of what the window shows, in each look and size. */
async function takeAll(name: string, { page }: AppWindow, tally: RunningTally): Promise<void> {
  const own = await tally.app.browserWindow(page);
  await page.mouse.move(0, 0);
  for (const [size, [width, height, factor]] of Object.entries(sizes)) {
    await tally.enlarge(factor);
    await tally.resize(width, height);
    await page.waitForFunction((px) => globalThis.innerWidth <= px, width / factor);
    for (const [look, media] of Object.entries(looks)) {
      const folder = `${pictures}/${look}-${size}`;
      mkdirSync(folder, { recursive: true });
      await page.emulateMedia({ ...media, reducedMotion: 'reduce' });
      await page.evaluate(
        () => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))),
      );
      const path = `${folder}/${name}.png`;
      if (factor === 1) await page.screenshot({ path, animations: 'disabled' });
      // Playwright's would show a corner: it knows nothing of the enlarging.
      else writeFileSync(path, Buffer.from(await own.evaluate(capture), 'base64'));
    }
  }
  await tally.enlarge(1);
  await page.emulateMedia({ ...looks.light, reducedMotion: 'reduce' });
  await tally.resize(1280, 800);
}

/** Runs in the app. */
async function capture(window: BrowserWindow): Promise<string> {
  return (await window.webContents.capturePage()).toPNG().toString('base64');
}
