import { createContext, useId } from 'react';
import type { ProfileField, ProfileValue, ProfileView } from '../../../shared/profile.ts';
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

export const fieldWords: Readonly<Record<ProfileField, string>> = {
  first_name: 'First name',
  last_name: 'Last name',
  display_name: 'Display name',
  pronouns: 'Pronouns',
  pronouns_option: 'Who sees your pronouns',
  job_title: 'Job title',
  company: 'Company',
  dept: 'Department',
  location: 'Location',
  language: 'Language',
  timezone: 'Time zone',
  phone_numbers: 'Phone numbers',
  vanity_name: 'Personal room name',
  pmi: 'Personal Meeting ID',
  use_pmi: 'Instant meetings',
};

/** Fields in words, in one line. */
export function fieldList(fields: readonly ProfileField[]): string {
  return fields.map((field) => fieldWords[field]).join(', ');
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
  if (conflicts.length > 0) return `Changed in Zoom, too. Choose for: ${fieldList(conflicts)}`;
  const invalid = changedFields(view).filter((field) => view.invalid[field] !== undefined);
  return invalid.length > 0 ? `Fix these first: ${fieldList(invalid)}` : undefined;
}
