/** A shortcut for the whole system as Electron writes it; empty for none. A key that is typed needs more than Shift. */
export const shortcutForm =
  /^(?:|(?=.*(?:Control|Alt|Super|Command)\+)(?:(?:Control|Alt|Shift|Super|Command)\+){1,4}(?:[A-Z0-9]|Space|F(?:[1-9]|1\d|2[0-4]))|(?:Shift\+)?F(?:[1-9]|1\d|2[0-4]))$/;

/**
 * Why the system does not give one: another app has it, or this keyboard does not; no app can have one there. Where the desktop's
 * portal gives them: it is asking the person, who said no, or it did not give it for a reason of its own; it failed; it does not
 * know Tally as an app; it has ended; or it has taken it back.
 */
export type ShortcutRefusal =
  | 'taken'
  | 'wayland'
  | 'asking'
  | 'declined'
  | 'withheld'
  | 'failed'
  | 'unknown'
  | 'gone'
  | 'closed';
export type RefusedShortcuts = Readonly<Record<string, ShortcutRefusal>>;

/** How those are pressed that the desktop has chosen the keys of, in its words; empty where it does not say. */
export type ShortcutTriggers = Readonly<Record<string, string>>;

const words: Readonly<Record<string, string>> = { Control: 'Ctrl', Super: 'Super', Command: 'Cmd' };

/** A shortcut as people write it: "Ctrl+Shift+Space". */
export function shortcutWords(shortcut: string): string {
  return shortcut
    .split('+')
    .map((part) => words[part] ?? part)
    .join('+');
}

/** A shortcut as people write it, or as the desktop says that it is pressed. */
export const shownShortcut = (shortcut: string, triggers: ShortcutTriggers = {}): string =>
  triggers[shortcut] || shortcutWords(shortcut);

interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
  readonly metaKey: boolean;
}

/** The shortcut that was pressed; undefined while it is none, as only Ctrl is down. */
export function pressedShortcut(pressed: Pressed, isMac: boolean): string | undefined {
  const { key, code } = pressed;
  // By what is written on the key; with Shift or Alt it may type something else, which its place then tells.
  const [, placed = code] = /^(?:Key|Digit)([A-Z0-9])$/.exec(code) ?? [];
  const shortcut = [
    pressed.ctrlKey && 'Control',
    pressed.altKey && 'Alt',
    pressed.shiftKey && 'Shift',
    pressed.metaKey && (isMac ? 'Command' : 'Super'),
    /^[a-z]$/i.test(key) ? key.toUpperCase() : placed,
  ]
    .filter(Boolean)
    .join('+');
  return shortcut !== '' && shortcutForm.test(shortcut) ? shortcut : undefined;
}
