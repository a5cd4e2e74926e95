import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import type { SettingLeaf } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { lineLook } from '../../components/looks.ts';
import { Segments } from '../../components/segments.tsx';
import { Select } from '../../components/select.tsx';
import { useDraft } from '../../lib/draft.ts';
import { type EditorProps, useForm } from './form.ts';
import { asTold, limitWords, valueWords } from './words.ts';

/** On or off; changed at once. The browser's own, as a section has up to forty of them. */
export function SwitchEditor({ leaf, value, fixed, id, labels }: EditorProps) {
  const { edit } = useForm();
  return (
    <Switch
      id={id}
      {...labels}
      isOn={value === true}
      // What Zoom never tells is neither on nor off until it is chosen.
      isUnknown={value === undefined}
      isDisabled={fixed}
      onChange={(on) => edit(leaf.key, on)}
    />
  );
}

interface SwitchProps extends Pick<ComponentProps<'input'>, 'id' | 'aria-labelledby' | 'aria-describedby'> {
  readonly isOn: boolean;
  readonly isUnknown?: boolean;
  readonly isDisabled: boolean;
  readonly onChange: (on: boolean) => void;
}

export function Switch({ isOn, isUnknown, isDisabled, onChange, ...labels }: SwitchProps) {
  return (
    <span className="flex items-center gap-2">
      {isUnknown && <span className="text-muted text-xs">{t.zoomDoesntTell}</span>}
      <label className="group/switch relative flex min-h-11 items-center sm:min-h-6">
        <input
          {...labels}
          type="checkbox"
          role="switch"
          aria-checked={isOn}
          checked={isOn}
          disabled={isDisabled}
          onChange={(event) => onChange(event.target.checked)}
          className="peer sr-only"
        />
        <span className="flex h-6 w-11 shrink-0 forced-color-adjust-none items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors peer-checked:border-text peer-checked:bg-text peer-focus-visible:outline-2 peer-focus-visible:outline-focus peer-focus-visible:outline-offset-2 peer-disabled:opacity-50 motion-reduce:transition-none">
          <span className="size-4.5 rounded-full bg-muted transition-transform group-has-checked/switch:translate-x-5 group-has-checked/switch:bg-bg motion-reduce:transition-none" />
        </span>
      </label>
    </span>
  );
}

/** What every field has. */
function fieldProps({ id, labels, invalid }: EditorProps) {
  return { id, ...labels, 'aria-invalid': invalid };
}

/** Whether the choices stand beside each other: few and short ones. */
export function hasSegments({ choices = [] }: SettingLeaf): boolean {
  return choices.length <= 3 && choices.reduce((length, { title }) => length + title.length, 0) <= 30;
}

export function ChoiceEditor(props: EditorProps) {
  const { leaf, value, fixed, labels } = props;
  const { edit } = useForm();
  const { choices = [], key } = leaf;
  const isKnown = choices.some((choice) => choice.value === value);
  if (hasSegments(leaf) && (isKnown || value === undefined))
    return (
      <Segments
        {...labels}
        choices={choices.map((choice) => ({ value: choice.value, word: choice.title }))}
        chosen={choices.find((choice) => choice.value === value)?.value}
        isDisabled={fixed}
        look="flex max-w-full flex-wrap"
        onChoose={(chosen) => edit(key, chosen)}
      />
    );
  return (
    <Select
      {...fieldProps(props)}
      value={isKnown ? asTold(value) : ''}
      disabled={fixed}
      onChange={(event) => {
        const chosen = choices.find((choice) => String(choice.value) === event.target.value);
        if (chosen) edit(key, chosen.value);
      }}
      look="max-w-full sm:max-w-72"
    >
      {!isKnown && (
        <option value="" disabled>
          {value === undefined ? t.zoomDoesntTell : valueWords(leaf, value)}
        </option>
      )}
      {choices.map((choice) => (
        <option key={choice.value} value={String(choice.value)}>
          {choice.title}
        </option>
      ))}
    </Select>
  );
}

/** A whole number. What is no number goes to main as it is, which says what is wrong with it. */
export function NumberEditor(props: EditorProps) {
  const { leaf, value, fixed, id, labels } = props;
  const { edit } = useForm();
  const { line } = useDraft(asTold(value), (typed) => {
    const trimmed = typed.trim();
    return edit(leaf.key, /^-?\d{1,15}$/.test(trimmed) ? Number(trimmed) : typed);
  });
  const limits = limitWords(leaf);
  return (
    <span className="flex items-center gap-2">
      {limits && (
        <span id={`${id}-limits`} className="text-muted text-xs">
          {limits}
        </span>
      )}
      <input
        {...fieldProps(props)}
        {...line}
        inputMode="numeric"
        maxLength={20}
        autoComplete="off"
        readOnly={fixed}
        aria-describedby={`${labels['aria-describedby']} ${id}-limits`}
        className={`${lineLook} w-24 text-right tabular-nums`}
      />
    </span>
  );
}

/** Texts that may be longer than this have several lines, in characters. */
const oneLine = 200;
/** How near the limit a text is before it is counted, in characters. */
const near = 20;

/** A text, with how much room is left near its limit; a passcode is hidden until it is asked for. */
export function TextEditor(props: EditorProps) {
  const { leaf, value, fixed, invalid, id, labels } = props;
  const { edit } = useForm();
  const [seen, setSeen] = useState(false);
  const { text, line } = useDraft(asTold(value), (typed) => edit(leaf.key, typed));
  const { maxLength, secret, title } = leaf;
  const left = maxLength === undefined ? undefined : maxLength - [...text].length;
  const field = {
    ...fieldProps(props),
    ...line,
    dir: 'auto',
    readOnly: fixed,
    'aria-describedby': `${labels['aria-describedby']} ${id}-limits`,
    'aria-invalid': invalid || isOver(left),
    autoComplete: 'off',
    spellCheck: false,
  } as const;
  const Shown = seen ? EyeOff : Eye;
  return (
    <span className={`flex min-w-0 flex-col gap-1 ${secret ? '' : 'w-full'}`}>
      {isLong(leaf, text) ? (
        <textarea {...field} rows={3} className={`${lineLook} w-full resize-y py-2`} />
      ) : (
        <span className="flex gap-1">
          <input {...field} type={secret && !seen ? 'password' : 'text'} className={`${lineLook} w-full`} />
          {secret && (
            <Button
              look="quiet"
              icon={Shown}
              aria-label={`${seen ? common.hide : common.show}: ${title}`}
              onPress={() => setSeen(!seen)}
            />
          )}
        </span>
      )}
      <span
        id={`${id}-limits`}
        className={`text-xs tabular-nums empty:hidden ${isOver(left) ? 'text-danger' : 'text-muted'}`}
      >
        {roomWords(left) ?? limitWords(leaf)}
      </span>
    </span>
  );
}

/** Whether a text has several lines; a passcode never has. */
function isLong({ maxLength = 0, secret }: SettingLeaf, text: string): boolean {
  return !secret && (maxLength > oneLine || text.includes('\n') || text.length > 80);
}

const isOver = (left: number | undefined) => left !== undefined && left < 0;

/** How many characters may still be typed, or are too many; undefined while there is room. */
function roomWords(left: number | undefined): string | undefined {
  if (left === undefined || left > near) return undefined;
  return left < 0 ? t.tooMany(-left) : t.left(left);
}
