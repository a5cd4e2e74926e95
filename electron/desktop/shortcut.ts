import { globalShortcut } from 'electron';
import type { RefusedShortcuts, ShortcutRefusal, ShortcutTriggers } from '../../shared/shortcut.ts';

interface Shortcut {
  /** What it does, as the desktop may ask the person about it. */
  readonly does: string;
  act(): void;
}

/** The shortcuts that are wanted, by their keys as Electron writes them. */
export type Shortcuts = ReadonlyMap<string, Shortcut>;

/** Wants these instead of those before. */
export type SetShortcuts = (shortcuts: Shortcuts) => void;

/** What the system says of those that are wanted; told whenever that is something else. */
export interface ToldShortcuts {
  /** Those that it does not give. */
  readonly refused: RefusedShortcuts;
  /** How those are pressed that it has chosen the keys of. */
  readonly triggers?: ShortcutTriggers;
}

/** Keeps the shortcuts that work whatever app has the focus: those that were asked for last. One that is refused is asked for again once others are wanted. */
export function createShortcuts(told: (shortcuts: ToldShortcuts) => void): SetShortcuts {
  let wanted: Shortcuts = new Map();
  let refusals: RefusedShortcuts = {};
  return (next) => {
    const before = [...wanted.keys()];
    wanted = next;
    if (before.length === next.size && before.every((keys) => next.has(keys))) return;
    for (const keys of before) if (!next.has(keys) && !refusals[keys]) globalShortcut.unregister(keys);
    const isKept = (keys: string) => before.includes(keys) && !refusals[keys];
    const asked = [...next.keys()].filter((keys) => !isKept(keys));
    refusals = Object.fromEntries(asked.flatMap((keys) => ask(keys)));
    told({ refused: refusals });
  };

  function ask(keys: string): [string, ShortcutRefusal][] {
    try {
      if (globalShortcut.register(keys, () => wanted.get(keys)?.act())) return [];
    } catch {
      // A key that this keyboard or system does not have.
    }
    return [[keys, 'taken']];
  }
}
