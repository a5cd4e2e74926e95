import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';
import { type PopoverMessage, type PopoverOpening, popoverChannel } from '../../shared/ipc/popover.ts';
import type { Snapshot } from '../../shared/state.ts';
import type { SettableStatus } from '../../shared/zoom/presence.ts';
import { clock } from './clock.ts';
import { besideIcon, inTheMiddle, popoverSize } from './popover-place.ts';
import { isAt, sealContents } from './sealed.ts';
import { skipTaskbar } from './skip-taskbar.ts';
import { serveTyping } from './typing.ts';
import type { Area } from './window-place.ts';
import { clicking, ground, keepHidden, onWayland, pageAddress } from './windows.ts';

const ownPage = pageAddress('popover');
/** A page that has not said by then that it is drawn is shown all the same, in ms: it may have something to say about that. */
const drawing = 1_000;
/** A menu that closes gives the focus back to where it was: for so many ms after an opening from there the popover takes it again. */
const settling = 300;
/** How large an icon is taken to be round the pointer that has clicked it. */
const iconSize = 24;

export interface Popover {
  /** Hides it if it is there, else shows it: beside the icon, by a key in the middle where nothing tells where that is. */
  toggle(by: 'click' | 'key'): void;
  /** Shows it, with the field for how long this status shall last. */
  ask(status: SettableStatus): void;
  hide(): void;
  notify(snapshot: Snapshot): void;
  /** Whether the person has it before them. */
  isSeen(): boolean;
  owns(frame: Electron.WebFrameMain | null): boolean;
  /** The present opening. */
  opening(): PopoverOpening;
  /** The page has drawn an opening. */
  drawn(id: number): void;
}

interface PopoverEvents {
  /** Comes once, before the first one is made. */
  first(): void;
  /** Whether it is looked at. */
  visible(visible: boolean): void;
  /** Where the icon is, where the system tells that; else it is where the pointer has just clicked. */
  icon(): Area | undefined;
}

const onX = process.platform === 'linux' && !onWayland;

/** Whether this system tells where a popover belongs. On Wayland a program neither learns that nor can place a window. */
export const canBePlaced = !(process.platform === 'linux' && onWayland);

/** The small window at the tray icon: made on the first click, hidden when it loses the focus, destroyed two minutes later. */
export function createPopover(events: PopoverEvents): Popover {
  let window: BrowserWindow | undefined;
  let loaded: Promise<void> = Promise.resolve();
  let opening: PopoverOpening = { id: 0 };
  /** The opening waits for being drawn. */
  let pending = false;
  let isByKey = false;
  /** By which icon it stands since it was shown, as the pointer moves on. */
  let standing: Area | 'middle' | undefined;
  let prepared = false;
  let cancelShow = () => {};
  let cancelDestroy = () => {};
  let shownAt = 0;
  let hiddenAt = 0;
  /** The menu for text is open. */
  let hasMenu = false;
  let quitting = false;
  app.on('before-quit', () => {
    quitting = true;
  });

  function make(): BrowserWindow {
    if (!prepared) events.first();
    prepared = true;
    const made = new BrowserWindow({
      ...popoverSize,
      show: false,
      backgroundColor: ground(),
      title: 'Tally',
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      // Comes over an app that fills the screen, and on the Space that is shown.
      ...(process.platform === 'darwin' && { type: 'panel' }),
      icon: join(app.getAppPath(), 'resources/app/256.png'),
      webPreferences: {
        preload: join(__dirname, '../preload/popover.cjs'),
        sandbox: true,
        contextIsolation: true,
        nodeIntegration: false,
      },
    });
    sealContents(made.webContents, ownPage);
    serveTyping(made, {
      menu(isOpen) {
        hasMenu = isOpen;
        if (!isOpen && !made.isDestroyed() && !made.isFocused()) hide();
      },
      zoomed: () => standing && place(made, standing),
    });
    // Its place may be gone with the display.
    screen.on('display-removed', hide);
    screen.on('display-metrics-changed', hide);
    made.on('close', (event) => {
      if (quitting) return;
      event.preventDefault();
      hide();
    });
    made.on('blur', () => {
      if (hasMenu) return;
      if (opening.status && clock.now() - shownAt < settling) made.focus();
      else hide();
    });
    made.on('show', () => events.visible(true));
    made.on('hide', () => events.visible(false));
    made.on('closed', () => {
      pending = false;
      hasMenu = false;
      cancelShow();
      cancelDestroy();
      screen.off('display-removed', hide);
      screen.off('display-metrics-changed', hide);
      if (window === made) window = undefined;
      events.visible(false);
    });
    // State lives in main: the next click makes another one.
    made.webContents.on('render-process-gone', () => {
      if (!made.isDestroyed()) made.destroy();
    });
    loaded = made.loadURL(ownPage).catch(() => {});
    return made;
  }

  function tell(name: PopoverMessage, payload: PopoverOpening | Snapshot): void {
    const target = window;
    void loaded.then(() => {
      if (target && !target.isDestroyed() && !target.webContents.isDestroyed())
        target.webContents.send(popoverChannel(name), payload);
    });
  }

  function open(byKey: boolean, status?: SettableStatus): void {
    cancelDestroy();
    cancelShow();
    isByKey = byKey;
    opening = { id: opening.id + 1, ...(status && { status }) };
    pending = true;
    if (window) tell('opened', opening);
    else window = make();
    cancelShow = clock.setTimeout(show, drawing);
  }

  function show(): void {
    cancelShow();
    pending = false;
    if (!window || window.isDestroyed()) return;
    const known = events.icon();
    standing = isByKey && !known ? 'middle' : (known ?? underPointer());
    place(window, standing);
    shownAt = clock.now();
    window.show();
    window.focus();
    if (onX) void skipTaskbar(window.getNativeWindowHandle());
  }

  function hide(): void {
    pending = false;
    cancelShow();
    const target = window;
    if (!target || target.isDestroyed()) return;
    if (target.isVisible()) hiddenAt = clock.now();
    target.hide();
    cancelDestroy();
    cancelDestroy = clock.setTimeout(() => target.destroy(), keepHidden);
  }

  return {
    toggle(by) {
      if (pending || window?.isVisible()) hide();
      // Some panels take the focus when they are clicked, which has hidden it just now.
      else if (by === 'key' || clock.now() - hiddenAt >= clicking) open(by === 'key');
    },
    ask: (status) => open(false, status),
    hide,
    notify(snapshot) {
      if (window) tell('changed', snapshot);
    },
    isSeen: () => window?.isVisible() === true && window.isFocused(),
    owns(frame) {
      if (!frame || !window || window.isDestroyed()) return false;
      return frame === window.webContents.mainFrame && isAt(frame.url, ownPage);
    },
    opening: () => opening,
    drawn(id) {
      if (pending && id === opening.id) show();
    },
  };
}

/** An icon under the pointer. */
function underPointer(): Area {
  const { x, y } = screen.getCursorScreenPoint();
  return { x: x - iconSize / 2, y: y - iconSize / 2, width: iconSize, height: iconSize };
}

/** Puts it beside an icon, or in the middle of the display with the pointer; as large as its page is with its zoom. */
function place(window: BrowserWindow, at: Area | 'middle'): void {
  const zoom = window.webContents.getZoomFactor();
  const size = { width: Math.round(popoverSize.width * zoom), height: Math.round(popoverSize.height * zoom) };
  const { workArea } = screen.getDisplayMatching(at === 'middle' ? underPointer() : at);
  window.setBounds(at === 'middle' ? inTheMiddle(workArea, size) : besideIcon(at, workArea, size));
}
