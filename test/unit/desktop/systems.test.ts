import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { TrayClick } from '../../../shared/app.ts';
import { snapshot } from '../../support/snapshot.ts';

/** What Tally asks of Electron on systems that the tests do not run on, in its order. */
const asked: string[] = [];
const listeners = vi.hoisted(() => new Map<string, (event?: { ctrlKey: boolean }) => void>());

vi.mock('electron', () => {
  const note = (name: string, result?: unknown) => (value?: unknown) => {
    asked.push(value === undefined || typeof value === 'object' ? name : `${name} ${value}`);
    return result;
  };
  const app = {
    isPackaged: false,
    commandLine: { hasSwitch: () => false, appendSwitch() {} },
    setName: note('setName'),
    setAppUserModelId: note('setAppUserModelId'),
    setToastActivatorCLSID: note('setToastActivatorCLSID'),
    setActivationPolicy: note('setActivationPolicy'),
    focus: note('focus'),
    getAppPath: () => '/app',
    getPath: () => '/data',
    requestSingleInstanceLock: () => true,
    on: () => app,
    whenReady: () => {
      asked.push('whenReady');
      return new Promise(() => {});
    },
    quit: note('quit'),
  };
  class Tray {
    constructor(_image: unknown, guid?: string) {
      asked.push(guid === undefined ? 'Tray' : 'Tray with a place');
    }
    on(event: string, listener: () => void) {
      listeners.set(event, listener);
    }
    removeAllListeners(event: string) {
      listeners.delete(event);
    }
    destroy() {}
    setImage() {}
    setToolTip() {}
    setContextMenu(menu: unknown) {
      asked.push(`set ${menu === null ? 'no menu' : 'the menu'}`);
    }
    popUpContextMenu(menu: readonly { readonly label?: string }[]) {
      asked.push(`pop up ${menu.map(({ label = '' }) => label).find((label) => label.startsWith('Now: '))}`);
    }
  }
  const Menu = {
    setApplicationMenu: (menu: unknown) => void asked.push(`menu ${menu === null ? 'none' : 'bar'}`),
    buildFromTemplate: (template: unknown) => template,
  };
  const nativeImage = { createFromPath: (path: string) => asked.push(path) };
  return { app, Menu, Tray, nativeImage, protocol: { registerSchemesAsPrivileged() {} } };
});

const system = process.platform;

function on(platform: NodeJS.Platform): void {
  Object.defineProperty(process, 'platform', { value: platform });
}

beforeEach(() => {
  asked.length = 0;
  listeners.clear();
  vi.resetModules();
});
afterEach(() => on(system));

describe('the start', () => {
  test('Windows is told Tally’s name before anything can be shown', async () => {
    on('win32');
    await import('../../../electron/main.ts');
    expect(asked.slice(0, 2)).toEqual(['setName Tally', 'setAppUserModelId io.github.tallyauthors.Tally']);
    expect(asked).toContain('menu none');
  });

  test('macOS gets a menu bar, and no name of Windows', async () => {
    on('darwin');
    await import('../../../electron/main.ts');
    expect(asked).toContain('menu bar');
    expect(asked.filter((line) => line.startsWith('setAppUserModelId'))).toEqual([]);
  });
});

describe('the tray icon', () => {
  test('a click on macOS opens the menu alone', async () => {
    on('darwin');
    const { createTrayIcon } = await import('../../../electron/desktop/tray/tray.ts');
    createTrayIcon();
    expect([...listeners.keys()]).toEqual([]);
    expect(asked).toEqual(['/app/resources/tray/unknownTemplate.png', 'Tray with a place']);
  });

  test('on macOS sets the menu, or hears a click and pops the menu up by the right button, as is chosen', async () => {
    on('darwin');
    const { createTrayIcon } = await import('../../../electron/desktop/tray/tray.ts');
    const tray = createTrayIcon();
    tray.onClick(() => asked.push('clicked'));
    /** What is asked for once a click opens that. */
    const choose = async (trayClick: TrayClick) => {
      asked.length = 0;
      const shown = snapshot();
      tray.show({ ...shown, preferences: { ...shown.preferences, trayClick } });
      await nextTurn();
      return asked.filter((line) => line.startsWith('set '));
    };
    expect(await choose('menu')).toEqual(['set the menu']);
    expect([...listeners.keys()]).toEqual([]);
    expect(await choose('popover')).toEqual(['set no menu']);
    expect(await choose('window')).toEqual([]);
    asked.length = 0;
    listeners.get('click')?.({ ctrlKey: false });
    listeners.get('click')?.({ ctrlKey: true });
    listeners.get('right-click')?.();
    expect(asked).toEqual(['clicked', 'pop up Now: Available', 'pop up Now: Available']);
    tray.recreate();
    expect([...listeners.keys()]).toEqual(['click', 'right-click']);
    expect(await choose('menu')).toEqual(['set the menu']);
    expect([...listeners.keys()]).toEqual([]);
  });

  test('elsewhere it is heard; an unsigned program of Windows asks for no place, which would be that of its path', async () => {
    on('win32');
    const { createTrayIcon } = await import('../../../electron/desktop/tray/tray.ts');
    createTrayIcon();
    expect([...listeners.keys()]).toEqual(['click']);
    expect(asked.filter((line) => line.startsWith('Tray'))).toEqual(['Tray']);
  });
});

describe('the Dock', () => {
  test('has Tally while its window is shown, on macOS alone', async () => {
    on('darwin');
    const mac = await import('../../../electron/desktop/mac.ts');
    mac.showInDock(true);
    mac.comeForward();
    mac.showInDock(false);
    expect(asked).toEqual(['setActivationPolicy regular', 'focus', 'setActivationPolicy accessory']);
  });

  test('is not asked for elsewhere', async () => {
    on('linux');
    const mac = await import('../../../electron/desktop/mac.ts');
    mac.showInDock(true);
    mac.comeForward();
    expect(asked).toEqual([]);
  });
});
