import { Plus, X } from 'lucide-react';
import { useRef, useState } from 'react';
import type { SettingValue } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { lineLook } from '../../components/looks.ts';
import { type EditorProps, useForm } from './form.ts';
import { asTold, valueWords } from './words.ts';

function entriesOf(value: SettingValue | undefined): readonly SettingValue[] {
  return Array.isArray(value) ? value : [];
}

/** Several may be typed or pasted at once. */
const between = /[\n,;]+/u;

/** A list of texts: each with a button that takes it out, and a line for more. */
export function ListEditor({ leaf, value, invalid, id, labels }: EditorProps) {
  const { edit } = useForm();
  const [typed, setTyped] = useState('');
  const line = useRef<HTMLInputElement>(null);
  const entries = entriesOf(value);
  const { key, title, maxItems } = leaf;
  const full = maxItems !== undefined && entries.length >= maxItems;
  const add = () => {
    const fresh = typed.split(between).map((entry) => entry.trim());
    const more = [...new Set(fresh)].filter((entry) => entry !== '' && !entries.includes(entry));
    setTyped('');
    if (more.length > 0) edit(key, [...entries, ...more]);
  };
  return (
    <div className="flex flex-col gap-2">
      {entries.length > 0 && (
        <ul aria-labelledby={labels['aria-labelledby']} className="flex flex-wrap gap-1.5">
          {entries.map((entry, at) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: an entry may be there twice
              key={`${at} ${asTold(entry)}`}
              className="flex max-w-full items-center rounded-lg border border-line bg-sunken pl-3"
            >
              <bdi className="selectable min-w-0 py-1 [overflow-wrap:anywhere]">
                {valueWords(undefined, entry)}
              </bdi>
              <button
                type="button"
                aria-label={t.removeFrom(valueWords(undefined, entry), title)}
                onClick={() => {
                  edit(
                    key,
                    entries.filter((_, one) => one !== at),
                  );
                  line.current?.focus({ preventScroll: true });
                }}
                className="grid size-11 shrink-0 place-items-center rounded-lg text-muted hover:text-text sm:size-8"
              >
                <X className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2">
        <input
          ref={line}
          id={id}
          value={typed}
          dir="auto"
          {...labels}
          aria-invalid={invalid}
          readOnly={full}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => setTyped(event.target.value)}
          // What was typed counts, also without the button.
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
            if (event.key === 'Escape') setTyped('');
          }}
          className={`${lineLook} w-48 flex-1 sm:max-w-72`}
        />
        <Button icon={Plus} isDisabled={typed.trim() === ''} onPress={add} aria-label={t.addTo(title)}>
          {common.add}
        </Button>
        {maxItems !== undefined && (
          <span className="text-muted text-xs tabular-nums">{t.entriesOf(entries.length, maxItems)}</span>
        )}
      </div>
    </div>
  );
}

/** Entries that can only be some of what Zoom knows; or a list that cannot be changed. */
export function FixedList({ leaf, value, fixed, id, labels }: EditorProps) {
  const { edit } = useForm();
  const entries = entriesOf(value);
  const { choices, key, maxItems } = leaf;
  if (fixed || !choices)
    return (
      <p className="selectable text-muted [overflow-wrap:anywhere]">
        <bdi>{valueWords(leaf, value)}</bdi>
      </p>
    );
  // Zoom may have more than the catalogue knows; that stays unless it is taken out.
  const strange = entries.filter((entry) => !choices.some((choice) => choice.value === entry));
  const shown: { value: SettingValue; title: string }[] = [
    ...choices,
    ...strange.map((value) => ({ value, title: valueWords(undefined, value) })),
  ];
  const full = maxItems !== undefined && entries.length >= maxItems;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would not shrink below its widest entry
    <div
      id={id}
      role="group"
      {...labels}
      className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,10rem),1fr))] gap-x-4"
    >
      {shown.map((choice, at) => {
        const isIn = entries.includes(choice.value);
        return (
          <Checkbox
            // biome-ignore lint/suspicious/noArrayIndexKey: Zoom may have an entry twice
            key={`${at} ${asTold(choice.value)}`}
            isOn={isIn}
            isDisabled={full && !isIn}
            onChange={() =>
              edit(key, isIn ? entries.filter((entry) => entry !== choice.value) : [...entries, choice.value])
            }
          >
            <bdi>{choice.title}</bdi>
          </Checkbox>
        );
      })}
    </div>
  );
}
