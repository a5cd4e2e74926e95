import { advanced as t } from '../../../shared/words/en/advanced.ts';
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
  administrator: t.needAdministrator,
  licence: t.needLicense,
  'paid-account': t.needPaidAccount,
  'same-account': t.needSameAccount,
  'zoom-client': t.needZoomApp,
  'virtual-backgrounds': t.needBackgrounds,
  'managed-domain': t.needManagedDomain,
  'work-email-login': t.needWorkEmail,
};

/** "Needs an administrator and a paid account."; empty where nothing is needed. */
export function needsWords(of: readonly Need[]): string {
  if (of.length === 0) return '';
  return t.needs(new Intl.ListFormat('en-GB').format(of.map((need) => needs[need])));
}

/** Zoom's pace for an operation: its class, and its limits for one user or account. */
export function paceWords(operation: Operation): string {
  const { label, perUserLimit, perDayLimit, perAccountDayLimit } = operation;
  const parts = [
    t.rate(label),
    perUserLimit && t.ratePerUser(perUserLimit.count, perUserLimit.seconds),
    perDayLimit && t.ratePerDay(number.format(perDayLimit)),
    perAccountDayLimit &&
      t.ratePerAccountDay(number.format(perAccountDayLimit.free), number.format(perAccountDayLimit.business)),
  ];
  return parts.filter(Boolean).join(', ');
}
