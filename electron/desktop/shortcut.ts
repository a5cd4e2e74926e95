import { globalShortcut } from 'electron';
import type { RefusedShortcuts, ShortcutRefusal } from '../../shared/shortcut.ts';

interface ShortcutEvents {
  /** Whether an app can have any here at all. */
  readonly isPossible: boolean;
  /** Those of the wanted ones that the system does not give; told whenever others are. */
  refused(shortcuts: RefusedShortcuts): void;
}

/** What each shortcut does, by its keys as Electron writes them. */
export type Shortcuts = ReadonlyMap<string, () => void>;

/** Keeps the shortcuts that work whatever app has the focus: those that were asked for last. One that is refused is asked for again once others are wanted. */
export function createShortcuts({ isPossible, refused }: ShortcutEvents) {
  let wanted: Shortcuts = new Map();
  let refusals: RefusedShortcuts = {};
  return (next: Shortcuts): void => {
    const before = [...wanted.keys()];
    wanted = next;
    if (before.length === next.size && before.every((keys) => next.has(keys))) return;
    for (const keys of before) if (!next.has(keys) && !refusals[keys]) globalShortcut.unregister(keys);
    const isKept = (keys: string) => before.includes(keys) && !refusals[keys];
    const asked = [...next.keys()].filter((keys) => !isKept(keys));
    refusals = Object.fromEntries(asked.flatMap((keys) => ask(keys)));
    refused(refusals);
  };

  function ask(keys: string): [string, ShortcutRefusal][] {
    if (!isPossible) return [[keys, 'wayland']];
    try {
      if (globalShortcut.register(keys, () => wanted.get(keys)?.())) return [];
    } catch {
      // A key that this keyboard or system does not have.
    }
    return [[keys, 'taken']];
  }
}
