import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, test as base, type ElectronApplication, expect, type Page } from '@playwright/test';
import { type Practice, startPractice } from '../../../electron/practice/server.ts';
import { findElectron, root } from '../../../scripts/electron.mjs';
import { AppWindow } from '../pages/app-window.ts';
import { type Panel, startPanel } from './panel.ts';
import { createZoomControl, type ZoomControl } from './zoom.ts';

export { expect };

interface LaunchOptions {
  /** Further command-line arguments; the window stays closed without `--show`-like ones only when `hidden`. */
  readonly args?: readonly string[];
  readonly hidden?: boolean;
  readonly userData?: string;
  /** Where the app finds Zoom: the test's own practice Zoom, or (false) whatever its arguments say. */
  readonly zoom?: boolean;
  readonly env?: Readonly<Record<string, string>>;
}

export interface RunningTally {
  readonly app: ElectronApplication;
  readonly userData: string;
  /** The window, opened by the app itself or waited for. */
  window(): Promise<AppWindow>;
  /** Moves the app's wall clock and wakes it, as after sleep. The practice Zoom's clock moves along unless `zoom` is false. */
  jump(ms: number, options?: { zoom?: boolean }): Promise<void>;
  /** Ends the app as a person would (Quit); resolves with everything it wrote to stderr and stdout. */
  quit(): Promise<string>;
  /** Ends it with no chance to clean up. */
  kill(): Promise<void>;
}

/** Lines that Chromium writes on a machine without GPU, system bus or accessibility bus; they say nothing of Tally. */
const chatter =
  /:ERROR:(bus|viz_main_impl|object_proxy|gpu_|gl_|angle_|vaapi_|command_buffer|browser_main_loop|network_service_instance|interface_endpoint)|^(Debugger|DevTools) listening|^For help, see|^Debugger (attached|ending)|^Waiting for the debugger|^\s*$/;

interface Fixtures {
  readonly panel: Panel;
  readonly practice: Practice;
  readonly zoom: ZoomControl;
  readonly launch: (options?: LaunchOptions) => Promise<RunningTally>;
  /** Console lines that this test provokes; each must really come. */
  readonly expectConsole: (...lines: RegExp[]) => void;
  /** The lines named so far. */
  readonly expected: RegExp[];
}

/**
 * The real app on the real Electron, a real panel on the bus and a real practice Zoom. A test fails on an unexpected console
 * error, an error of the page, or anything Tally's main process wrote that is not Chromium's usual chatter.
 */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  panel: async ({}, use) => {
    const panel = await startPanel();
    await use(panel);
    await panel.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  practice: async ({}, use) => {
    const practice = await startPractice();
    await use(practice);
    await practice.close();
  },
  zoom: async ({ practice }, use) => use(createZoomControl(practice)),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  expected: async ({}, use) => use([]),
  expectConsole: async ({ expected }, use) => use((...lines) => void expected.push(...lines)),
  launch: async ({ practice, expected }, use) => {
    const problems: string[] = [];
    const running: RunningTally[] = [];
    const folders: string[] = [];
    await use(async (options = {}) => {
      const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'tally-e2e-'));
      folders.push(userData);
      const tally = await start({ ...options, userData }, practice, problems);
      running.push(tally);
      return tally;
    });
    for (const tally of running) await tally.quit();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    const unexpected = problems.filter((line) => !expected.some((pattern) => pattern.test(line)));
    expect(unexpected, 'nothing unexpected was written to a console').toEqual([]);
    const missing = expected.filter((pattern) => !problems.some((line) => pattern.test(line)));
    expect(missing, 'what was expected on a console came').toEqual([]);
  },
});

async function start(
  options: LaunchOptions & { userData: string },
  practice: Practice,
  problems: string[],
): Promise<RunningTally> {
  const electron = findElectron();
  if (!electron) throw new Error('There is no Electron; run npm run setup.');
  const zoomEnv: Record<string, string> =
    options.zoom === false
      ? {}
      : {
          TALLY_ZOOM_API: practice.apiUrl,
          TALLY_ZOOM_OAUTH: practice.oauthUrl,
          TALLY_ZOOM_TOKEN: practice.accessToken,
        };
  const app = await _electron.launch({
    executablePath: electron.path,
    args: [
      root,
      `--user-data-dir=${options.userData}`,
      ...(options.hidden ? ['--hidden'] : []),
      ...(options.args ?? []),
    ],
    env: { ...(process.env as Record<string, string>), ...zoomEnv, ...options.env },
  });
  const child = app.process();
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (data: Buffer) => {
      output += data.toString();
    });
  }
  app.on('window', (page) => watchConsole(page, problems));
  for (const page of app.windows()) watchConsole(page, problems);

  let over = false;
  const { advance } = createZoomControl(practice);
  const finish = () => {
    if (over) return;
    over = true;
    problems.push(...output.split('\n').filter((line) => !chatter.test(line)));
  };
  return {
    app,
    userData: options.userData,
    async window() {
      const page = app.windows()[0] ?? (await app.waitForEvent('window'));
      return new AppWindow(page);
    },
    async jump(ms, { zoom = true } = {}) {
      if (zoom) await advance(ms);
      await app.evaluate(({ powerMonitor }, by) => {
        const now = Date.now.bind(Date);
        Date.now = () => now() + by;
        powerMonitor.emit('resume');
      }, ms);
    },
    async quit() {
      if (!over) await app.close().catch(() => {});
      await ended;
      finish();
      return output;
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      finish();
    },
  };
}

function watchConsole(page: Page, problems: string[]): void {
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning')
      problems.push(`window: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`window: ${error.message}`));
}
