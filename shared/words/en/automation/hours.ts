import { words } from '../../language.ts';
import type { RuleWords } from './rule-words.ts';

const t = words({
  name: 'Working hours',
  help: 'Outside your hours, Tally sets another status until you start again.',
  nothing: 'Right now: within working hours.',
  outside: 'outside working hours',
  outsideUntil: (time: string) => `outside working hours until ${time}`,
});

export const hours: RuleWords = {
  ...t,
  reason: ({ until }) => (until === undefined ? t.outside : t.outsideUntil(until)),
};
