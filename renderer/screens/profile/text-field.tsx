import type { ReactNode } from 'react';
import type { ProfileValue } from '../../../shared/profile.ts';
import { common } from '../../../shared/words/en/common.ts';
import { profileFields } from '../../../shared/words/en/profile.ts';
import { longestOf } from '../../../shared/zoom/user-fields.ts';
import { lineLook } from '../../components/looks.ts';
import { directionOf } from '../../lib/direction.ts';
import { useDraft } from '../../lib/draft.ts';
import { roomLeft } from './checks.ts';
import { FieldNotes, type FieldNotesProps } from './field-notes.tsx';
import { useField, useForm } from './form.ts';

interface TextFieldProps extends Pick<FieldNotesProps, 'field' | 'help'> {
  readonly inputMode?: 'numeric';
  /** What is wrong with a typed text; undefined where Zoom may take it. */
  readonly check?: (text: string) => string | undefined;
  /** The text of Zoom's value, and the value of a text, where they differ. */
  readonly format?: (value: string) => string;
  readonly parse?: (text: string) => ProfileValue;
}

/** One line of the profile. What is typed is kept by main after a moment, saved or not. */
export function TextField({ field, help, inputMode, check, format, parse }: TextFieldProps) {
  const { view } = useForm();
  const { id, words, value: shown, fixed, set } = useField(field);
  const value = String(shown ?? '');
  const known = format ? format(value) : value;
  const { text, line } = useDraft(known, (typed) => set(parse ? parse(typed) : typed));
  const most = longestOf(field);
  const room = most === undefined || fixed ? undefined : roomLeft(text, most);
  const touched = view.edits[field] !== undefined || text !== known;
  // What Zoom has already is no mistake of the person's.
  const problem = touched && !fixed ? (room?.over ? room.words : check?.(text)) : undefined;
  const wrong = !fixed && (problem ?? view.invalid[field]) !== undefined;
  return (
    <FieldFrame
      field={field}
      id={id}
      help={help}
      problem={problem}
      room={room?.over && !view.invalid[field] ? undefined : room?.words}
    >
      <input
        {...line}
        id={id}
        dir={directionOf(text)}
        readOnly={fixed}
        inputMode={inputMode}
        aria-invalid={wrong}
        aria-describedby={words}
        autoComplete="off"
        spellCheck={false}
        className={`${lineLook} w-full`}
      />
    </FieldFrame>
  );
}

/** A field with what it is called, whether it is changed, and what there is to say of it. */
export function FieldFrame({ children, ...notes }: FieldNotesProps & { readonly children: ReactNode }) {
  const { field, id } = notes;
  return (
    <div data-profile-field={field} className="flex min-w-0 flex-col gap-1">
      <span className="flex items-baseline gap-2">
        <label id={`${id}-title`} htmlFor={id} className="font-medium">
          {profileFields[field]}
        </label>
        <Changed field={field} />
      </span>
      {children}
      <FieldNotes {...notes} id={`${id}-words`} />
    </div>
  );
}

export function Changed({ field }: Pick<FieldNotesProps, 'field'>) {
  const { edits, locked } = useForm().view;
  if (edits[field] === undefined || locked[field] !== undefined) return null;
  return <span className="text-muted text-xs">{common.changed}</span>;
}
