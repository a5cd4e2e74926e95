import { createContext, useId } from 'react';
import type { ProfileField, ProfileValue, ProfileView } from '../../../shared/profile.ts';
import { profileFields, profile as t } from '../../../shared/words/en/profile.ts';
import { useRequired } from '../../lib/use-required.ts';

/** What the fields of the profile have in common. */
export interface ProfileForm {
  readonly view: ProfileView;
  /** Nothing can be changed: the permission is missing, or nothing was read yet. */
  readonly readOnly: boolean;
  readonly edit: (field: ProfileField, value: ProfileValue) => Promise<boolean>;
  readonly revert: (field: ProfileField) => void;
}

export const FormContext = createContext<ProfileForm | undefined>(undefined);
export const useForm = () => useRequired(FormContext);

/** Fields in words, in one line. */
export function fieldList(fields: readonly ProfileField[]): string {
  return fields.map((field) => profileFields[field]).join(', ');
}

/** A field as it is to be shown: what was typed, else what Zoom has; what is locked, as Zoom has it. */
export function shownValue({ edits, values, locked }: ProfileView, field: ProfileField) {
  return locked[field] === undefined ? (edits[field] ?? values[field]) : values[field];
}

/** One field of the form, with the ids of what shows it and of the words below it. */
export function useField(field: ProfileField) {
  const { view, edit, readOnly } = useForm();
  const id = useId();
  return {
    id,
    words: `${id}-words`,
    value: shownValue(view, field),
    fixed: readOnly || view.locked[field] !== undefined,
    set: (value: ProfileValue) => edit(field, value),
  };
}

/** The edited fields that a save would send. */
export function changedFields({ edits, locked }: ProfileView): ProfileField[] {
  return (Object.keys(edits) as ProfileField[]).filter((field) => locked[field] === undefined);
}

/** What keeps the changes from being saved, in words; undefined when nothing does. */
export function blockedBy(view: ProfileView): string | undefined {
  const conflicts = view.conflicts.filter((field) => view.edits[field] !== undefined);
  if (conflicts.length > 0) return t.changedInZoomToo(fieldList(conflicts));
  const invalid = changedFields(view).filter((field) => view.invalid[field] !== undefined);
  return invalid.length > 0 ? t.fixFirst(fieldList(invalid)) : undefined;
}
