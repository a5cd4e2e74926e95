import { globalShortcut } from 'electron';
import type { Notice } from '../../shared/app.ts';
import { shortcutWords } from '../../shared/shortcut.ts';

interface ShortcutEvents {
  /** Whether an app can have one here at all. */
  readonly isPossible: boolean;
  pressed(): void;
  /** The system did not give it; undefined once that is no longer so. */
  refused(notice: Notice | undefined): void;
}

/** Keeps one shortcut that works whatever app has the focus: the one it is set to last, none where that is empty. */
export function createShortcut({ isPossible, pressed, refused }: ShortcutEvents) {
  let kept = '';
  return (wanted: string): void => {
    if (wanted === kept) return;
    if (kept !== '') globalShortcut.unregister(kept);
    kept = wanted;
    const why = wanted === '' ? undefined : register(wanted);
    refused(why === undefined ? undefined : notice(wanted, why));
  };

  function register(wanted: string): string | undefined {
    if (!isPossible)
      return 'Tally can’t take a shortcut on Wayland. Set one for the command “tally” in your desktop’s settings.';
    try {
      if (globalShortcut.register(wanted, pressed)) return undefined;
    } catch {
      // A key that this keyboard or system does not have.
    }
    return 'Another app or your desktop has it. Choose another one in Preferences.';
  }
}

const notice = (wanted: string, detail: string): Notice => ({
  id: 'shortcut',
  title: `${shortcutWords(wanted)} doesn’t open Tally`,
  detail,
});
