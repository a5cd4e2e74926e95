import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { channelName, type WindowMessage } from '../../shared/ipc/channels.ts';
import type { Screen } from '../../shared/places.ts';
import { clock } from './clock.ts';
import { comeForward, showInDock } from './mac.ts';
import { isAt, sealContents } from './sealed.ts';
import { serveTyping } from './typing.ts';
import { openWindowMemory, type WindowMemory } from './window-memory.ts';
import { type Area, around, fitInto, usualSize } from './window-place.ts';
import { clicking, ground, keepHidden, onWayland, pageAddress } from './windows.ts';

const ownPage = pageAddress('index');
/** How long a window waits for its page to be painted, in ms; then it is shown as it is. */
const painting = 3_000;
/** A renderer that dies more often than this in a minute is not started again by itself. */
const crashesAMinute = 3;

export interface AppWindow {
  /** Shows the window in front of others, making it first where there is none. Messages to it wait until its page listens. */
  open(screenName?: Screen, search?: string): void;
  /** As by the button in its title bar. */
  close(): void;
  /** Hides the window that has the focus; shows any other. */
  toggle(): void;
  /** Opens a window that nobody asked for, where none is shown. */
  offer(): void;
  /** Hides the window that was offered, unless somebody has used it since. */
  withdraw(): void;
  /** Reaches the window once its page listens, if there is one. */
  notify(...message: WindowMessage): void;
  /** The page tells which screen it shows, and so that it listens. */
  shows(screenName: Screen): void;
  /** The screen that the person has before them; none while the window does not have the focus. */
  seenScreens(): readonly Screen[];
  /** Shows progress on the taskbar or dock: 0 to 1, or -1 for none. */
  progress(value: number): void;
  /** Hands a file to the drag that the person has begun in the window, if it still goes on. */
  drag(path: string): Promise<void>;
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
  let listening: Promise<void> = Promise.resolve();
  let listens = () => {};
  let cancelDestroy = () => {};
  let shown: Screen | undefined;
  let progress = -1;
  let quitOnClose = false;
  let quitting = false;
  let prepared = false;
  let offered = false;
  /** It is shown as soon as its page is painted. */
  let wanted = false;
  let memory: WindowMemory | undefined;
  let blurredAt = 0;
  const crashes: number[] = [];
  app.on('before-quit', () => {
    quitting = true;
  });

  function make(): BrowserWindow {
    if (!prepared) events.first();
    prepared = true;
    memory ??= openWindowMemory(app.getPath('userData'), clock);
    const made = new BrowserWindow({
      ...usualSize,
      show: false,
      // What is seen where the page is not drawn yet, as while the window is made larger.
      backgroundColor: ground(),
      title: 'Tally',
      autoHideMenuBar: true,
      // Elsewhere the program's own has all sizes.
      ...(process.platform === 'linux' && { icon: join(app.getAppPath(), 'resources/app/256.png') }),
      webPreferences: {
        preload: join(__dirname, '../preload/index.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
      },
    });
    keepInSight(made);
    memory.follow(made);
    made.once('ready-to-show', () => painted(made));
    const cancelPatience = clock.setTimeout(() => painted(made), painting);
    made.on('closed', cancelPatience);
    sealContents(made.webContents, ownPage);
    serveTyping(made);
    if (progress >= 0) made.setProgressBar(progress);
    made.on('close', (event) => {
      if (quitting) return;
      if (quitOnClose) {
        app.quit();
        return;
      }
      event.preventDefault();
      putAway(made);
    });
    made.on('show', () => {
      wanted = false;
      cancelDestroy();
      showInDock(true);
      events.visible(true);
    });
    made.on('blur', () => {
      blurredAt = clock.now();
    });
    made.on('hide', () => {
      offered = false;
      showInDock(false);
      events.visible(false);
      cancelDestroy();
      cancelDestroy = clock.setTimeout(() => made.destroy(), keepHidden);
    });
    made.on('closed', () => {
      cancelDestroy();
      if (window === made) window = undefined;
      wanted = false;
      showInDock(false);
      events.visible(false);
    });
    made.webContents.on('render-process-gone', () => recover(made));
    made.webContents.on('input-event', (_event, { type }) => {
      if (type !== 'mouseMove' && type !== 'mouseEnter' && type !== 'mouseLeave') offered = false;
    });
    listening = new Promise((resolve) => {
      listens = resolve;
    });
    // Rejects when the app quits, or the window goes, before the page is there: nobody waits for it then.
    made.loadURL(ownPage).catch(() => {});
    return made;
  }

  const ready = new WeakSet<BrowserWindow>();

  function painted(target: BrowserWindow): void {
    if (target.isDestroyed()) return;
    ready.add(target);
    if (wanted) appear(target);
  }

  /** Shows a window where it stood last, or round the pointer; one that is new waits until its page is painted. */
  function appear(target: BrowserWindow): void {
    wanted = true;
    if (!ready.has(target)) return;
    const last = memory?.last();
    place(target, last ?? around(screen.getCursorScreenPoint(), target.getBounds()));
    if (last?.maximized) target.maximize();
    target.show();
  }

  function recover(dead: BrowserWindow): void {
    // The event may come after the window has gone; and a session that ends takes the renderer before the app.
    if (quitting || dead.isDestroyed()) return;
    const now = clock.now();
    crashes.push(now);
    const recent = crashes.filter((at) => now - at < 60_000).length;
    const visible = dead.isVisible() || wanted;
    dead.destroy();
    // State lives in main, so a new window shows what the dead one showed.
    if (visible && recent < crashesAMinute) open();
  }

  function tell(target: BrowserWindow, ...[group, method, payload]: WindowMessage): void {
    // While the app quits the page can be gone before its window is.
    void listening.then(() => {
      if (!target.isDestroyed() && !target.webContents.isDestroyed())
        target.webContents.send(channelName(group, method), payload);
    });
  }

  function open(screenName?: Screen, search?: string): void {
    window ??= make();
    offered = false;
    const target = window;
    if (screenName) tell(target, 'navigation', 'show', { screen: screenName, ...(search && { search }) });
    if (!target.isVisible()) appear(target);
    else if (!target.isFocused()) bringUp(target);
  }

  function hasFocus(): boolean {
    if (!window?.isVisible() || window.isMinimized()) return false;
    return window.isFocused() || clock.now() - blurredAt < clicking;
  }

  return {
    open,
    close() {
      window?.close();
    },
    toggle() {
      if (hasFocus()) window?.hide();
      else open();
    },
    offer() {
      if (wanted || window?.isVisible()) return;
      open();
      offered = true;
    },
    withdraw() {
      if (!offered) return;
      wanted = false;
      window?.hide();
    },
    notify(...message) {
      if (window) tell(window, ...message);
    },
    shows(screenName) {
      shown = screenName;
      listens();
    },
    seenScreens: () => (shown && window?.isVisible() && window.isFocused() ? [shown] : []),
    progress(value) {
      if (value === progress) return;
      progress = value;
      if (window && !window.isDestroyed()) window.setProgressBar(value);
    },
    async drag(path) {
      const target = window;
      // Without a picture Electron refuses; macOS draws none of its own.
      const icon = await app.getFileIcon(path, { size: 'normal' }).catch(() => undefined);
      const shown = icon && !icon.isEmpty() ? icon : join(app.getAppPath(), 'resources/app/256.png');
      if (target && !target.isDestroyed()) target.webContents.startDrag({ file: path, icon: shown });
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

/** What a window manager may take to give a window the focus, in ms. */
const answering = 300;

function bringUp(window: BrowserWindow): void {
  // On Wayland a program cannot bring its window to the front, but a new one comes there (mullvad/mullvadvpn-app#11141).
  if (onWayland) {
    showAnew(window);
    return;
  }
  if (window.isMinimized()) window.restore();
  comeForward();
  window.focus();
  if (process.platform !== 'linux') return;
  // Some window managers leave it on the workspace it was on, or where the panel says that it wants to be seen.
  clock.setTimeout(() => {
    if (!window.isDestroyed() && window.isVisible() && !window.isFocused()) showAnew(window);
  }, answering);
}

/** Hides a window. On macOS one that fills the screen would leave it black (electron/electron#20263). */
function putAway(window: BrowserWindow): void {
  if (process.platform === 'darwin' && window.isFullScreen()) {
    window.once('leave-full-screen', () => window.hide());
    window.setFullScreen(false);
  } else window.hide();
}

function showAnew(window: BrowserWindow): void {
  window.hide();
  window.show();
}

/** Puts a window to where it is wanted, wholly on the display that is there. */
function place(window: BrowserWindow, wanted: Area): void {
  const { workArea } = screen.getDisplayMatching(wanted);
  const { minWidth, minHeight, ...bounds } = fitInto(wanted, workArea);
  window.setMinimumSize(minWidth, minHeight);
  window.setBounds(bounds);
}

/** Brings a window back whose display went away, became smaller or got another scale. */
function keepInSight(window: BrowserWindow): void {
  const look = () => {
    if (window.isVisible() && !window.isMaximized() && !window.isFullScreen())
      place(window, window.getBounds());
  };
  screen.on('display-removed', look);
  screen.on('display-metrics-changed', look);
  window.on('closed', () => {
    screen.off('display-removed', look);
    screen.off('display-metrics-changed', look);
  });
}
