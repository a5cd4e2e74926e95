import { afterEach, expect, it, vi } from 'vitest';

/** A clipboard with the manners of Electron 45's: all formats of one write together, and each write in place of the last. */
const system = vi.hoisted(() => {
  class ClipboardItem {
    readonly items: Readonly<Record<string, string | Blob>>;
    constructor(items: Readonly<Record<string, string | Blob>>) {
      this.items = items;
    }
  }
  const createBoard = () => {
    let held: Readonly<Record<string, string | Blob>> = {};
    const hold = (items: typeof held) => {
      held = items;
    };
    return {
      held: () => held,
      write: async ([item]: readonly ClipboardItem[]) => hold(item?.items ?? {}),
      writeText: async (text: string) => hold({ 'text/plain': text }),
      readText: async () => held['text/plain'] ?? '',
      clear: () => hold({}),
    };
  };
  const clipboard = { ...createBoard(), selection: createBoard() };
  return { ClipboardItem, clipboard, BrowserWindow: { getFocusedWindow: () => null } };
});
vi.mock('electron', () => system);

const { clipboard, copyText } = await import('../../../electron/desktop/clipboard.ts');

const boards = [system.clipboard, system.clipboard.selection];
const { platform } = process;
const runOn = (value: string) => Object.defineProperty(process, 'platform', { value });
afterEach(() => void runOn(platform));

const raw = (name: string) => `electron application/osclipboard;format="${name}"`;
const zero = async (data: unknown) => expect(await (data as Blob).arrayBuffer()).toEqual(new ArrayBuffer(4));

it('a secret is copied with what clipboard managers of Linux look for, into both selections', async () => {
  runOn('linux');
  await clipboard.copy('a secret');
  for (const board of boards) {
    expect(board.held()).toEqual({ 'text/plain': 'a secret', [raw('x-kde-passwordManagerHint')]: 'secret' });
  }
});

it('on macOS it is concealed, on Windows kept out of history and cloud', async () => {
  runOn('darwin');
  await clipboard.copy('a secret');
  expect(Object.keys(system.clipboard.held())).toEqual(['text/plain', raw('org.nspasteboard.ConcealedType')]);
  runOn('win32');
  await clipboard.copy('a secret');
  const held = system.clipboard.held();
  expect(held['text/plain']).toBe('a secret');
  expect(held).toHaveProperty([raw('ExcludeClipboardContentFromMonitorProcessing')]);
  await zero(held[raw('CanIncludeInClipboardHistory')]);
  await zero(held[raw('CanUploadToCloudClipboard')]);
});

it('it is taken back by its text; what anybody else copied is left', async () => {
  await clipboard.copy('a secret');
  await system.clipboard.writeText('milk');
  expect(await clipboard.clear((text) => text === 'a secret')).toBe('left');
  expect(boards.map((board) => board.held())).toEqual([{ 'text/plain': 'milk' }, {}]);
});

it('a system that takes no mark is given the text', async () => {
  vi.spyOn(system.clipboard.selection, 'write').mockRejectedValueOnce(new Error('not supported'));
  await clipboard.copy('a secret');
  expect(system.clipboard.selection.held()).toEqual({ 'text/plain': 'a secret' });
});

it('what is no secret has no mark', () => {
  copyText('a setup');
  expect(system.clipboard.held()).toEqual({ 'text/plain': 'a setup' });
});
