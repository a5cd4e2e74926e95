import { type DayPart, dayBounds } from '../../../shared/automation/day.ts';
import type { Fact } from '../../../shared/automation/rule.ts';
import { type RuleName, ruleNames } from '../../../shared/automation/rules.ts';
import type { AutomationEntry, AutomationSettings } from '../../../shared/automation.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { isTimed } from './decide.ts';
import type { AutomationState } from './state.ts';

/** What each rule will see, as far as it is known. */
export type Plans = { readonly [N in RuleName]?: readonly Fact[] };

interface DayDeps {
  readonly plans: Plans;
  readonly settings: AutomationSettings;
  readonly state: AutomationState;
  readonly presence: PresenceView;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * What the rules have done today, as the log tells, and what they would do with what is known of the rest of it. Pure; nothing of it
 * changes by time alone, but for what begins or ends.
 */
export function dayOf(deps: DayDeps): readonly DayPart[] {
  const { state, now } = deps;
  const { from, to } = dayBounds(now);
  const past = pastOf(state.log, from);
  const open = past.at(-1);
  const closed = open && open.until === undefined ? past.slice(0, -1) : past;
  const [first, ...others] = aheadOf(deps, to);
  const begin = Math.max(from, closed.at(-1)?.until ?? from);
  if (!open || open.until !== undefined) {
    const starts = first && first.from === now ? { from: Math.max(begin, first.fact?.since ?? now) } : {};
    return [...closed, ...(first ? [{ ...first, ...starts }] : []), ...others];
  }
  if (!first || first.from > now) return [...closed, open, ...(first ? [first] : []), ...others];
  if (first.rule === open.rule) return [...closed, { ...first, from: open.from }, ...others];
  // Of what is acted on nothing tells how long it lasts; what comes after it in the order has to wait for its end.
  return [...closed, open, ...others];
}

/** From the log, whose newest entry is the first. Only the last part may have no end. */
function pastOf(log: readonly AutomationEntry[], from: number): DayPart[] {
  const parts: DayPart[] = [];
  for (const { at, what, rule, status, since, until: _ends, ...words } of log.toReversed()) {
    const last = parts.at(-1);
    const isOpen = last !== undefined && last.until === undefined;
    if (what === 'same') continue;
    if (isOpen && (what === 'refused' || what === 'dropped')) parts.pop();
    else if (isOpen) parts[parts.length - 1] = { ...last, until: at };
    if (what === 'set' && rule && status)
      parts.push({ rule, status, from: at, fact: { since: since ?? at, ...words } });
  }
  return parts
    .filter(({ from: began, until }) => (until ?? Number.POSITIVE_INFINITY) > Math.max(from, began))
    .map((part) => ({ ...part, from: Math.max(part.from, from) }));
}

/** From now on to `to`, as the rules would act on the plans. */
function aheadOf({ plans, settings, state, presence, now }: DayDeps, to: number): DayPart[] {
  const waits = waitsUntil(state, presence);
  const edges = [now, to, waits ?? now];
  for (const { since, until = to } of Object.values(plans).flat()) edges.push(since, until);
  const instants = [...new Set(edges)].filter((at) => at >= now && at <= to).toSorted((a, b) => a - b);
  const parts: DayPart[] = [];
  for (const [at, from] of instants.entries()) {
    const until = instants[at + 1];
    if (until === undefined || (waits !== undefined && from < waits)) continue;
    const found = firstRule({ plans, settings, state }, from);
    if (!found) continue;
    const { rule, fact } = found;
    const { status = settings[rule].status } = fact;
    const last = parts.at(-1);
    if (last && last.until === from && last.rule === rule && last.fact?.since === fact.since)
      parts[parts.length - 1] = { ...last, until };
    else parts.push({ rule, status, from, until, fact });
  }
  return parts;
}

function firstRule(
  { plans, settings, state }: Pick<DayDeps, 'plans' | 'settings' | 'state'>,
  at: number,
): { readonly rule: RuleName; readonly fact: Fact } | undefined {
  for (const rule of ruleNames) {
    const fact = plans[rule]?.find(({ since, until }) => since <= at && at < (until ?? at + 1));
    if (fact && settings[rule].on && state.passed[rule] !== fact.since) return { rule, fact };
  }
  return undefined;
}

/** Until when nothing is done, whatever the rules see; undefined: they act now. */
function waitsUntil(state: AutomationState, presence: PresenceView): number | undefined {
  const { current } = presence;
  const never = Number.POSITIVE_INFINITY;
  const ends = [
    ...(state.paused ? [state.paused.until ?? never] : []),
    ...(state.hold ? [state.hold.until ?? never] : []),
    ...(isTimed(state, presence) && current.cause !== 'rule' ? [current.until ?? never] : []),
  ];
  return ends.length > 0 ? Math.max(...ends) : undefined;
}
