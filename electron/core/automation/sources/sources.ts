import type { Fact } from '../../../../shared/automation/rule.ts';
import { type RuleName, ruleNames } from '../../../../shared/automation/rules.ts';
import type { AutomationSettings, Facts } from '../../../../shared/automation.ts';
import { shorten } from '../../../../shared/words/shorten.ts';
import type { Plans } from '../day.ts';
import { createCalendarSource } from './calendar.ts';
import { createCallSource } from './call.ts';
import { createHoursSource } from './hours.ts';
import { createIdleSource } from './idle.ts';
import { createLockSource } from './lock.ts';
import { createQuietSource } from './quiet.ts';
import type { Source, SourceDeps } from './source.ts';

const makers: { readonly [N in RuleName]: (deps: SourceDeps) => Source<N> } = {
  call: createCallSource,
  calendar: createCalendarSource,
  quiet: createQuietSource,
  hours: createHoursSource,
  lock: createLockSource,
  idle: createIdleSource,
};

/** What all rules that are on go by. */
export function createSources(deps: SourceDeps) {
  const all = ruleNames.map((name) => ({ name, source: makers[name](deps) as Source<RuleName> }));
  const earliest = (instants: readonly (number | undefined)[]) =>
    instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a), undefined);
  return {
    /** Watches what the rules that are on need; none: nothing any more. */
    watch(settings: AutomationSettings | undefined): void {
      for (const { name, source } of all) source.watch(settings?.[name].on ? settings[name] : undefined);
    },
    facts(now: number): Facts {
      const seen = all.map(({ name, source }) => ({ name, fact: source.fact(now) }));
      return Object.fromEntries(seen.flatMap(({ name, fact }) => (fact ? [[name, shown(fact)]] : [])));
    },
    /** What is known to come between two instants; epoch ms. */
    plans: (from: number, to: number): Plans =>
      Object.fromEntries(
        all.map(({ name, source }) => [name, (source.plan?.(from, to) ?? []).map((fact) => shown(fact))]),
      ),
    untold: (): readonly RuleName[] => all.filter(({ source }) => source.isUntold()).map(({ name }) => name),
    /** When a fact will be another one by itself; epoch ms. */
    nextChange: (now: number) => earliest(all.map(({ source }) => source.nextChange?.(now))),
  };
}

/** Names of programs and events are whatever somebody has called them. */
function shown(fact: Fact): Fact {
  const { program, title } = fact;
  return {
    ...fact,
    ...(program !== undefined && { program: shorten(program) }),
    ...(title !== undefined && { title: shorten(title) }),
  };
}
