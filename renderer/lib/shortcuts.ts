import type { Command } from '../../shared/commands.ts';
import { type Screen, screens, screenWords } from '../../shared/places.ts';
import { type SettableStatus, shownStatuses, statusWord } from '../../shared/zoom/presence.ts';
import { isMac, paletteKey } from './use-palette-key.ts';

const combined = (key: string) => (isMac ? `⌘${key}` : `Ctrl+${key}`);

interface Shortcut {
  readonly keys: string;
  readonly words: string;
}

/** All of them, for the list that "?" opens. */
export const shortcuts: readonly { readonly title: string; readonly entries: readonly Shortcut[] }[] = [
  {
    title: 'Anywhere',
    entries: [
      { keys: paletteKey, words: 'Commands' },
      ...screens.map((screen, at) => ({ keys: combined(String(at + 1)), words: screenWords[screen] })),
      { keys: combined(','), words: 'Preferences' },
      { keys: `${combined('F')} or /`, words: 'Search, where a screen has one' },
      { keys: combined('W'), words: 'Close the window' },
      { keys: '?', words: 'Keyboard shortcuts' },
    ],
  },
  {
    title: 'On Status',
    entries: [
      ...shownStatuses.map((status, at) => ({ keys: String(at + 1), words: statusWord(status) })),
      { keys: combined('Z'), words: 'Undo the last change' },
    ],
  },
  { title: 'In Advanced', entries: [{ keys: combined('Enter'), words: 'Send' }] },
];

/** What is pressed for a command in the window, as it is shown beside it. */
export function keysOf({ id }: Command): string | undefined {
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
