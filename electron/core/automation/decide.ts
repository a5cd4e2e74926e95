import { ruleNames } from '../../../shared/automation/rules.ts';
import type { Obstacle, Occurrence } from '../../../shared/automation.ts';
import { lastingStatus, type PresenceChange, type PresenceView } from '../../../shared/presence.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import type { SettableStatus } from '../../../shared/zoom/presence.ts';
import { calmEnds } from './calm.ts';
import { isRules, isZooms } from './observe.ts';
import { type AutomationState, entryOf, type Sight, told, without } from './state.ts';

const longestDnd = dndMinutes.max * 60_000;
/** A do not disturb that is not long enough is set again so long before it ends, in ms. */
const renewal = 5 * 60_000;

/** What the presence is to do. */
type Order =
  | { readonly type: 'choose'; readonly change: PresenceChange }
  | { readonly type: 'cancel' }
  | { readonly type: 'dismiss' };

export interface Decision {
  readonly state: AutomationState;
  readonly order?: Order;
  /** Why nothing is done for a rule that has something to say. */
  readonly obstacle?: Obstacle;
}

/**
 * What is to be done now, after `observe`. Pure: the same sight gives the same decision. Nothing is ordered while what the person
 * wants counts, and what is ordered once is not ordered again while it is there or on its way.
 */
export function decide(state: AutomationState, sight: Sight): Decision {
  const { presence, now } = sight;
  if (presence.failed?.change.cause === 'rule') return { state, order: { type: 'dismiss' } };
  const found = wishOf(state, sight);
  const wish = state.paused ? undefined : found;
  const obstacle = obstacleOf(state, presence);
  if (obstacle) {
    const noted = wish && obstacle !== 'pending' ? told(state, entryOf(obstacle, wish, now)) : state;
    const why = wish && obstacle !== 'pending' ? { obstacle } : {};
    // What a rule wanted and what has not been sent is no longer wanted.
    return presence.waiting?.change.cause === 'rule'
      ? { state: without(noted, 'acting'), order: { type: 'cancel' }, ...why }
      : { state: noted, ...why };
  }
  const noted = found && !wish ? told(state, entryOf('paused', found, now)) : state;
  return wish ? follow(noted, wish, sight) : goBack(noted, sight);
}

/** What the first rule that has something to say wants. */
function wishOf({ passed }: AutomationState, { facts, settings }: Sight): Occurrence | undefined {
  for (const rule of ruleNames) {
    const fact = facts[rule];
    const { on, status } = settings[rule];
    if (on && fact && passed[rule] !== fact.since) return { rule, status, ...fact };
  }
  return undefined;
}

/** Why nothing may be done. `pending`: something of the person's is on its way, or the end of a timer. */
function obstacleOf(state: AutomationState, presence: PresenceView): Obstacle | 'pending' | undefined {
  const { current, sending, waiting, failed } = presence;
  if ([sending, waiting?.change].some((one) => one && one.cause !== 'rule')) return 'pending';
  if (failed) return 'failed';
  if (isTimed(state, presence) && current.cause !== 'rule') return 'timer';
  if (state.hold) return 'choice';
  return isZooms(current) ? 'zoom' : undefined;
}

/** Whether a timer runs that still counts. */
export function isTimed({ released }: AutomationState, { current }: PresenceView): boolean {
  return current.until !== undefined && !(released !== undefined && current.since <= released);
}

/** What is below whatever a rule or a timer has made. */
function baseOf(presence: PresenceView): SettableStatus {
  return lastingStatus(presence) ?? presence.former ?? 'Available';
}

/** What Zoom will have as soon as it has taken what is on the wire. */
const settledOf = ({ sending, current }: PresenceView) => sending ?? current;

function follow(state: AutomationState, wish: Occurrence, sight: Sight): Decision {
  const { presence, now } = sight;
  const base = baseOf(presence);
  if (wish.status === base) {
    const noted = told(state, entryOf('same', wish, now));
    return goBack(noted, sight);
  }
  const settled = settledOf(presence);
  const head = presence.waiting?.change ?? settled;
  const acting: AutomationState = { ...state, acting: wish };
  if (isRules(head) && head.status === wish.status && !isShort(presence, wish, now)) return { state: acting };
  // What waits is another rule's; what is there is right.
  if (presence.waiting && isRules(settled) && settled.status === wish.status)
    return { state: acting, order: { type: 'cancel' } };
  if (state.retryAt !== undefined) return { state };
  const until = dndEnd(wish, now);
  return {
    state: told(acting, entryOf('set', wish, now)),
    order: {
      type: 'choose',
      change: {
        status: wish.status,
        cause: 'rule',
        restoreTo: base,
        ...(until !== undefined && { until }),
      },
    },
  };
}

/** Zoom ends a do not disturb itself, so it has to know when. */
function dndEnd({ status, until }: Occurrence, now: number): number | undefined {
  if (status !== 'Do_Not_Disturb') return undefined;
  return Math.min(until ?? Number.POSITIVE_INFINITY, now + longestDnd);
}

/** Whether a do not disturb of a rule ends soon, and too early. */
function isShort({ current, sending, waiting }: PresenceView, wish: Occurrence, now: number): boolean {
  const wanted = dndEnd(wish, now);
  if (wanted === undefined || current.until === undefined || sending || waiting) return false;
  return current.until - now <= renewal && wanted - current.until > renewal;
}

/** No rule has anything to say: back to what was there before one had. */
function goBack(state: AutomationState, { presence, now }: Sight): Decision {
  const { waiting, current } = presence;
  const settled = settledOf(presence);
  const idle = without(state, 'acting');
  const isOver = isRules(settled) || (settled === current && current.until !== undefined);
  if (waiting && isRules(waiting.change) && !isOver)
    return {
      state: state.acting ? told(idle, entryOf('dropped', state.acting, now)) : idle,
      order: { type: 'cancel' },
    };
  if (!isOver || (waiting && !isRules(waiting.change))) return { state: idle };
  if (state.retryAt !== undefined) return { state };
  const status = baseOf(presence);
  return {
    state: told(idle, { at: now, what: 'back', status, ...(state.acting && { rule: state.acting.rule }) }),
    order: { type: 'choose', change: { status, cause: 'rule' } },
  };
}

/** The next instant at which a decision may be another one; undefined where none is known. */
export function nextDecision(
  state: AutomationState,
  { presence, facts, settings, now }: Sight,
): number | undefined {
  const { current } = presence;
  const instants = [
    state.hold?.until,
    state.paused?.until,
    state.retryAt,
    ...calmEnds(state, settings),
    current.cause === 'rule' && current.until !== undefined ? current.until - renewal : undefined,
    ...ruleNames.map((name) => facts[name]?.until),
  ].filter((at): at is number => at !== undefined && at > now);
  return instants.length > 0 ? Math.min(...instants) : undefined;
}
