import { refused } from '../errors.ts';
import { type Licence, licence } from '../state/person.ts';
import type { World } from '../world.ts';

const passwordRules: readonly (readonly [
  broken: (password: string) => boolean,
  code: number,
  message: string,
])[] = [
  [(text) => text.length < 8 || text.length > 32, 1124, 'Password must have at least 8 characters.'],
  [(text) => !/[a-z]/i.test(text), 1125, 'Password must have at least 1 letter.'],
  [(text) => !/\d/.test(text), 1126, 'Password must have at least 1 number.'],
  [(text) => !/[^a-z\d]/i.test(text), 1127, 'Password must have at least 1 special character.'],
  [
    (text) => !/[a-z]/.test(text) || !/[A-Z]/.test(text),
    1128,
    'Password must have upper and lower case letters.',
  ],
  [(text) => /(.)\1{3}/.test(text), 1130, 'Password must not repeat one character.'],
  [hasSequence, 1131, 'Password must not contain consecutive characters.'],
  [(text) => /password|qwerty|letmein|welcome/i.test(text), 1136, 'Password is too easy to guess.'],
];

/** Four characters in a row of the alphabet or the digits, such as abcd or 1234. */
function hasSequence(text: string): boolean {
  const codes = [...text.toLowerCase()].map((char) =>
    /[a-z\d]/.test(char) ? char.charCodeAt(0) : Number.NaN,
  );
  return codes.some((code, at) => [1, 2, 3].every((step) => codes[at + step] === code + step));
}

/** The first rule of the account that a password breaks, as Zoom's code and message. */
export function brokenPasswordRule(password: string): { code: number; message: string } | undefined {
  const found = passwordRules.find(([isBroken]) => isBroken(password));
  return found && { code: found[1], message: found[2] };
}

/** Refuses a name with one of the account's forbidden words. */
export function checkName(world: World, name: string): void {
  const lower = name.toLowerCase();
  const forbidden = world.account.forbiddenWords.find((word) => lower.includes(word.toLowerCase()));
  if (forbidden !== undefined) throw refused(300, `The name contains a forbidden word: ${forbidden}.`);
}

/** Refuses licences of a subscription that the account does not have. */
export function checkSubscriptions(world: World, licences: readonly Licence[] = []): void {
  const unknown = licences.find(({ subscription_id: id = '' }) => !world.account.subscriptions.includes(id));
  if (unknown) {
    throw refused(
      300,
      `The subscription "${unknown.subscription_id}" you entered does not exist. Please choose a different subscription and try again.`,
    );
  }
}

/** Whether the account has room for one person more of a type. */
export function hasSeat({ account: { seats }, people }: World, type: number): boolean {
  const used = people.filter((person) => person.type === type && person.status !== 'inactive').length;
  if (type === licence.basic) return used < seats.basic;
  return type !== licence.licensed || used < seats.licensed;
}

/** Refuses one person more of a type when the account has no seat for them. */
export function checkSeat(world: World, type: number): void {
  if (hasSeat(world, type)) return;
  if (type === licence.basic) throw refused(2033, 'The account has no room for another Basic user.');
  throw refused(2034, 'The plan has no free licence.');
}
