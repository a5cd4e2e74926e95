import { useId } from 'react';
import type { ProfileField, ProfileValue } from '../../../shared/profile.ts';
import { longestOf } from '../../../shared/zoom/user-fields.ts';
import { lineLook } from '../../components/looks.ts';
import { useDraft } from '../../lib/draft.ts';
import { roomLeft } from './checks.ts';
import { FieldNotes } from './field-notes.tsx';
import { fieldWords, shownValue, useForm } from './form.ts';

interface TextFieldProps {
  readonly field: ProfileField;
  readonly help?: string | undefined;
  readonly inputMode?: 'numeric';
  /** What is wrong with a typed text; undefined where Zoom may take it. */
  readonly check?: (text: string) => string | undefined;
  /** The text of Zoom's value, and the value of a text, where they differ. */
  readonly format?: (value: string) => string;
  readonly parse?: (text: string) => ProfileValue;
}

/** One line of the profile. What is typed is kept by main after a moment, saved or not. */
export function TextField({ field, help, inputMode, check, format, parse }: TextFieldProps) {
  const { view, edit, readOnly } = useForm();
  const id = useId();
  const value = String(shownValue(view, field) ?? '');
  const known = format ? format(value) : value;
  const { text, line } = useDraft(known, (typed) => edit(field, parse ? parse(typed) : typed));
  const fixed = readOnly || view.locked[field] !== undefined;
  const most = longestOf(field);
  const room = most === undefined || fixed ? undefined : roomLeft(text, most);
  const touched = view.edits[field] !== undefined || text !== known;
  // What Zoom has already is no mistake of the person's.
  const problem = touched && !fixed ? (room?.over ? room.words : check?.(text)) : undefined;
  const wrong = !fixed && (problem ?? view.invalid[field]) !== undefined;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Title field={field} id={id} />
      <input
        {...line}
        id={id}
        dir="auto"
        readOnly={fixed}
        inputMode={inputMode}
        aria-invalid={wrong}
        aria-describedby={`${id}-words`}
        autoComplete="off"
        spellCheck={false}
        className={`${lineLook} w-full`}
      />
      <FieldNotes
        field={field}
        id={`${id}-words`}
        help={help}
        problem={problem}
        room={room?.over && !view.invalid[field] ? undefined : room?.words}
      />
    </div>
  );
}

/** What a field is called, and whether it is changed. */
export function Title({ field, id }: { readonly field: ProfileField; readonly id: string }) {
  const { view } = useForm();
  return (
    <span className="flex items-baseline gap-2">
      <label htmlFor={id} className="font-medium">
        {fieldWords[field]}
      </label>
      <Changed field={field} view={view} />
    </span>
  );
}

export function Changed({
  field,
  view: { edits, locked },
}: {
  readonly field: ProfileField;
  readonly view: ReturnType<typeof useForm>['view'];
}) {
  if (edits[field] === undefined || locked[field] !== undefined) return null;
  return <span className="text-muted text-xs">Changed</span>;
}
