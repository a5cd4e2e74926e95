import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import '../../support/without-electron.ts';
import { tempFolders } from '../../support/temp-folder.ts';

/** What the window asks of Electron, in its order, on systems that no end-to-end test has. */
const electron = vi.hoisted(() => ({
  asked: [] as string[],
  made: [] as { options: Record<string, unknown>; window: unknown }[],
  isDark: false,
  folder: '',
}));

vi.mock('electron', async () => {
  const { EventEmitter } = await import('node:events');
  class BrowserWindow extends EventEmitter {
    visible = false;
    focused = false;
    fullScreen = false;
    webContents = Object.assign(new EventEmitter(), {
      setWebRTCIPHandlingPolicy() {},
      setWindowOpenHandler() {},
    });
    constructor(options: Record<string, unknown>) {
      super();
      electron.made.push({ options, window: this });
    }
    loadURL = async () => {};
    getBounds = () => ({ x: 0, y: 0, width: 960, height: 680 });
    setMinimumSize() {}
    setBounds() {}
    isDestroyed = () => false;
    isVisible = () => this.visible;
    isFocused = () => this.focused;
    isMinimized = () => false;
    isFullScreen = () => this.fullScreen;
    focus = () => void electron.asked.push('focus');
    show() {
      electron.asked.push('show');
      this.visible = true;
      this.emit('show');
    }
    hide() {
      electron.asked.push('hide');
      this.visible = false;
      this.emit('hide');
    }
    setFullScreen(fills: boolean) {
      electron.asked.push(`full screen ${fills}`);
    }
  }
  const app = {
    on() {},
    getAppPath: () => '/app',
    getPath: () => electron.folder,
    setActivationPolicy: (policy: string) => void electron.asked.push(policy),
    focus: () => void electron.asked.push('come forward'),
  };
  const work = { workArea: { x: 0, y: 0, width: 1920, height: 1080 } };
  const screen = {
    on() {},
    off() {},
    getCursorScreenPoint: () => ({ x: 0, y: 0 }),
    getDisplayMatching: () => work,
  };
  const nativeTheme = {
    get shouldUseDarkColors() {
      return electron.isDark;
    },
  };
  return { app, BrowserWindow, screen, nativeTheme, Menu: {}, protocol: {}, session: {} };
});

interface FakeWindow extends EventEmitter {
  focused: boolean;
  fullScreen: boolean;
}

const tempFolder = tempFolders();
const system = process.platform;

async function windowOn(platform: NodeJS.Platform) {
  Object.defineProperty(process, 'platform', { value: platform });
  electron.folder = tempFolder();
  const { createAppWindow } = await import('../../../electron/desktop/window.ts');
  const window = createAppWindow({ first() {}, visible() {} });
  window.open();
  const [{ options, window: made } = { options: {}, window: new EventEmitter() }] = electron.made;
  return { window, options, made: made as FakeWindow };
}

const isPainted = (made: FakeWindow) => made.emit('ready-to-show');
/** By the button in the title bar. */
const close = (made: FakeWindow) => made.emit('close', { preventDefault() {} });

beforeEach(() => {
  electron.asked.length = 0;
  electron.made.length = 0;
  electron.isDark = false;
  vi.resetModules();
});
afterEach(() => {
  Object.defineProperty(process, 'platform', { value: system });
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

test.each([
  ['light', '#f6f6f7'],
  ['dark', '#17181b'],
])(
  'in a %s desktop it has the ground of its page, and is shown when that is painted',
  async (look, ground) => {
    electron.isDark = look === 'dark';
    const { options, made } = await windowOn('linux');
    expect(options).toMatchObject({ show: false, backgroundColor: ground });
    expect(electron.asked).toEqual([]);
    isPainted(made);
    expect(electron.asked).toEqual(['show']);
  },
);

describe('on macOS', () => {
  test('closed while it fills the screen, it leaves that first: the screen would stay black', async () => {
    const { made } = await windowOn('darwin');
    isPainted(made);
    made.fullScreen = true;
    electron.asked.length = 0;
    close(made);
    expect(electron.asked).toEqual(['full screen false']);
    made.emit('leave-full-screen');
    expect(electron.asked).toEqual(['full screen false', 'hide', 'accessory']);
  });

  test('it is in the Dock while it is shown, and comes before other apps when it is opened again', async () => {
    const { window, made } = await windowOn('darwin');
    isPainted(made);
    window.open();
    close(made);
    expect(electron.asked).toEqual(['show', 'regular', 'come forward', 'focus', 'hide', 'accessory']);
  });
});

test('on Windows it has the icon of the program, and one that fills the screen is hidden at once', async () => {
  const { options, made } = await windowOn('win32');
  expect(options).not.toHaveProperty('icon');
  isPainted(made);
  made.fullScreen = true;
  close(made);
  expect(electron.asked).toEqual(['show', 'hide']);
});

describe('opened again behind other windows', () => {
  test('on Wayland it is hidden and shown, as no program may raise itself there', async () => {
    vi.stubEnv('XDG_SESSION_TYPE', 'wayland');
    const { window, made } = await windowOn('linux');
    isPainted(made);
    window.open();
    expect(electron.asked).toEqual(['show', 'hide', 'show']);
  });

  test('on X11 it is raised, and shown anew where the window manager did not', async () => {
    vi.stubEnv('XDG_SESSION_TYPE', 'x11');
    vi.useFakeTimers();
    const { window, made } = await windowOn('linux');
    isPainted(made);
    window.open();
    expect(electron.asked).toEqual(['show', 'focus']);
    made.focused = true;
    vi.advanceTimersByTime(1_000);
    made.focused = false;
    window.open();
    vi.advanceTimersByTime(1_000);
    expect(electron.asked).toEqual(['show', 'focus', 'focus', 'hide', 'show']);
  });
});
