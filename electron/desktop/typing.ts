import { type BrowserWindow, Menu } from 'electron';
import { textMenu, zoomAfter } from './menus.ts';

/** Gives a window what Chromium leaves to the app: a menu for text on a right click, and the keys of zoom. */
export function serveTyping(window: BrowserWindow): void {
  const contents = window.webContents;
  contents.on('context-menu', (_event, params) => {
    const items = textMenu(params);
    if (items.length > 0) Menu.buildFromTemplate(items).popup({ window });
  });
  contents.on('before-input-event', (event, key) => {
    const level = zoomAfter(key, contents.getZoomLevel(), process.platform);
    if (level === undefined) return;
    event.preventDefault();
    contents.setZoomLevel(level);
  });
}
