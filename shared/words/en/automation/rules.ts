import type { RuleName } from '../../../automation/rules.ts';
import { calendar } from './calendar.ts';
import { call } from './call.ts';
import { hours } from './hours.ts';
import { idle } from './idle.ts';
import { lock } from './lock.ts';
import { quiet } from './quiet.ts';
import type { RuleWords } from './rule-words.ts';

/** The words of each rule. */
export const ruleWords: Readonly<Record<RuleName, RuleWords>> = {
  call,
  calendar,
  quiet,
  hours,
  lock,
  idle,
};
