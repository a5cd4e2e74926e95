import type { Need } from '../../../shared/zoom/catalogue.ts';
import type { Operation } from '../../../shared/zoom/operations.gen.ts';

const number = new Intl.NumberFormat('en-US');

/** How long something took: "412 ms", from a second on "1.05 s". */
export function elapsedWords(ms: number): string {
  const whole = Math.round(ms);
  const inSeconds = whole >= 1_000;
  return new Intl.NumberFormat('en-US', {
    style: 'unit',
    unit: inSeconds ? 'second' : 'millisecond',
    unitDisplay: 'narrow',
    maximumFractionDigits: inSeconds ? 2 : 0,
  })
    .format(inSeconds ? whole / 1_000 : whole)
    .replace(/(?<=\d)(?=[a-z])/, ' ');
}

const needs: Readonly<Record<Need, string>> = {
  administrator: 'an administrator',
  licence: 'a license',
  'paid-account': 'a paid account',
  'same-account': 'both people in the same account',
  'zoom-client': 'you to be signed in to Zoom’s own app',
  'virtual-backgrounds': 'virtual backgrounds to be switched on for the account',
  'managed-domain': 'the address to be in a domain that the account manages',
  'work-email-login': 'a user who signs in with a work email address',
};

/** "Needs an administrator and a paid account."; empty where nothing is needed. */
export function needsWords(of: readonly Need[]): string {
  if (of.length === 0) return '';
  return `Needs ${new Intl.ListFormat('en-GB').format(of.map((need) => needs[need]))}.`;
}

/** Zoom's pace for an operation: its class, and its limits for one user or account. */
export function paceWords(operation: Operation): string {
  const { label, perUserLimit, perDayLimit, perAccountDayLimit } = operation;
  const parts = [
    `Rate: ${label}`,
    perUserLimit && `${perUserLimit.count} in ${perUserLimit.seconds} s for one user`,
    perDayLimit && `${number.format(perDayLimit)} a day for one user`,
    perAccountDayLimit &&
      `${number.format(perAccountDayLimit.free)} to ${number.format(perAccountDayLimit.business)} a day for the account, by plan`,
  ];
  return parts.filter(Boolean).join(', ');
}
