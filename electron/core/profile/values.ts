import { isObject, sameJson } from '../../../shared/json.ts';
import {
  type PhoneNumber,
  type ProfileCard,
  type ProfileField,
  type ProfileValue,
  type ProfileValues,
  profileFields,
} from '../../../shared/profile.ts';

/** Reads GET user. A text that Zoom does not tell is empty; another field that it does not tell, or tells in another shape, is absent. */
export function readProfile(user: unknown): ProfileValues {
  const facts = isObject(user) ? user : {};
  const values: { -readonly [F in ProfileField]?: ProfileValue } = {};
  for (const field of profileFields) {
    const value = readField(field, facts);
    if (value !== undefined) values[field] = value;
  }
  return values;
}

function readField(field: ProfileField, facts: Readonly<Record<string, unknown>>): ProfileValue | undefined {
  switch (field) {
    case 'vanity_name':
      return roomName(facts.vanity_url);
    case 'phone_numbers':
      return Array.isArray(facts.phone_numbers) ? facts.phone_numbers.flatMap(readPhone) : [];
    case 'use_pmi':
      return typeof facts.use_pmi === 'boolean' ? facts.use_pmi : undefined;
    case 'pmi':
    case 'pronouns_option': {
      const number = Number(facts[field]);
      return Number.isSafeInteger(number) && number > 0 ? number : undefined;
    }
    default: {
      const text = facts[field];
      return typeof text === 'string' ? text : '';
    }
  }
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

function readPhone(entry: unknown): PhoneNumber[] {
  if (!isObject(entry)) return [];
  const text = (name: string) => (typeof entry[name] === 'string' ? entry[name] : '');
  const phone = {
    country: text('country'),
    code: text('code'),
    number: text('number'),
    label: text('label'),
  };
  return phone.number === '' ? [] : [phone];
}

/** Whether two values are the same to Zoom; absent and empty text are. */
export function same(a: ProfileValue | undefined, b: ProfileValue | undefined): boolean {
  return sameJson(a ?? '', b ?? '');
}

const plans: Readonly<Record<number, string>> = {
  1: 'Basic',
  2: 'Licensed',
  3: 'On-premises',
  4: 'No meetings licence',
  99: 'None',
};

/** What one wants at hand, of GET user. */
export function readCard(user: unknown): ProfileCard {
  const facts = isObject(user) ? user : {};
  const text = (name: string) => {
    const value = facts[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  };
  const instant = (...names: string[]) =>
    names.map((name) => Date.parse(text(name))).find((at) => Number.isFinite(at));
  const account = text('account_number') || text('account_id');
  const plan = plans[Number(facts.type)];
  const lastSignIn = instant('last_login_time');
  const created = instant('user_created_at', 'created_at');
  return {
    email: text('email'),
    ...(account && { account }),
    ...(plan && { plan }),
    ...(text('role_name') && { role: text('role_name') }),
    ...(lastSignIn !== undefined && { lastSignIn }),
    ...(created !== undefined && { created }),
    ...(text('pmi') && { meetingId: text('pmi') }),
    ...(text('personal_meeting_url') && { meetingLink: text('personal_meeting_url') }),
  };
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
