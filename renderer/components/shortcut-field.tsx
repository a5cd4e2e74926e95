import { X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { pressedShortcut, shortcutWords } from '../../shared/shortcut.ts';
import { shortcuts as t } from '../../shared/words/en/shortcuts.ts';
import { isMac } from '../lib/use-palette-key.ts';
import { Button } from './button.tsx';
import { FieldWords } from './field-words.tsx';
import { fieldLook } from './looks.ts';

interface ShortcutFieldProps {
  /** As Electron writes it; empty for none. */
  readonly shortcut: string;
  /** What it is for. */
  readonly help?: string;
  /** Why it can't be had. */
  readonly problem: string | undefined;
  /** What the desktop says of it. */
  readonly news: string | undefined;
  readonly onChange: (shortcut: string) => void;
  readonly look?: string;
}

/** Takes the keys that are pressed in it. Tab leaves it, Backspace empties it. */
export function ShortcutField({ shortcut, help, problem, news, onChange, look = '' }: ShortcutFieldProps) {
  const id = useId();
  const [isTaking, setTaking] = useState(false);
  const onKeyDown = (event: KeyboardEvent) => {
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (isPlain && (event.key === 'Tab' || event.key === 'Escape' || event.key === 'Enter')) return;
    event.preventDefault();
    if (isPlain && (event.key === 'Backspace' || event.key === 'Delete')) return onChange('');
    const pressed = pressedShortcut(event, isMac);
    if (pressed !== undefined) onChange(pressed);
  };
  return (
    <div className={look}>
      <span className="min-w-0 flex-1 basis-52">
        <label htmlFor={id} className="block font-medium">
          {t.label}
        </label>
        <FieldWords id={`${id}-words`} problem={problem} warning={news}>
          {help} {isMac ? t.helpMac : t.help}
        </FieldWords>
      </span>
      <span className="flex min-w-0 items-center gap-1">
        <input
          id={id}
          readOnly
          aria-describedby={`${id}-words`}
          aria-invalid={problem !== undefined}
          placeholder={isTaking ? t.press : t.none}
          value={shortcutWords(shortcut)}
          onKeyDown={onKeyDown}
          onFocus={() => setTaking(true)}
          onBlur={() => setTaking(false)}
          className={`${fieldLook} w-44 px-3`}
        />
        {shortcut !== '' && (
          <Button look="quiet" icon={X} aria-label={t.remove} onPress={() => onChange('')} />
        )}
      </span>
    </div>
  );
}
