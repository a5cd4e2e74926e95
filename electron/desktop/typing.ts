import { type BrowserWindow, Menu } from 'electron';
import { textMenu, zoomAfter } from './menus.ts';

interface TypingEvents {
  /** The menu is there, or has gone: while it is, some systems give it the focus. */
  menu?(isOpen: boolean): void;
  zoomed?(): void;
}

/** Gives a window what Chromium leaves to the app: a menu for text on a right click, and the keys of zoom. */
export function serveTyping(window: BrowserWindow, { menu, zoomed }: TypingEvents = {}): void {
  const contents = window.webContents;
  contents.on('context-menu', (_event, params) => {
    const items = textMenu(params);
    if (items.length === 0) return;
    menu?.(true);
    Menu.buildFromTemplate(items).popup({ window, callback: () => menu?.(false) });
  });
  contents.on('before-input-event', (event, key) => {
    const level = zoomAfter(key, contents.getZoomLevel(), process.platform);
    if (level === undefined) return;
    event.preventDefault();
    contents.setZoomLevel(level);
    zoomed?.();
  });
}
