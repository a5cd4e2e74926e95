import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { pressedShortcut, shortcutWords } from '../../../shared/shortcut.ts';
import { preferences as t } from '../../../shared/words/en/preferences.ts';
import { Button } from '../../components/button.tsx';
import { FieldWords } from '../../components/field-words.tsx';
import { fieldLook, rowLook } from '../../components/looks.ts';
import { isMac } from '../../lib/use-palette-key.ts';

interface ShortcutFieldProps {
  /** As Electron writes it; empty for none. */
  readonly shortcut: string;
  /** Why the system does not give it. */
  readonly problem: string | undefined;
  readonly onChange: (shortcut: string) => void;
}

/** Takes the keys that are pressed in it. Tab leaves it, Backspace empties it. */
export function ShortcutField({ shortcut, problem, onChange }: ShortcutFieldProps) {
  const id = useId();
  const [isTaking, setTaking] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.key === 'Tab' && isPlain) return;
    event.preventDefault();
    if (isPlain && (event.key === 'Backspace' || event.key === 'Delete')) return onChange('');
    const pressed = pressedShortcut(event, isMac);
    if (pressed !== undefined) onChange(pressed);
  };
  return (
    <div className={rowLook}>
      <span className="min-w-0 flex-1 basis-52">
        <label htmlFor={id} className="block font-medium">
          {t.shortcut}
        </label>
        <FieldWords id={`${id}-words`} problem={problem}>
          {isMac ? t.shortcutHelpMac : t.shortcutHelp}
        </FieldWords>
      </span>
      <span className="flex min-w-0 items-center gap-1">
        <input
          id={id}
          readOnly
          aria-describedby={`${id}-words`}
          aria-invalid={problem !== undefined}
          placeholder={isTaking ? t.pressKeys : t.noShortcut}
          value={shortcutWords(shortcut)}
          onKeyDown={onKeyDown}
          onFocus={() => setTaking(true)}
          onBlur={() => setTaking(false)}
          className={`${fieldLook} w-44 px-3`}
        />
        {shortcut !== '' && (
          <Button look="quiet" icon={X} aria-label={t.removeShortcut} onPress={() => onChange('')} />
        )}
      </span>
    </div>
  );
}
