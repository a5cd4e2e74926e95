import { afterEach, beforeEach, expect, test, vi } from 'vitest';

const electron = vi.hoisted(() => ({
  /** The windows that there are. */
  windows: [] as { isVisible(): boolean }[],
  /** What the system's dialog was asked, and that Tally came before other apps. */
  asked: [] as unknown[],
}));

vi.mock('electron', () => ({
  app: { focus: (how: unknown) => void electron.asked.push(how) },
  BrowserWindow: { getAllWindows: () => electron.windows },
  dialog: {
    showOpenDialog: async (...words: unknown[]) => {
      electron.asked.push(words);
      return { canceled: false, filePaths: ['/photos/2026/hall.png'] };
    },
    showSaveDialog: async (...words: unknown[]) => {
      electron.asked.push(words);
      return { canceled: true };
    },
  },
}));

const system = process.platform;
const shown = { isVisible: () => true };
const hidden = { isVisible: () => false };

async function dialogsOn(platform: NodeJS.Platform) {
  Object.defineProperty(process, 'platform', { value: platform });
  return await import('../../../electron/desktop/dialogs.ts');
}

beforeEach(() => {
  electron.windows = [];
  electron.asked.length = 0;
  vi.resetModules();
});
afterEach(() => Object.defineProperty(process, 'platform', { value: system }));

test('a dialog belongs to the window that is shown', async () => {
  const { chooseOpen, chooseSave } = await dialogsOn('darwin');
  electron.windows = [hidden, shown];
  await chooseOpen({ title: 'Add' });
  await chooseSave('answer.json', {});
  expect(electron.asked).toEqual([
    [shown, { title: 'Add' }],
    [shown, { defaultPath: '/photos/2026/answer.json' }],
  ]);
});

test('without a window, Tally comes before other apps on macOS first, as the dialog does with it', async () => {
  const { chooseOpen } = await dialogsOn('darwin');
  electron.windows = [hidden];
  await chooseOpen({ title: 'Add' });
  expect(electron.asked).toEqual([{ steal: true }, [{ title: 'Add' }]]);
});

test('elsewhere it is asked for nothing but the dialog, which begins where the last file was', async () => {
  const { chooseOpen } = await dialogsOn('linux');
  await chooseOpen({});
  await chooseOpen({});
  expect(electron.asked).toEqual([[{}], [{ defaultPath: '/photos/2026' }]]);
});
