import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import '../../support/without-electron.ts';
import { openWindowMemory } from '../../../electron/desktop/window-memory.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const tempFolder = tempFolders();

/** As much of a window as is looked at. */
function fakeWindow(bounds = { x: 10, y: 20, width: 700, height: 600 }) {
  const listeners = new Map<string, () => void>();
  const state = { bounds, visible: true, maximized: false };
  const window = {
    on: (event: string, listener: () => void) => void listeners.set(event, listener),
    isDestroyed: () => false,
    isVisible: () => state.visible,
    isMinimized: () => false,
    isFullScreen: () => false,
    isMaximized: () => state.maximized,
    getNormalBounds: () => state.bounds,
  };
  return { state, window: window as never, emit: (event: string) => listeners.get(event)?.() };
}

test('where a window is put is known after a restart, maximized or not', async () => {
  const folder = tempFolder();
  const clock = createFakeClock();
  const memory = openWindowMemory(folder, clock);
  expect(memory.last()).toBeUndefined();
  const { state, window, emit } = fakeWindow();
  memory.follow(window);
  emit('move');
  await clock.advance(500);
  const first = { x: 10, y: 20, width: 700, height: 600, maximized: false };
  expect(openWindowMemory(folder, clock).last()).toEqual(first);
  state.maximized = true;
  emit('maximize');
  await clock.advance(500);
  expect(openWindowMemory(folder, clock).last()).toEqual({ ...first, maximized: true });
});

test('a hidden window, and one that is still moved, changes nothing', async () => {
  const clock = createFakeClock();
  const memory = openWindowMemory(tempFolder(), clock);
  const { state, window, emit } = fakeWindow();
  memory.follow(window);
  emit('move');
  await clock.advance(400);
  emit('move');
  await clock.advance(400);
  expect(memory.last()).toBeUndefined();
  state.visible = false;
  await clock.advance(100);
  expect(memory.last()).toBeUndefined();
});

test.each(['{"x":1}', '[]', '{"x":1e9,"y":0,"width":0,"height":5,"maximized":"no"}', 'no JSON'])(
  'a file that holds %s counts as none',
  (content) => {
    const folder = tempFolder();
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'window.json'), content);
    expect(openWindowMemory(folder, createFakeClock()).last()).toBeUndefined();
  },
);
