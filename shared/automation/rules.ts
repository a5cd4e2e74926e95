import type * as z from 'zod';
import { calendarRule } from './calendar.ts';
import { callRule } from './call.ts';
import { hoursRule } from './hours.ts';
import { idleRule } from './idle.ts';
import { lockRule } from './lock.ts';
import { quietRule } from './quiet.ts';
import type { RuleSettings } from './rule.ts';

/** In the order in which they count: the first one that has something to say decides. */
export const ruleNames = ['call', 'calendar', 'quiet', 'hours', 'lock', 'idle'] as const;
export type RuleName = (typeof ruleNames)[number];

/** The settings of each rule: what each field may be, and how they are at first. Not for the window, which has no zod. */
export const rules = () =>
  ({
    call: callRule(),
    calendar: calendarRule(),
    quiet: quietRule(),
    hours: hoursRule(),
    lock: lockRule(),
    idle: idleRule(),
  }) satisfies {
    readonly [N in RuleName]: {
      readonly fields: { readonly [K in keyof RuleSettings]: z.ZodType<RuleSettings[K]> };
      readonly first: RuleSettings;
    };
  };

export type RuleFields<N extends RuleName> = ReturnType<typeof rules>[N]['fields'];
export type SettingsOf<N extends RuleName> = Readonly<z.infer<z.ZodObject<RuleFields<N>>>>;
