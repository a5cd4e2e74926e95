import { ruleNames } from '../../../shared/automation/rules.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { CurrentPresence, PresenceChange, PresenceView } from '../../../shared/presence.ts';
import { isSettable, type Status } from '../../../shared/zoom/presence.ts';
import {
  type AutomationState,
  endsAfter,
  entryOf,
  passTime,
  retryAfter,
  type Sight,
  told,
  without,
} from './state.ts';

/** What Zoom says by itself, whoever has set something: nobody chooses these in the Zoom app. */
const zoomsOwn: readonly Status[] = [
  'In_A_Zoom_Meeting',
  'Presenting',
  'On_A_Call',
  'In_Calendar_Event',
  'Offline',
  'Unknown',
];

/** Whether it is Zoom that has set a status, so that it is left alone. */
export function isZooms({ status, cause }: Pick<CurrentPresence, 'status' | 'cause'>): boolean {
  return !isSettable(status) || (cause === 'zoom' && zoomsOwn.includes(status));
}

/** Whether a status is what a rule has made, and something else is to follow it. */
export function isRules({ cause, restoreTo }: Pick<PresenceChange, 'cause' | 'restoreTo'>): boolean {
  return cause === 'rule' && restoreTo !== undefined;
}

const passing: readonly TallyError['kind'][] = [
  'network',
  'timeout',
  'zoom-down',
  'rate-limit',
  'minute-limit',
];

/** Takes note of what has become of the status since it was looked at last. */
export function observe(before: AutomationState, sight: Sight): AutomationState {
  const { presence, facts, settings, now } = sight;
  const { current, failed } = presence;
  let state = passTime(before, facts, now);
  const { seen, acting } = state;
  if (failed?.change.cause === 'rule') {
    const { kind } = failed.error;
    const wait = retryAfter[passing.includes(kind) ? 'passing' : 'lasting'];
    // A do not disturb whose end came before it was sent is none of Zoom's refusals.
    if (kind !== 'cancelled') state = { ...state, retryAt: now + wait };
    const { status } = failed.change;
    state = told(state, acting ? entryOf('refused', acting, now) : { at: now, what: 'refused', status });
  }
  const isMoved = seen !== undefined && seen.status !== current.status && current.cause === 'zoom';
  const isOn = ruleNames.some((name) => settings[name].on);
  if (isOn && isMoved && isChosenElsewhere(seen, current, now)) {
    state = told(without(state, 'acting'), { at: now, what: 'elsewhere', ...settable(current.status) });
    if (current.until === undefined) state = { ...state, hold: endsAfter(settings.hold, now) };
  } else if (acting && !isFollowed(presence)) {
    state = without(state, 'acting');
    // Zoom itself goes between Available and Away, or the person did: it is not set a second time.
    if (isMoved && !isZooms(current))
      state = told(
        { ...state, passed: { ...state.passed, [acting.rule]: acting.since } },
        entryOf('changed', acting, now),
      );
  }
  return { ...state, seen: current };
}

const settable = (status: Status) => (isSettable(status) ? { status } : {});

/** Whether what is there, or on its way, is what a rule wanted. */
function isFollowed({ current, sending, waiting }: PresenceView): boolean {
  return [current, sending, waiting?.change].some((one) => one !== undefined && isRules(one));
}

/**
 * Whether a person has set what Zoom tells, on another device. Zoom itself goes to a meeting and back, to Away and back to Available,
 * and ends a do not disturb.
 */
function isChosenElsewhere(was: CurrentPresence, current: CurrentPresence, now: number): boolean {
  const isPlain = (status: Status) => status === 'Available' || status === 'Away';
  if (isZooms(current) || isZooms(was)) return false;
  if (isPlain(was.status) && isPlain(current.status)) return false;
  const isEnded = was.status === 'Do_Not_Disturb' && (was.until ?? now) - now < 2 * 60_000;
  return !(isEnded && isPlain(current.status));
}
