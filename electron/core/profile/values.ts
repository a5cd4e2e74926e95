import * as z from 'zod';
import { isObject, sameJson } from '../../../shared/json.ts';
import {
  type PhoneNumber,
  type ProfileCard,
  type ProfileField,
  type ProfileValue,
  type ProfileValues,
  profileFields,
} from '../../../shared/profile.ts';
import { defined } from '../lib/defined.ts';

const text = z.string().catch('');
const number = z.coerce.number().int().positive().optional().catch(undefined);
const digits = z.union([z.string().min(1), z.number().transform(String)]);
const phone = z.object({ country: text, code: text, number: digits, label: text });
const noPhones = z.literal(['', null]).transform((): PhoneNumber[] => []);

/** The fields that are no texts. */
const shapes: { readonly [F in ProfileField]?: z.ZodType<ProfileValue | undefined> } = {
  pronouns_option: number,
  // Whole or not at all: the list is sent back as a whole, and what could not be read would be gone then.
  phone_numbers: z
    .union([z.array(phone), noPhones])
    .default([])
    .optional()
    .catch(undefined),
  pmi: number,
  use_pmi: z.boolean().optional().catch(undefined),
};

/** Reads one field of GET user. Never throws. */
export function readField(field: ProfileField, told: unknown): ProfileValue | undefined {
  return (shapes[field] ?? text).parse(told);
}

/**
 * Reads GET user. Zoom leaves out what is not set: a text is empty then, and so is the list of telephones; another field that
 * it does not tell, or tells in another shape, is absent.
 */
export function readProfile(user: unknown): ProfileValues {
  const facts = isObject(user) ? user : {};
  const read = profileFields.map((field) => [field, readField(field, facts[field])]);
  return defined({ ...Object.fromEntries(read), vanity_name: roomName(facts.vanity_url) });
}

/** PATCH takes the name alone, GET gives the whole address (facts: user object). Empty where there is no room. */
function roomName(address: unknown): string {
  if (typeof address !== 'string') return '';
  const name = /\/my\/([^/?#]+)/.exec(address)?.[1] ?? '';
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** Whether two values are the same to Zoom; absent and empty text are. */
export function same(a: ProfileValue | undefined, b: ProfileValue | undefined): boolean {
  return sameJson(a ?? '', b ?? '');
}

const plans: Readonly<Record<number, string>> = {
  1: 'Basic',
  2: 'Licensed',
  3: 'On-premises',
  4: 'No meetings license',
  99: 'None',
};

const words = z.union([z.string(), z.number().transform(String)]).catch('');

/** What one wants at hand, of GET user. */
export function readCard(user: unknown): ProfileCard {
  const facts = isObject(user) ? user : {};
  const text = (name: string) => words.parse(facts[name]);
  const instant = (...names: string[]) =>
    names.map((name) => Date.parse(text(name))).find((at) => Number.isFinite(at));
  return defined({
    email: text('email'),
    account: text('account_number') || text('account_id') || undefined,
    plan: plans[Number(facts.type)],
    role: text('role_name') || undefined,
    lastSignIn: instant('last_login_time'),
    created: instant('user_created_at', 'created_at'),
    // 0 is none.
    meetingId: text('pmi').replace(/^0$/, '') || undefined,
    meetingLink: text('personal_meeting_url') || undefined,
  });
}

/** "User:Read" and "User:Edit" as "Users: see and change"; what reads otherwise stays as Zoom has it. */
export function permissionWords(answer: unknown): string[] {
  const list = isObject(answer) && Array.isArray(answer.permissions) ? answer.permissions : [];
  const rights = new Map<string, Set<string>>();
  for (const entry of list) {
    if (typeof entry !== 'string' || entry === '') continue;
    const [subject = '', right = ''] = entry.split(':');
    rights.set(subject, (rights.get(subject) ?? new Set()).add(right));
  }
  return [...rights].map(([subject, found]) => {
    const known = [...(found.has('Read') ? ['see'] : []), ...(found.has('Edit') ? ['change'] : [])];
    const others = [...found].filter((right) => right !== 'Read' && right !== 'Edit' && right !== '');
    const words = [...known, ...others].join(' and ');
    return words === '' ? subject : `${subject}: ${words}`;
  });
}
