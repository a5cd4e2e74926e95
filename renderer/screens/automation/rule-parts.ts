import type { ComponentType } from 'react';
import type { RuleName, SettingsOf } from '../../../shared/automation/rules.ts';
import type { AutomationView } from '../../../shared/automation.ts';
import { CalendarRule } from './calendar-rule.tsx';
import { CallRule } from './call-rule.tsx';
import { HoursRule } from './hours-rule.tsx';
import { IdleRule } from './idle-rule.tsx';
import { QuietRule } from './quiet-rule.tsx';

/** What of a rule that is on can be set, besides that. */
export type RulePart<N extends RuleName> = ComponentType<{
  readonly settings: SettingsOf<N>;
  readonly automation: AutomationView;
}>;

export const ruleParts: { readonly [N in RuleName]?: RulePart<N> } = {
  call: CallRule,
  calendar: CalendarRule,
  quiet: QuietRule,
  hours: HoursRule,
  idle: IdleRule,
};
