import type { Command } from '../../shared/commands.ts';
import { type Screen, screens } from '../../shared/places.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { screenWords } from '../../shared/words/en/screens.ts';
import { type SettableStatus, shownStatuses, statusWord } from '../../shared/zoom/presence.ts';
import { isMac, paletteKey } from './use-palette-key.ts';

const combined = (key: string) => (isMac ? `⌘${key}` : `Ctrl+${key}`);

/** Preferences have the usual key of programs, too. */
function keysTo(screen: Screen, at: number): string {
  const numbered = combined(String(at + 1));
  return screen === 'preferences' ? t.eitherKeys(numbered, combined(',')) : numbered;
}

interface Shortcut {
  readonly keys: string;
  readonly words: string;
}

/** All of them, for the list that "?" opens. */
export const shortcuts: readonly { readonly title: string; readonly entries: readonly Shortcut[] }[] = [
  {
    title: t.anywhere,
    entries: [
      { keys: paletteKey, words: t.commands },
      ...screens.map((screen, at) => ({ keys: keysTo(screen, at), words: screenWords[screen] })),
      { keys: t.searchKeys(combined('F')), words: t.searchOnScreen },
      { keys: combined('W'), words: t.closeWindow },
      { keys: '?', words: t.keyboardShortcuts },
    ],
  },
  {
    title: t.onStatus,
    entries: [
      ...shownStatuses.map((status, at) => ({ keys: String(at + 1), words: statusWord(status) })),
      { keys: combined('Z'), words: t.undoLast },
    ],
  },
  { title: t.inAdvanced, entries: [{ keys: combined('Enter'), words: t.send }] },
];

/** What is pressed for a command in the window, as it is shown beside it. */
export function keysOf({ id, keys }: Command): string | undefined {
  if (keys !== undefined) return keys;
  const screen = screens.findIndex((one) => id === `open/${one}`);
  if (screens[screen] === 'preferences') return combined(',');
  if (screen >= 0) return combined(String(screen + 1));
  return id === 'presence.undo' ? combined('Z') : undefined;
}

/** What a key asks for. */
export type Asked =
  | { readonly kind: 'screen'; readonly screen: Screen }
  | { readonly kind: 'status'; readonly status: SettableStatus }
  | { readonly kind: 'close' | 'help' };

type Pressed = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/** What a key asks for in the window; `typing`: it may be meant for a field. */
export function askedBy(event: Pressed, typing: boolean): Asked | undefined {
  const { key, altKey, ctrlKey, metaKey } = event;
  if (altKey || (isMac ? ctrlKey : metaKey)) return undefined;
  const screen = screens[Number(key) - 1];
  if (isMac ? metaKey : ctrlKey) {
    if (key === ',') return { kind: 'screen', screen: 'preferences' };
    if (key.toLowerCase() === 'w') return { kind: 'close' };
    return screen && { kind: 'screen', screen };
  }
  if (typing) return undefined;
  const status = shownStatuses[Number(key) - 1];
  if (status) return { kind: 'status', status };
  return key === '?' ? { kind: 'help' } : undefined;
}
