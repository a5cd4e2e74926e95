import { beforeEach, expect, it, vi } from 'vitest';
import { createShortcuts } from '../../../electron/desktop/shortcut.ts';
import type { RefusedShortcuts } from '../../../shared/shortcut.ts';

/** What the system gives: a shortcut that another app has is refused, and a key that no keyboard has throws. */
const system = vi.hoisted(() => ({
  given: new Map<string, () => void>(),
  taken: 'Control+Alt+T',
  unknown: 'F24',
  asked: [] as string[],
}));
vi.mock('electron', () => ({
  globalShortcut: {
    register(shortcut: string, pressed: () => void) {
      system.asked.push(shortcut);
      if (shortcut === system.unknown) throw new TypeError('Error processing argument');
      if (shortcut === system.taken) return false;
      system.given.set(shortcut, pressed);
      return true;
    },
    unregister: (shortcut: string) => void system.given.delete(shortcut),
  },
}));

const told: RefusedShortcuts[] = [];
const pressed: string[] = [];
/** Asks for these, each of which says its name. */
function create() {
  const set = createShortcuts(({ refused }) => told.push(refused));
  return (wanted: Readonly<Record<string, string>>) =>
    set(
      new Map(
        Object.entries(wanted).map(([keys, does]) => [keys, { does, act: () => void pressed.push(does) }]),
      ),
    );
}
beforeEach(() => {
  for (const list of [told, pressed, system.asked]) list.length = 0;
  system.given.clear();
});

it('keeps those that were set last, asks for each once, and does what it is for now', () => {
  const set = create();
  set({});
  set({ 'Alt+A': 'popover', 'Alt+L': 'Lunch' });
  set({ 'Alt+A': 'popover', 'Alt+L': 'Dinner' });
  set({ 'Alt+B': 'popover', 'Alt+L': 'Dinner' });
  expect(system.asked).toEqual(['Alt+A', 'Alt+L', 'Alt+B']);
  expect([...system.given.keys()]).toEqual(['Alt+L', 'Alt+B']);
  for (const press of system.given.values()) press();
  expect(pressed).toEqual(['Dinner', 'popover']);
  expect(told).toEqual([{}, {}]);
  set({});
  expect(system.given.size).toBe(0);
});

it.each([system.taken, system.unknown])(
  'says that the system does not give %s, keeps the others, and asks again with others',
  (shortcut) => {
    const set = create();
    set({ 'Alt+A': 'popover', [shortcut]: 'Lunch' });
    expect(told.at(-1)).toEqual({ [shortcut]: 'taken' });
    set({ [shortcut]: 'Lunch' });
    expect(told.at(-1)).toEqual({ [shortcut]: 'taken' });
    expect(system.asked.filter((one) => one === shortcut)).toHaveLength(2);
    set({ 'Alt+A': 'popover' });
    expect(told.at(-1)).toEqual({});
    expect([...system.given.keys()]).toEqual(['Alt+A']);
  },
);
