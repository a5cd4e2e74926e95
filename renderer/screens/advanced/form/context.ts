import { createContext } from 'react';
import type { Json } from '../../../../shared/advanced.ts';
import { useRequired } from '../../../lib/use-required.ts';

/** What the fields of a form do and know; all of it stays the same while one types. */
export interface FormContextValue {
  /** Another value at a pointer; undefined: not sent. */
  readonly edit: (pointer: string, value: Json | undefined) => void;
  /** The text of the JSON is broken, so that the form would overwrite it. */
  readonly isFixed: boolean;
  /** It has so many fields that its groups are folded at first. */
  readonly isLarge: boolean;
}

export const FormContext = createContext<FormContextValue | undefined>(undefined);
export const useFormContext = () => useRequired(FormContext);

/** Id of the element in which a place of the form is filled in. */
export function fieldId(pointer: string): string {
  return `field${pointer.replaceAll(/[^\w]/g, (character) => `-${character.charCodeAt(0)}-`)}`;
}

/** What an editor of one field is given. */
export interface EditorProps {
  readonly id: string;
  readonly pointer: string;
  readonly value: Json | undefined;
  readonly now: Json | undefined;
  readonly isInvalid: boolean;
  readonly isFixed: boolean;
  readonly edit: (pointer: string, value: Json | undefined) => void;
}
