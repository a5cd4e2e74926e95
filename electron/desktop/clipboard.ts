import { clipboard as system } from 'electron';
import type { Clipboard } from '../core/ports.ts';

/** The clipboard, and on Linux the selection that a middle click pastes. */
function boards() {
  // Only Linux has one, whatever the types say.
  const { selection } = system as { readonly selection?: typeof system };
  return selection ? [system, selection] : [system];
}

/** The system's clipboard. */
export const clipboard: Clipboard = {
  async copy(text) {
    for (const board of boards()) await board.writeText(text);
  },
  async clear(text) {
    let cleared: 'cleared' | 'left' = 'left';
    for (const [index, board] of boards().entries()) {
      if ((await board.readText()) !== text) continue;
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
