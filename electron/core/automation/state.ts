import type { Fact } from '../../../shared/automation/rule.ts';
import type { RuleName } from '../../../shared/automation/rules.ts';
import type { AutomationEntry, AutomationSettings, Facts, Occurrence } from '../../../shared/automation.ts';
import type { CurrentPresence, PresenceView } from '../../../shared/presence.ts';
import { localTime } from '../../../shared/times.ts';
import { moveBack } from '../lib/spans.ts';

/** So many decisions are remembered. */
export const longestLog = 50;

/** From when to when something counts; without an end until somebody ends it. Instants in epoch ms. */
export interface Hold {
  readonly since: number;
  readonly until?: number;
}

/** A fact that a rule goes by, and since when it is no longer seen (epoch ms). */
interface Calmed {
  readonly fact: Fact;
  readonly goneAt?: number;
}

/** What automation keeps in mind. Plain data, all instants in epoch ms. */
export interface AutomationState {
  /** What the status follows, or is about to. */
  readonly acting?: Occurrence;
  /** A choice without a time counts. */
  readonly hold?: Hold;
  /** The one that counted before the newest choice, for whoever takes that back. */
  readonly before?: Hold;
  readonly paused?: Hold;
  /** The person went back to automatic then: timers that began before no longer count. */
  readonly released?: number;
  /** When what each rule shall not act on any more has begun. */
  readonly passed: { readonly [N in RuleName]?: number };
  /** Nothing is sent before, as Zoom has refused something. */
  readonly retryAt?: number;
  /** The newest first. */
  readonly log: readonly AutomationEntry[];
  /** What the rules go by; not kept over a restart, as it is seen anew. */
  readonly calmed?: { readonly [N in RuleName]?: Calmed };
  /** The status as it was looked at last; not kept over a restart. */
  readonly seen?: CurrentPresence;
}

/** All that a decision is made of. */
export interface Sight {
  readonly presence: PresenceView;
  readonly facts: Facts;
  readonly settings: AutomationSettings;
  /** Epoch ms. */
  readonly now: number;
}

export const initialAutomation: AutomationState = { passed: {}, log: [] };

/** The state with an entry on top of its log, unless the newest one says the same. */
export function told(state: AutomationState, entry: AutomationEntry): AutomationState {
  const [newest] = state.log;
  const { at: _at, ...words } = entry;
  const { at: _then, ...before } = newest ?? { at: 0 };
  if (newest && JSON.stringify(words) === JSON.stringify(before)) return state;
  return { ...state, log: [entry, ...state.log].slice(0, longestLog) };
}

/** What the log says of an occurrence. */
export function entryOf(
  what: AutomationEntry['what'],
  { title: _title, ...occurrence }: Occurrence,
  at: number,
): AutomationEntry {
  return { at, what, ...occurrence };
}

/** Until when something counts that begins now; absent: until it is ended. */
export function endsAfter(length: 'hour' | 'today' | 'changed' | 'resumed', now: number): Hold {
  if (length === 'hour') return { since: now, until: now + 60 * 60_000 };
  if (length === 'today') return { since: now, until: localTime(now, 1, { hours: 0, minutes: 0 }) };
  return { since: now };
}

type Optional = 'acting' | 'hold' | 'before' | 'paused' | 'released' | 'retryAt';

export function without(state: AutomationState, ...keys: Optional[]): AutomationState {
  const copy: { -readonly [K in keyof AutomationState]: AutomationState[K] } = { ...state };
  for (const key of keys) delete copy[key];
  return copy;
}

/** Ends what is over at `now`; after the clock went back, nothing has begun in the future. */
export function passTime(before: AutomationState, facts: Facts, now: number): AutomationState {
  const { hold, paused, released, retryAt, passed } = before;
  const isOver = (one: Hold | undefined) => one?.until !== undefined && one.until <= now;
  const state: AutomationState = {
    ...before,
    ...(hold && { hold: moveBack(hold, now) }),
    ...(paused && { paused: moveBack(paused, now) }),
    ...(released !== undefined && { released: Math.min(released, now) }),
    passed: Object.fromEntries(
      Object.entries(passed).filter(([rule, since]) => facts[rule as RuleName]?.since === since),
    ),
  };
  return without(
    state,
    ...(isOver(state.hold) ? (['hold'] as const) : []),
    ...(isOver(state.paused) ? (['paused'] as const) : []),
    ...(retryAt !== undefined && (retryAt <= now || retryAt > now + longestRetry)
      ? (['retryAt'] as const)
      : []),
  );
}

/** What Zoom refuses is tried again after so long, in ms: for a passing reason, and for another. */
export const retryAfter = { passing: 5 * 60_000, lasting: 60 * 60_000 } as const;
const longestRetry = retryAfter.lasting;
