import { BrowserWindow, ClipboardItem, clipboard as system } from 'electron';
import type { SearchedClipboard } from './left-behind.ts';
import { compositor, onWayland } from './wayland-clipboard.ts';

/** Four bytes: Windows reads a number, and zero is no. */
const no = new Blob([new Uint8Array(4)]);

/**
 * What stands beside a secret so that clipboard managers keep no copy of it. On Linux Klipper, CopyQ, GPaste and others look for
 * KDE's hint; macOS has a convention of its managers (nspasteboard.org), Windows its own formats
 * (learn.microsoft.com/en-us/windows/win32/dataxchg/clipboard-formats).
 */
const marks: Partial<Record<NodeJS.Platform, Readonly<Record<string, string | Blob>>>> = {
  linux: { 'x-kde-passwordManagerHint': 'secret' },
  darwin: { 'org.nspasteboard.ConcealedType': '1' },
  win32: {
    ExcludeClipboardContentFromMonitorProcessing: '1',
    CanIncludeInClipboardHistory: no,
    CanUploadToCloudClipboard: no,
  },
};

/** In one write, as each replaces the one before. */
function secretItem(text: string): ClipboardItem {
  const marked = Object.entries(marks[process.platform] ?? {}).map(([format, data]) => [
    `electron application/osclipboard;format="${format}"`,
    data,
  ]);
  return new ClipboardItem({ 'text/plain': text, ...Object.fromEntries(marked) });
}

/** The clipboard, and on Linux the selection that a middle click pastes. */
function boards() {
  // Only Linux has one, whatever the types say.
  const { selection } = system as { readonly selection?: typeof system };
  return selection ? [system, selection] : [system];
}

async function write(text: string): Promise<void> {
  // A system that takes no such mark takes the text.
  for (const board of boards()) await board.write([secretItem(text)]).catch(() => board.writeText(text));
}

/** The system's clipboard. What Tally copies into it is secret, and is marked as such. */
export const clipboard: SearchedClipboard = {
  async copy(text) {
    if (!onWayland()) {
      await write(text);
      return true;
    }
    // Where nobody can be asked, a window with the focus is believed: it was clicked.
    const isAsked = await compositor.isThere();
    if (BrowserWindow.getFocusedWindow()) {
      await write(text);
      if (!isAsked || (await compositor.read()) === text) return true;
    }
    return isAsked && (await compositor.write(text));
  },
  async clear(isIt) {
    if (onWayland() && (await compositor.isThere())) return compositor.clear(isIt);
    let cleared: 'cleared' | 'left' = 'left';
    for (const [index, board] of boards().entries()) {
      if (!isIt(await board.readText())) continue;
      board.clear();
      if (index === 0) cleared = 'cleared';
    }
    return cleared;
  },
};

/** What the person copies by a button goes where copying goes, and not into the selection. */
export function copyText(text: string): void {
  void system.writeText(text);
}
