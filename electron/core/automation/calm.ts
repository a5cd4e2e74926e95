import type { RuleSettings } from '../../../shared/automation/rule.ts';
import { type RuleName, ruleNames } from '../../../shared/automation/rules.ts';
import type { AutomationSettings, Facts } from '../../../shared/automation.ts';
import { moveBack } from '../lib/spans.ts';
import type { AutomationState } from './state.ts';

interface Seen {
  readonly seen: Facts;
  readonly settings: AutomationSettings;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Takes note of what is seen. What is gone counts for as long as its rule's settings say, and what comes again meanwhile has never
 * been gone: the status isn't to follow whatever flickers.
 */
export function calm(state: AutomationState, { seen, settings, now }: Seen): AutomationState {
  const entries = ruleNames.map((name) => {
    const { on, calm: seconds = 0 }: RuleSettings = settings[name];
    const fact = on ? seen[name] : undefined;
    const before = on && seconds > 0 ? state.calmed?.[name] : undefined;
    if (fact) return [name, { fact: before ? { ...fact, since: Math.min(before.fact.since, now) } : fact }];
    if (!before) return [name, undefined];
    const goneAt = Math.min(before.goneAt ?? now, now);
    return [name, goneAt + seconds * 1_000 > now ? { fact: moveBack(before.fact, now), goneAt } : undefined];
  });
  return { ...state, calmed: Object.fromEntries(entries.filter(([, one]) => one)) };
}

/** What the rules go by. */
export function calmFacts({ calmed = {} }: AutomationState): Facts {
  return Object.fromEntries(Object.entries(calmed).map(([name, { fact }]) => [name, fact]));
}

/** When something that is gone no longer counts; epoch ms. */
export function calmEnds({ calmed = {} }: AutomationState, settings: AutomationSettings): number[] {
  return Object.entries(calmed).flatMap(([name, { goneAt }]) => {
    const { calm: seconds = 0 }: RuleSettings = settings[name as RuleName];
    return goneAt === undefined ? [] : [goneAt + seconds * 1_000];
  });
}
