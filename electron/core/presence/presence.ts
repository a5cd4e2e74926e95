import type { TallyError } from '../../../shared/errors.ts';
import type { CurrentPresence, PresenceChange, PresenceView } from '../../../shared/state.ts';
import { isSettable, type SettableStatus, type Status } from '../../../shared/zoom/presence.ts';

/** Zoom takes one change of presence a user a minute; the 60 s are counted from the last one it took. */
const minute = 60_000;
/** A change that could not be sent is tried again for this long; after that the person is asked. */
const offlinePatience = 15 * 60_000;
const offlineFirstWait = 5_000;

/** The status and its story. Plain data, all instants epoch ms; what must survive a restart is in here. */
export interface PresenceState extends PresenceView {
  /** The status before the current one: where "for a while" goes back to. */
  readonly former?: SettableStatus;
  /** When Zoom last took a change. */
  readonly lastSetAt?: number;
  /** Zoom said (429) that nothing is taken before this. */
  readonly blockedUntil?: number;
  /** Lost connections in a row, since when. */
  readonly offline?: { readonly since: number; readonly tries: number };
}

export type PresenceEvent =
  | { readonly type: 'choose'; readonly change: PresenceChange }
  /** Drop the timer of the current status. */
  | { readonly type: 'keep' }
  /** Forget the waiting change. */
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  /** Put the failure away. */
  | { readonly type: 'dismiss' }
  /** Zoom took `sending`. */
  | { readonly type: 'sent' }
  | { readonly type: 'refused'; readonly error: TallyError }
  /** Zoom's answer to a question asked at `askedAt`. `remainingMs` is told only for do not disturb. */
  | {
      readonly type: 'told';
      readonly status: Status;
      readonly askedAt: number;
      readonly remainingMs?: number;
    }
  /** Time may have passed. */
  | { readonly type: 'tick' };

export function initialPresence(now: number): PresenceState {
  return { current: { status: 'Unknown', since: now, cause: 'zoom' } };
}

/**
 * The whole logic of presence, pure: `now` is the wall clock in epoch ms and may jump either way.
 * A `sending` that was not there before is to be put on the wire by the caller, who reports `sent` or `refused`.
 */
export function reducePresence(before: PresenceState, event: PresenceEvent, now: number): PresenceState {
  const state = forgiveClock(before, now);
  switch (event.type) {
    case 'choose':
      return choose(without(state, 'failed', 'offline'), event.change, now);
    case 'keep':
      // Zoom itself ends "do not disturb"; that cannot be called off, only chosen anew.
      return state.current.status === 'Do_Not_Disturb'
        ? state
        : { ...state, current: withoutTimer(state.current) };
    case 'cancel':
      return without(state, 'waiting', 'offline');
    case 'retry':
      return state.failed ? choose(without(state, 'failed', 'offline'), state.failed.change, now) : state;
    case 'dismiss':
      return without(state, 'failed');
    case 'sent':
      return state.sending ? settle(state, state.sending, now) : state;
    case 'refused':
      return state.sending ? refuse(state, state.sending, event.error, now) : state;
    case 'told':
      return told(state, event, now);
    case 'tick':
      return sendDue(endTimer(state, now), now);
  }
}

/** The next instant at which a `tick` changes something; undefined when nothing is pending. */
export function nextDeadline(state: PresenceState): number | undefined {
  const instants = [state.current.until, state.sending ? undefined : state.waiting?.dueAt];
  return instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));
}

function choose(state: PresenceState, change: PresenceChange, now: number): PresenceState {
  const { current } = state;
  // Zoom has this already: nothing to send, only the timer is new. A do not disturb has its length at Zoom, so it is sent.
  if (!state.sending && change.status === current.status && change.status !== 'Do_Not_Disturb') {
    const kept = { status: current.status, since: current.since, cause: change.cause };
    return without({ ...state, current: { ...kept, ...timer(state, change, now) } }, 'waiting');
  }
  return sendDue({ ...state, waiting: { change, dueAt: allowedAt(state, now), why: 'minute-limit' } }, now);
}

/** When Zoom takes the next change: a minute after the last one it took. */
function allowedAt(state: PresenceState, now: number): number {
  const afterSending = state.sending ? now + minute : now;
  return Math.max(afterSending, (state.lastSetAt ?? -minute) + minute, state.blockedUntil ?? 0);
}

function sendDue(state: PresenceState, now: number): PresenceState {
  if (!state.waiting || state.sending || now < state.waiting.dueAt) return state;
  return { ...without(state, 'waiting', 'blockedUntil'), sending: state.waiting.change };
}

function settle(state: PresenceState, change: PresenceChange, now: number): PresenceState {
  const current = { status: change.status, since: now, cause: change.cause, ...timer(state, change, now) };
  const settled: PresenceState = {
    ...without(state, 'sending', 'failed', 'offline', 'blockedUntil'),
    ...remember(state, change.status),
    current,
    lastSetAt: now,
  };
  if (!state.waiting) return settled;
  if (state.waiting.change.status === change.status && change.status !== 'Do_Not_Disturb') {
    return choose(without(settled, 'waiting'), state.waiting.change, now);
  }
  return { ...settled, waiting: { ...state.waiting, dueAt: now + minute, why: 'minute-limit' } };
}

function refuse(state: PresenceState, change: PresenceChange, error: TallyError, now: number): PresenceState {
  const idle = without(state, 'sending');
  const newest = state.waiting?.change ?? change;
  if (error.kind === 'minute-limit' || error.kind === 'rate-limit') {
    const dueAt = Math.max(error.retryAt ?? now + minute, now + 1_000);
    return { ...idle, blockedUntil: dueAt, waiting: { change: newest, dueAt, why: 'minute-limit' } };
  }
  if (error.kind === 'network') {
    const offline = { since: state.offline?.since ?? now, tries: (state.offline?.tries ?? 0) + 1 };
    if (now - offline.since < offlinePatience) {
      const dueAt = now + Math.min(offlineFirstWait * 2 ** (offline.tries - 1), minute);
      return { ...idle, offline, waiting: { change: newest, dueAt, why: 'offline' } };
    }
  }
  // Refused is not taken: a newer choice need not wait out the minute.
  if (state.waiting)
    return sendDue({ ...idle, waiting: { ...state.waiting, dueAt: allowedAt(idle, now) } }, now);
  return { ...without(idle, 'offline'), failed: { change, error } };
}

function told(
  state: PresenceState,
  event: Extract<PresenceEvent, { type: 'told' }>,
  now: number,
): PresenceState {
  // An answer asked for before the last change was taken tells of the past.
  if (state.sending || event.askedAt <= (state.lastSetAt ?? Number.NEGATIVE_INFINITY)) return state;
  const until = event.remainingMs === undefined ? undefined : now + event.remainingMs;
  const checked = { ...state, checkedAt: now };
  if (event.status === state.current.status) {
    // Zoom counts in whole minutes; closer than that, the own deadline is the better one.
    const off = until !== undefined && Math.abs(until - (state.current.until ?? 0)) > minute;
    return off ? { ...checked, current: { ...state.current, until } } : checked;
  }
  const current: CurrentPresence = {
    status: event.status,
    since: now,
    cause: 'zoom',
    ...(until === undefined ? {} : { until }),
  };
  const failed = state.failed?.change.status === event.status ? without(checked, 'failed') : checked;
  return { ...failed, ...remember(state, event.status), current };
}

function endTimer(state: PresenceState, now: number): PresenceState {
  const { until, restoreTo } = state.current;
  if (until === undefined || now < until) return state;
  const ended = { ...state, current: withoutTimer(state.current) };
  // What the person chose since then is newer than the timer. Without `restoreTo` Zoom itself goes on.
  if (restoreTo === undefined || state.waiting || state.sending) return ended;
  return choose(ended, { status: restoreTo, cause: 'restored' }, now);
}

function timer(state: PresenceState, change: PresenceChange, now: number): Partial<CurrentPresence> {
  if (change.lastsMs === undefined) return {};
  return { until: now + change.lastsMs, restoreTo: comesBack(state, change.status) };
}

/** Temporary statuses do not stack: the one beneath them comes back. */
function comesBack(state: PresenceState, next: Status): SettableStatus {
  const beneath = state.current.restoreTo ?? state.current.status;
  if (isSettable(beneath) && beneath !== next) return beneath;
  return state.former !== undefined && state.former !== next ? state.former : 'Available';
}

function remember(state: PresenceState, next: Status): { former?: SettableStatus } {
  const beneath = state.current.restoreTo ?? state.current.status;
  return isSettable(beneath) && beneath !== next ? { former: beneath } : {};
}

/** After the clock went back, instants of the future shrink to what they can be at most. */
function forgiveClock(state: PresenceState, now: number): PresenceState {
  const { current, lastSetAt, waiting, blockedUntil } = state;
  const early = current.since > now;
  const longest = current.until === undefined ? 0 : current.until - current.since;
  if (!early && (lastSetAt ?? 0) <= now && (waiting?.dueAt ?? 0) <= now + minute) return state;
  return {
    ...state,
    ...(early && {
      current: { ...current, since: now, ...(current.until !== undefined && { until: now + longest }) },
    }),
    ...(lastSetAt !== undefined && { lastSetAt: Math.min(lastSetAt, now) }),
    ...(waiting && { waiting: { ...waiting, dueAt: Math.min(waiting.dueAt, now + minute) } }),
    ...(blockedUntil !== undefined && { blockedUntil: Math.min(blockedUntil, now + minute) }),
  };
}

function withoutTimer({ status, since, cause }: CurrentPresence): CurrentPresence {
  return { status, since, cause };
}

type Optional = 'sending' | 'waiting' | 'failed' | 'offline' | 'blockedUntil';

function without(state: PresenceState, ...keys: Optional[]): PresenceState {
  const copy: { -readonly [K in keyof PresenceState]: PresenceState[K] } = { ...state };
  for (const key of keys) delete copy[key];
  return copy;
}

/** What the tray and the window see of the state. */
export function viewPresence(state: PresenceState): PresenceView {
  const { current, sending, waiting, failed, checkedAt } = state;
  return {
    current,
    ...(sending && { sending }),
    ...(waiting && { waiting }),
    ...(failed && { failed }),
    ...(checkedAt !== undefined && { checkedAt }),
  };
}
