import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { channelName, type WindowMessage } from '../../shared/ipc/channels.ts';
import type { Screen } from '../../shared/places.ts';
import { clock } from './clock.ts';
import { appOrigin, devUrl } from './protocol.ts';
import { isAt, sealContents } from './sealed.ts';

const ownPage = devUrl ?? `${appOrigin}/index.html`;
/** A hidden window keeps its renderer (about 45 MB) for this long, so that a second look is instant. */
const keepHidden = 2 * 60_000;
/** A renderer that dies more often than this in a minute is not started again by itself. */
const crashesAMinute = 3;

export interface AppWindow {
  /** Shows the window, making it first where there is none. `show` messages wait until it is loaded. */
  open(screenName?: Screen, search?: string): void;
  /** Reaches the window once it is loaded, if there is one. */
  notify(...message: WindowMessage): void;
  /** Whether the person can see it. */
  isShown(): boolean;
  /** Shows progress on the taskbar or dock: 0 to 1, or -1 for none. */
  progress(value: number): void;
  /** Whether `frame` is the main frame of the window, showing our own page. */
  owns(frame: Electron.WebFrameMain | null): boolean;
  /** Without a tray, closing the window ends the app: there would be no way back. */
  closeMeansQuit(quit: boolean): void;
}

export interface WindowEvents {
  /** Comes once, before the first window is made: the session and the handlers that only a window needs. */
  first(): void;
  /** Whether it is looked at. */
  visible(visible: boolean): void;
}

/** The one window: made on first need, hidden on close, destroyed two minutes later. */
export function createAppWindow(events: WindowEvents): AppWindow {
  let window: BrowserWindow | undefined;
  let loaded: Promise<void> = Promise.resolve();
  let cancelDestroy = () => {};
  let progress = -1;
  let quitOnClose = false;
  let quitting = false;
  let prepared = false;
  const crashes: number[] = [];
  app.on('before-quit', () => {
    quitting = true;
  });

  function make(): BrowserWindow {
    if (!prepared) events.first();
    prepared = true;
    const made = new BrowserWindow({
      width: 900,
      height: 640,
      minWidth: 380,
      minHeight: 520,
      show: false,
      title: 'Tally',
      autoHideMenuBar: true,
      icon: join(app.getAppPath(), 'resources/app/256.png'),
      webPreferences: {
        preload: join(__dirname, '../preload/index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
      },
    });
    sealContents(made.webContents, ownPage);
    if (progress >= 0) made.setProgressBar(progress);
    made.on('close', (event) => {
      if (quitting) return;
      if (quitOnClose) {
        app.quit();
        return;
      }
      event.preventDefault();
      made.hide();
    });
    made.on('show', () => {
      cancelDestroy();
      events.visible(true);
    });
    made.on('hide', () => {
      events.visible(false);
      cancelDestroy();
      cancelDestroy = clock.setTimeout(() => made.destroy(), keepHidden);
    });
    made.on('closed', () => {
      cancelDestroy();
      if (window === made) window = undefined;
      events.visible(false);
    });
    made.webContents.on('render-process-gone', () => recover(made));
    // Rejects when the app quits, or the window goes, before the page is there: nobody waits for it then.
    loaded = made.loadURL(ownPage).catch(() => {});
    return made;
  }

  function recover(dead: BrowserWindow): void {
    // The event may come after the window has gone; and a session that ends takes the renderer before the app.
    if (quitting || dead.isDestroyed()) return;
    const now = clock.now();
    crashes.push(now);
    const recent = crashes.filter((at) => now - at < 60_000).length;
    const visible = dead.isVisible();
    dead.destroy();
    // State lives in main, so a new window shows what the dead one showed.
    if (visible && recent < crashesAMinute) open();
  }

  function tell(target: BrowserWindow, ...[group, method, payload]: WindowMessage): void {
    // While the app quits the page can be gone before its window is.
    void loaded.then(() => {
      if (!target.isDestroyed() && !target.webContents.isDestroyed())
        target.webContents.send(channelName(group, method), payload);
    });
  }

  function open(screenName?: Screen, search?: string): void {
    window ??= make();
    const target = window;
    if (screenName) tell(target, 'navigation', 'show', { screen: screenName, ...(search && { search }) });
    if (target.isVisible()) {
      if (target.isMinimized()) target.restore();
      target.focus();
      return;
    }
    place(target);
    target.show();
  }

  return {
    open,
    notify(...message) {
      if (window) tell(window, ...message);
    },
    isShown: () => window?.isVisible() === true && !window.isMinimized(),
    progress(value) {
      if (value === progress) return;
      progress = value;
      if (window && !window.isDestroyed()) window.setProgressBar(value);
    },
    owns(frame) {
      if (!frame || !window || window.isDestroyed()) return false;
      return frame === window.webContents.mainFrame && isAt(frame.url, ownPage);
    },
    closeMeansQuit(quit) {
      quitOnClose = quit;
    },
  };
}

/** Near the pointer, which is where the tray was clicked, and wholly on that display. */
function place(window: BrowserWindow): void {
  const pointer = screen.getCursorScreenPoint();
  const { workArea } = screen.getDisplayNearestPoint(pointer);
  const { width, height } = window.getBounds();
  const clamp = (value: number, low: number, high: number) =>
    Math.max(low, Math.min(value, Math.max(low, high)));
  window.setPosition(
    clamp(Math.round(pointer.x - width / 2), workArea.x, workArea.x + workArea.width - width),
    clamp(Math.round(pointer.y - height / 2), workArea.y, workArea.y + workArea.height - height),
  );
}
