import type { ReactNode } from 'react';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { Checkbox } from '../../../components/checkbox.tsx';
import { lineLook } from '../../../components/looks.ts';
import { Segments } from '../../../components/segments.tsx';
import { Select } from '../../../components/select.tsx';
import type { EditorProps } from './context.ts';
import {
  type Choice,
  type ChoiceField,
  type Field,
  type NumberField,
  numberOf,
  type TextField,
  textOf,
} from './fields.ts';

/** What all lines to type in have. */
function lineProps({ id, isInvalid, isFixed }: EditorProps) {
  return {
    id,
    'aria-describedby': `${id}-words`,
    'aria-invalid': isInvalid,
    readOnly: isFixed,
    autoComplete: 'off',
    autoCapitalize: 'off',
    spellCheck: false,
  } as const;
}

/** An example, in the place of a value that is not sent. */
function placeholderOf({ value, now }: EditorProps, { example, nullable }: Field): string {
  if (value === null && nullable) return 'null';
  if (value !== undefined) return '';
  const shown = now ?? example;
  return shown === undefined || shown === null ? '' : textOf(shown);
}

/** Texts that may be longer than this have several lines, in characters. */
const oneLine = 256;

export function TextEditor({ field, ...props }: EditorProps & { readonly field: TextField }) {
  const { value, pointer, edit } = props;
  const text = value === null ? '' : textOf(value);
  const change = (typed: string) =>
    // An empty text is a value of a body; as a part of an address it is none.
    edit(pointer, typed === '' && !pointer.startsWith('/body') ? undefined : typed);
  const isDate = field.format === 'date' && (text === '' || /^\d{4}-\d{2}-\d{2}$/.test(text));
  if ((field.maxLength ?? 0) > oneLine || text.length > 80 || text.includes('\n'))
    return (
      <textarea
        {...lineProps(props)}
        dir="auto"
        rows={3}
        value={text}
        placeholder={placeholderOf(props, field)}
        onChange={(event) => change(event.target.value)}
        className={`${lineLook} w-full resize-y py-2`}
      />
    );
  return (
    <WithNull field={field} {...props}>
      <input
        {...lineProps(props)}
        dir="auto"
        // Not "email": that would trim what is typed, and the JSON would show something else.
        type={isDate ? 'date' : 'text'}
        inputMode={field.format === 'email' ? 'email' : 'text'}
        value={text}
        placeholder={placeholderOf(props, field)}
        onChange={(event) => change(event.target.value)}
        className={`${lineLook} w-full`}
      />
    </WithNull>
  );
}

/** A number. What is none stays as it is typed; main says what is wrong with it. */
export function NumberEditor({ field, ...props }: EditorProps & { readonly field: NumberField }) {
  const { value, pointer, edit } = props;
  const { minimum, maximum, integer } = field;
  const limits =
    minimum !== undefined && maximum !== undefined
      ? t.range(minimum, maximum)
      : minimum !== undefined
        ? t.orMore(minimum)
        : maximum !== undefined
          ? t.atMost(maximum)
          : '';
  return (
    <WithNull field={field} {...props}>
      <input
        {...lineProps(props)}
        inputMode={integer ? 'numeric' : 'decimal'}
        value={value === null ? '' : textOf(value)}
        placeholder={placeholderOf(props, field)}
        onChange={({ target }) => edit(pointer, target.value === '' ? undefined : numberOf(target.value))}
        className={`${lineLook} w-full max-w-56 tabular-nums`}
      />
      {limits && <span className="self-center text-muted text-xs">{limits}</span>}
    </WithNull>
  );
}

/** A password: never shown, here or in the JSON. */
export function SecretEditor({ secret, ...props }: EditorProps & { readonly secret: string | undefined }) {
  return (
    <input
      {...lineProps(props)}
      type="password"
      autoComplete="new-password"
      value={secret ?? ''}
      onChange={(event) => props.edit(props.pointer, event.target.value)}
      className={`${lineLook} w-full`}
    />
  );
}

/** Yes, no, or not sent at all. */
export function SwitchEditor({ field, ...props }: EditorProps & { readonly field: Field }) {
  const { id, pointer, value, isFixed, edit } = props;
  const choices = [
    { word: t.notSent, value: undefined },
    { word: 'true', value: true },
    { word: 'false', value: false },
    ...(field.nullable ? [{ word: 'null', value: null }] : []),
  ];
  return (
    <Segments
      id={id}
      aria-labelledby={`${id}-name`}
      aria-describedby={`${id}-words`}
      choices={choices}
      chosen={choices.find((choice) => choice.value === value)?.value}
      isDisabled={isFixed}
      isLow
      look="flex max-w-full flex-wrap self-start"
      onChoose={(chosen) => edit(pointer, chosen)}
    />
  );
}

const notSent = 'not sent';

function wordsOf({ word, since, administrators }: Choice): string {
  const notes = [
    ...(administrators ? [t.administratorsOnlyInside] : []),
    ...(since ? [t.laterAdditionInside(since)] : []),
  ];
  return notes.length > 0 ? `${word} (${notes.join('; ')})` : word;
}

/** One of the values that Zoom knows, or none. */
export function ChoiceEditor({ field, ...props }: EditorProps & { readonly field: ChoiceField }) {
  const { id, pointer, value, isInvalid, isFixed, edit } = props;
  const choices: readonly Choice[] = field.nullable
    ? [...field.choices, { value: null, word: 'null', administrators: false }]
    : field.choices;
  const at = choices.findIndex((choice) => choice.value === value);
  const isStrange = value !== undefined && at < 0;
  return (
    <Select
      id={id}
      aria-describedby={`${id}-words`}
      aria-invalid={isInvalid}
      disabled={isFixed}
      value={value === undefined ? notSent : String(at)}
      onChange={({ target }) =>
        edit(pointer, target.value === notSent ? undefined : choices[Number(target.value)]?.value)
      }
      look="max-w-full self-start"
    >
      <option value={notSent}>{t.notSent}</option>
      {isStrange && (
        <option value="-1" disabled>
          {textOf(value)}
        </option>
      )}
      {choices.map((choice, index) => (
        <option key={textOf(choice.value)} value={String(index)}>
          {wordsOf(choice)}
        </option>
      ))}
    </Select>
  );
}

/** What a form has no editor for: it is written as JSON. */
export function OtherEditor({ value }: EditorProps) {
  return (
    <p className="text-muted text-xs">
      {value === undefined ? t.writeInJson : <code className="font-mono">{textOf(value)}</code>}
    </p>
  );
}

/** A line that can also be told to send nothing at all, as `null`. */
function WithNull({
  field,
  pointer,
  value,
  isFixed,
  edit,
  children,
}: EditorProps & { readonly field: Field; readonly children: ReactNode }) {
  return (
    <span className="flex flex-wrap gap-x-3 gap-y-1">
      <span className="flex min-w-40 flex-1 gap-2">{children}</span>
      {field.nullable && (
        <Checkbox
          isOn={value === null}
          isDisabled={isFixed}
          onChange={(on) => edit(pointer, on ? null : undefined)}
          look="shrink-0 py-2 font-mono text-xs"
        >
          null
        </Checkbox>
      )}
    </span>
  );
}
