import type { BrowserWindow } from 'electron';
import * as z from 'zod';
import type { Clock } from '../core/ports.ts';
import { openJsonFile } from './json-file.ts';
import type { Area } from './window-place.ts';

/** Milliseconds after which a window that was moved counts as put there. */
const settled = 500;

const side = z.int().min(1).max(32_767);
const at = z.int().min(-32_768).max(32_767);
const placeSchema = z.object({ x: at, y: at, width: side, height: side, maximized: z.boolean() });

/** Where a window stood, and how large it was; while it is maximized, where it goes back to. */
interface KeptPlace extends Area {
  readonly maximized: boolean;
}

export interface WindowMemory {
  /** Undefined until a window has been shown. Its display may be gone meanwhile. */
  last(): KeptPlace | undefined;
  /** Keeps from now on where a window is put. */
  follow(window: BrowserWindow): void;
}

/** Where the window was, in window.json of the folder of user data. On Wayland only its size is of use: the system places it. */
export function openWindowMemory(folder: string, clock: Clock): WindowMemory {
  const file = openJsonFile(folder, 'window');
  let last = placeSchema.safeParse(file.read()).data;

  function keep(window: BrowserWindow): void {
    if (window.isDestroyed() || !window.isVisible() || window.isMinimized() || window.isFullScreen()) return;
    const { x, y, width, height } = window.getNormalBounds();
    const next = { x, y, width, height, maximized: window.isMaximized() };
    if (JSON.stringify(next) === JSON.stringify(last)) return;
    last = next;
    file.write(next);
  }

  return {
    last: () => last,
    follow(window) {
      let cancel = () => {};
      const soon = () => {
        cancel();
        cancel = clock.setTimeout(() => keep(window), settled);
      };
      window.on('resize', soon);
      window.on('move', soon);
      window.on('maximize', soon);
      window.on('unmaximize', soon);
      window.on('closed', () => cancel());
    },
  };
}
