import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { _electron, type ElectronApplication, type Page } from '@playwright/test';
import type { Rectangle } from 'electron';
import type { Practice } from '../../../electron/practice/server.ts';
import { AppWindow } from './pages/app-window.ts';
import { PopoverPage } from './pages/popover-page.ts';
import { watchPage } from './problems.ts';
import { collectOutput, type LaunchOptions, planStart } from './start.ts';
import { createZoomControl } from './zoom.ts';

export interface RunningTally {
  readonly app: ElectronApplication;
  readonly userData: string;
  /** The window, opened by the app itself or waited for. */
  window(): Promise<AppWindow>;
  /** The popover, once it is there. */
  popover(): Promise<PopoverPage>;
  /** Where the popover is on the screen, in pixels; undefined while it is not shown. */
  popoverPlace(): Promise<Rectangle | undefined>;
  /** Gives its window this size on the screen, in pixels. The media process has a window, too, which nobody sees. */
  resize(width: number, height: number): Promise<void>;
  /** Shows what is in the window so many times as large, as Ctrl+Plus does. */
  enlarge(times: number): Promise<void>;
  /** Moves the app's wall clock and wakes it, as after sleep. The practice Zoom's clock moves along unless `zoom` is false. */
  jump(ms: number, options?: { zoom?: boolean }): Promise<void>;
  /** Ends the app as a person would (Quit); resolves with everything it wrote to stderr and stdout. */
  quit(): Promise<string>;
  /** Ends it with no chance to clean up. */
  kill(): Promise<void>;
}

/**
 * Lines that Chromium writes on a machine without GPU, system bus, accessibility bus or a writable cache, its helpers when the
 * main process was killed, its painter when a window has just been closed, and of a compositor without a screen; they say nothing of Tally.
 */
const chatter =
  /:ERROR:(bus|viz_main_impl|object_proxy|gpu_|gl_|angle_|vaapi_|command_buffer|browser_main_loop|network_service_instance|x11_software_bitmap_presenter|interface_endpoint|simple_backend_impl|simple_version_upgrade|disk_cache|zygote_linux|libc_interceptor|wayland_frame_manager)|^(Debugger|DevTools) listening|^For help, see|^Debugger (attached|ending)|^Waiting for the debugger|^\[OpenH264\] this = \S+, Warning:|^\s*$/;

/** Milliseconds that Tally has to end after Quit: it gives the keychain 5 seconds. */
const patience = 20_000;

/** A heap snapshot has only the first 1,024 characters of a string, unless V8 is told otherwise; see `searchHeap`. */
const wholeStrings = '--js-flags=--heap-snapshot-string-limit=10000000';

/**
 * Starts the built app on the real Electron. Everything unexpected that it or its window writes to a console is added to
 * `problems`, at the latest when it ends.
 */
export async function startTally(
  options: LaunchOptions & { userData: string },
  practice: Practice,
  problems: string[],
): Promise<RunningTally> {
  const { program, args, env, wrapping } = planStart(options, practice);
  const app = await _electron.launch({ executablePath: program, args: [...args, wholeStrings], env });
  const child = app.process();
  const output = collectOutput(child);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (wrapping) child.once('exit', () => rmSync(wrapping, { recursive: true, force: true }));
  app.on('window', (page) => watchPage(page, 'window', problems));
  for (const page of app.windows()) watchPage(page, 'window', problems);

  // Behind it may be the language.
  const isPopover = (page: Page) => page.url().startsWith('app://tally/popover.html');
  const isWindow = (page: Page) => !page.url().startsWith('app://media/') && !isPopover(page);
  const page = async () => app.windows().find(isWindow) ?? (await app.waitForEvent('window', isWindow));
  let over = false;
  const { advance } = createZoomControl(practice);
  const finish = () => {
    if (over) return;
    over = true;
    problems.push(...unexpectedLines(output()));
  };
  return {
    app,
    userData: options.userData,
    window: async () => new AppWindow(await page()),
    async popover() {
      const page = app.windows().find(isPopover) ?? (await app.waitForEvent('window', isPopover));
      return new PopoverPage(page);
    },
    popoverPlace: () =>
      app.evaluate(({ BrowserWindow }) => {
        const shown = BrowserWindow.getAllWindows().filter((one) => one.isVisible());
        return shown.find(({ webContents }) => webContents.getURL().includes('/popover.html'))?.getBounds();
      }),
    async resize(width, height) {
      const window = await app.browserWindow(await page());
      await window.evaluate((one, [w, h]) => one.setSize(w, h), [width, height] as const);
    },
    async enlarge(times) {
      const window = await app.browserWindow(await page());
      await window.evaluate((one, factor) => one.webContents.setZoomFactor(factor), times);
    },
    async jump(ms, { zoom = true } = {}) {
      if (zoom) await advance(ms);
      await app.evaluate(moveClock, ms);
      await app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
      // The window has the computer's clock, too.
      for (const page of app.windows()) await page.evaluate(`(${moveClock})(undefined, ${ms})`);
    },
    async quit() {
      if (!over) {
        const slow = setTimeout(() => {
          const threads = threadsOf(child.pid ?? 0);
          finish();
          problems.push(`Tally did not end within ${patience} ms of Quit; its threads: ${threads}`);
          child.kill('SIGKILL');
        }, patience);
        await app.close().catch(() => {});
        await ended;
        clearTimeout(slow);
      }
      finish();
      return output();
    },
    async kill() {
      child.kill('SIGKILL');
      await ended;
      finish();
    },
  };
}

/** What each thread of a process does: its name, and the place in the kernel where it waits. */
function threadsOf(pid: number): string {
  const read = (path: string) => readFileSync(path, 'utf8').trim();
  return readdirSync(`/proc/${pid}/task`)
    .map((thread) => `/proc/${pid}/task/${thread}`)
    .map((task) => `${read(`${task}/comm`)} ${read(`${task}/wchan`)} ${read(`${task}/syscall`)}`)
    .join(', ');
}

/** Runs in the app and in its page. However often it is called, one function stands in the place of the real clock. */
function moveClock(_electron: unknown, by: number): void {
  const moved = globalThis as typeof globalThis & { ahead?: number };
  if (moved.ahead === undefined) {
    const now = Date.now.bind(Date);
    Date.now = () => now() + (moved.ahead ?? 0);
  }
  moved.ahead = (moved.ahead ?? 0) + by;
}

/** The lines of an app's output that are not Chromium's usual ones. */
export function unexpectedLines(output: string): string[] {
  return output.split('\n').filter((line) => !chatter.test(line));
}
