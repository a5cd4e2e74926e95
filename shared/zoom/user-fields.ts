import type { ProfileField, ProfileValue } from '../profile.ts';
import { userFields } from './limits.gen.ts';

interface FieldLimits {
  readonly type: string;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly unknown[];
}

const limits: Readonly<Record<ProfileField, FieldLimits>> = userFields;

/** The most characters that Zoom takes, where it tells. */
export function longestOf(field: ProfileField): number | undefined {
  return limits[field].maxLength;
}

/** The most entries that Zoom takes, where it tells. */
export function mostOf(field: ProfileField): number | undefined {
  return limits[field].maxItems;
}

/** What is wrong with a value by the catalogue, in words; undefined when Zoom should take it. */
export function fieldProblem(field: ProfileField, value: ProfileValue): string | undefined {
  switch (limits[field].type) {
    case 'string':
      return typeof value === 'string' ? textProblem(field, value) : 'This isn’t a text.';
    case 'integer':
      return numberProblem(field, value);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'This is either on or off.';
    case 'array':
      return Array.isArray(value) ? listProblem(field, value) : 'This isn’t a list.';
    default:
      return undefined;
  }
}

function numberProblem(field: ProfileField, value: ProfileValue): string | undefined {
  const { minimum, maximum, enum: choices } = limits[field];
  if (field === 'pmi' && !isWithin(value, minimum, maximum)) return 'Ten digits, the first of them not 0.';
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) return 'This isn’t a whole number.';
  if (choices && !choices.includes(value)) return 'This isn’t one of the choices.';
  if (minimum !== undefined && value < minimum) return `At least ${minimum}.`;
  return maximum !== undefined && value > maximum ? `At most ${maximum}.` : undefined;
}

function listProblem(field: ProfileField, { length }: readonly unknown[]): string | undefined {
  const { maxItems } = limits[field];
  return maxItems !== undefined && length > maxItems ? `At most ${maxItems}.` : undefined;
}

function isWithin(value: ProfileValue, least = 0, most = Number.MAX_SAFE_INTEGER): boolean {
  return Number.isSafeInteger(value) && Number(value) >= least && Number(value) <= most;
}

function textProblem(field: ProfileField, text: string): string | undefined {
  const { maxLength, pattern } = limits[field];
  if (pattern !== undefined && !new RegExp(pattern).test(text)) return misspelt(text);
  // As JSON Schema counts: an emoji is one character, not two.
  return maxLength !== undefined && [...text].length > maxLength
    ? `At most ${maxLength} characters.`
    : undefined;
}

/** Why a name of the personal room, the one text with a form of its own, is none. */
function misspelt(name: string): string {
  if (/[^a-z\d.]/i.test(name)) return 'Letters, digits and dots only.';
  return /^[a-z]/i.test(name) ? 'At least 5 characters.' : 'It begins with a letter.';
}
