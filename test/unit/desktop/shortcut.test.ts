import { beforeEach, expect, it, vi } from 'vitest';
import { createShortcut } from '../../../electron/desktop/shortcut.ts';
import type { Notice } from '../../../shared/app.ts';

/** What the system gives: a shortcut that another app has is refused, and a key that no keyboard has throws. */
const system = vi.hoisted(() => ({ given: [] as string[], taken: 'Control+Alt+T', unknown: 'F24' }));
vi.mock('electron', () => ({
  globalShortcut: {
    register(shortcut: string) {
      if (shortcut === system.unknown) throw new TypeError('Error processing argument');
      if (shortcut === system.taken) return false;
      system.given.push(shortcut);
      return true;
    },
    unregister: (shortcut: string) => void system.given.splice(system.given.indexOf(shortcut), 1),
  },
}));

const told: (Notice | undefined)[] = [];
const create = (isPossible = true) =>
  createShortcut({ isPossible, pressed() {}, refused: (notice) => told.push(notice) });
beforeEach(() => {
  told.length = 0;
  system.given.length = 0;
});

it('keeps the one that was set last, and asks for it once', () => {
  const set = create();
  for (const shortcut of ['', 'Alt+A', 'Alt+A', 'Alt+B']) set(shortcut);
  expect(system.given).toEqual(['Alt+B']);
  expect(told).toEqual([undefined, undefined]);
  set('');
  expect(system.given).toEqual([]);
});

it.each([system.taken, system.unknown])(
  'says that the system does not give %s, until another is set',
  (shortcut) => {
    const set = create();
    set(shortcut);
    expect(told.at(-1)).toMatchObject({ id: 'shortcut', detail: expect.stringContaining('Another app') });
    set('Alt+A');
    expect(told.at(-1)).toBeUndefined();
    expect(system.given).toEqual(['Alt+A']);
  },
);

it('says so where no app can have one', () => {
  create(false)('Alt+A');
  expect(told).toMatchObject([
    { title: 'Alt+A doesn’t open Tally', detail: expect.stringContaining('Wayland') },
  ]);
  expect(system.given).toEqual([]);
});
