import { rmSync } from 'node:fs';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Practice } from '../../../electron/practice/server.ts';
import { findElectron, root } from '../../../scripts/electron.mjs';
import { AppWindow } from '../pages/app-window.ts';
import { wrapElectron } from './wrapped-electron.ts';
import { createZoomControl } from './zoom.ts';

export interface LaunchOptions {
  /** Further command-line arguments; the window stays closed without `--show`-like ones only when `hidden`. */
  readonly args?: readonly string[];
  readonly hidden?: boolean;
  readonly userData?: string;
  /** Where the app finds Zoom: the test's own practice Zoom, or (false) whatever its arguments say. */
  readonly zoom?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Milliseconds that have passed on the main process's clock before it starts; the practice Zoom's is moved by `zoom.advance`. */
  readonly ahead?: number;
  /** Root, too, is kept from writing to a folder that is closed for writing. */
  readonly obeyModes?: boolean;
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

/** Lines that Chromium writes on a machine without GPU, system bus, accessibility bus or a writable cache; they say nothing of Tally. */
const chatter =
  /:ERROR:(bus|viz_main_impl|object_proxy|gpu_|gl_|angle_|vaapi_|command_buffer|browser_main_loop|network_service_instance|interface_endpoint|simple_backend_impl|disk_cache)|^(Debugger|DevTools) listening|^For help, see|^Debugger (attached|ending)|^Waiting for the debugger|^\s*$/;

/**
 * Starts the built app on the real Electron. Everything unexpected that it or its window writes to a console is added to
 * `problems`, at the latest when it ends.
 */
export async function startTally(
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
  const plain = options.ahead === undefined && !options.obeyModes;
  const wrapped = plain ? undefined : wrapElectron(electron.path, options);
  const app = await _electron.launch({
    executablePath: wrapped?.path ?? electron.path,
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
  if (wrapped) child.once('exit', () => rmSync(wrapped.folder, { recursive: true, force: true }));
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
      // The window has the computer's clock, too.
      for (const page of app.windows()) {
        await page.evaluate((by) => {
          const now = Date.now.bind(Date);
          Date.now = () => now() + by;
        }, ms);
      }
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
