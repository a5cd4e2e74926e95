import { dirname, join } from 'node:path';
import { BrowserWindow, dialog, type OpenDialogOptions, type SaveDialogOptions } from 'electron';
import { comeForward } from './mac.ts';

/** Where the last file was chosen; Electron itself begins in Downloads each time, from its version 43 on. */
let last: string | undefined;

/** The window that a dialog belongs to, and stays in front of, where one is shown. */
function parent(): readonly [BrowserWindow] | readonly [] {
  const shown = BrowserWindow.getAllWindows().find((window) => window.isVisible());
  if (shown) return [shown];
  // A dialog of its own would come up behind the windows of others.
  comeForward();
  return [];
}

/** Asks for files by the system's dialog, where the last ones were; none when it was closed. */
export async function chooseOpen(options: OpenDialogOptions): Promise<readonly string[]> {
  const all = { ...options, ...(last !== undefined && { defaultPath: last }) };
  const [window] = parent();
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, all)
    : dialog.showOpenDialog(all));
  const [path] = canceled ? [] : filePaths;
  if (path !== undefined) last = dirname(path);
  return canceled ? [] : filePaths;
}

/** Asks where to save a file of that name, in the folder of the last one; undefined when the dialog was closed. */
export async function chooseSave(name: string, options: SaveDialogOptions): Promise<string | undefined> {
  const all = { ...options, defaultPath: last === undefined ? name : join(last, name) };
  const [window] = parent();
  const { canceled, filePath } = await (window
    ? dialog.showSaveDialog(window, all)
    : dialog.showSaveDialog(all));
  if (canceled || !filePath) return undefined;
  last = dirname(filePath);
  return filePath;
}
