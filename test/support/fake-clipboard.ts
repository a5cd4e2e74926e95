import type { Clipboard } from '../../electron/core/ports.ts';

/** A clipboard that nobody else uses, and what is in it. */
export function createFakeClipboard(): { readonly board: { text: string }; readonly clipboard: Clipboard } {
  const board = { text: '' };
  return {
    board,
    clipboard: {
      async copy(text) {
        board.text = text;
        return true;
      },
      async clear(text) {
        if (board.text !== text) return 'left';
        board.text = '';
        return 'cleared';
      },
    },
  };
}
