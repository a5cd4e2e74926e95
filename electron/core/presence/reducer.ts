import { type TallyError, tallyError } from '../../../shared/errors.ts';
import {
  type Cause,
  type CurrentPresence,
  followsAfter,
  lastingStatus,
  type PresenceChange,
  type PresenceView,
  type TakenBack,
  takenBack,
} from '../../../shared/presence.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import { isSettable, type SettableStatus, type Status } from '../../../shared/zoom/presence.ts';
import { defined } from '../lib/defined.ts';
import { moveBack } from '../lib/spans.ts';

const minute = 60_000;

/** Zoom takes one change of presence a user a minute; it is counted from the last one that it took, in ms. */
export const pause = operations.updatePresenceStatus.perUserLimit.seconds * 1_000;
/** A change that could not be sent is tried again for this long; after that the person is asked. */
const patience = 15 * minute;
const offlineFirstWait = 5_000;
/**
 * Waits of 5, 10, 20, 40 and then 60 s: 18 of them are the patience. Counted, not timed, as the time that the computer
 * sleeps is no trying.
 */
const offlineTries = 18;
/** For how long it is believed that Zoom still has what it last said or took: someone may change it in Zoom itself. */
const trust = 2 * minute;
const longest = dndMinutes.max * minute;
/** Tally's own longest timer, in ms: "Monday 9:00" is at most a week away, and an hour where clocks change. */
export const longestTimer = 8 * 24 * 60 * minute;
/** So far may this computer's clock be from Zoom's without being wrong. */
const skew = 5 * minute;

/** The status and its story. Plain data, all instants epoch ms; what must survive a restart is in here. */
export interface PresenceState extends PresenceView {
  /** When Zoom last took a change. */
  readonly lastSetAt?: number;
  /** Zoom said at `since` (429) that nothing is taken before `until`. */
  readonly blocked?: { readonly since: number; readonly until: number };
  /** Lost connections in a row. */
  readonly offline?: number;
  /** What a rule has sent without an answer: where Zoom tells of it, it is the rule's, and what is below it is still known. */
  readonly unsure?: PresenceChange;
  /** When a change was refused as nobody is signed in to the Zoom app. */
  readonly refusedAt?: number;
}

export type PresenceEvent =
  | { readonly type: 'choose'; readonly change: PresenceChange }
  /** Drop the timer of the current status. */
  | { readonly type: 'keep' }
  /** Forget the waiting change. */
  | { readonly type: 'cancel' }
  | { readonly type: 'retry' }
  /** Back to what the person's last change replaced, or was about to. */
  | { readonly type: 'undo' }
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
        : { ...replaced(state, 'you'), current: withoutTimer(state.current) };
    case 'cancel':
      return without(state, 'waiting', 'offline');
    case 'retry':
      return state.failed ? choose(without(state, 'failed', 'offline'), state.failed.change, now) : state;
    case 'undo':
      return undo(without(state, 'failed'), now);
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
  const { current, sending, waiting } = state;
  const instants = [isHeld(state) ? undefined : current.until, sending ? undefined : waiting?.dueAt];
  return instants.reduce((a, b) => (a === undefined || (b !== undefined && b < a) ? b : a));
}

function choose(state: PresenceState, change: PresenceChange, now: number): PresenceState {
  const { current, sending } = state;
  if (isOver(change, now)) return { ...state, failed: { change, error: tooLate } };
  // A second click on what is on its way.
  if (sending && isSame(sending, change)) return without(state, 'waiting');
  // Zoom has this already: nothing to send, only the timer is new. A do not disturb has its length at Zoom, so it is sent.
  const known = Math.max(state.lastSetAt ?? 0, state.checkedAt ?? 0) > now - trust;
  if (!sending && known && change.status === current.status && change.status !== 'Do_Not_Disturb') {
    const since = lengthOf(change, now) === undefined ? current.since : now;
    const kept = { status: current.status, since, cause: change.cause };
    const next = { ...replaced(state, change.cause), current: { ...kept, ...timer(state, change, now) } };
    return without(next, 'waiting');
  }
  return sendDue({ ...state, waiting: { change, dueAt: allowedAt(state, now), why: 'minute-limit' } }, now);
}

function isSame(a: PresenceChange, b: PresenceChange): boolean {
  return a.status === b.status && a.lastsMs === b.lastsMs && a.until === b.until && a.cause === b.cause;
}

/** How long a change shall last if Zoom takes it at `now`, in ms; undefined = until changed. */
export function lengthOf({ lastsMs, until }: PresenceChange, now: number): number | undefined {
  return until === undefined ? lastsMs : until - now;
}

function isOver(change: PresenceChange, now: number): boolean {
  return change.until !== undefined && change.until <= now;
}

const tooLate = tallyError('cancelled', 'The time when it was to end has passed.', { action: 'none' });

function undo(state: PresenceState, now: number): PresenceState {
  const { current, sending, waiting, before } = state;
  // What is waiting was not sent yet. A timer's end waits too, and is not the person's change.
  if (waiting?.change.cause === 'you') return without(state, 'waiting', 'offline');
  const target = sending ? current : before;
  if (!target) return state;
  const { status, until, restoreTo } = target;
  const isPast = until === undefined ? restoreTo !== undefined : until <= now;
  const back = isPast ? (restoreTo ?? 'Available') : status;
  if (!isSettable(back)) return state;
  const timed = until !== undefined && !isPast && { until, ...(restoreTo && { restoreTo }) };
  return choose(state, { status: back, cause: 'you', ...timed }, now);
}

/** Remembers what a change replaces; only the person's own can be undone. */
function replaced(state: PresenceState, cause: Cause): PresenceState {
  const { until, restoreTo } = state.current;
  // A rule makes its status by itself again, where it still counts.
  const status = (until === undefined ? restoreTo : undefined) ?? state.current.status;
  if (cause !== 'you' || !isSettable(status)) return without(state, 'before');
  const before = { status, ...(until !== undefined && { until, ...(restoreTo && { restoreTo }) }) };
  return { ...state, before };
}

/** When Zoom takes the next change: a minute after the last one it took. */
function allowedAt(state: PresenceState, now: number): number {
  const afterSending = state.sending ? now + pause : now;
  return Math.max(afterSending, (state.lastSetAt ?? -pause) + pause, state.blocked?.until ?? 0);
}

function sendDue(state: PresenceState, now: number): PresenceState {
  if (!state.waiting || state.sending || now < state.waiting.dueAt) return state;
  const { change } = state.waiting;
  if (isOver(change, now))
    return { ...without(state, 'waiting', 'offline'), failed: { change, error: tooLate } };
  return { ...without(state, 'waiting', 'blocked'), sending: state.waiting.change };
}

function settle(state: PresenceState, change: PresenceChange, now: number): PresenceState {
  const current = { status: change.status, since: now, cause: change.cause, ...timer(state, change, now) };
  // A failure outlives a timer that brings the former status back: the person still has to see it.
  const failed: Optional[] = state.failed?.change.status === change.status ? ['failed'] : [];
  const settled: PresenceState = {
    ...without(replaced(state, change.cause), 'sending', 'offline', 'blocked', 'unsure', ...failed),
    ...remember(state, change.status),
    current,
    lastSetAt: now,
  };
  if (!state.waiting) return settled;
  if (state.waiting.change.status === change.status && change.status !== 'Do_Not_Disturb') {
    return choose(without(settled, 'waiting'), state.waiting.change, now);
  }
  return { ...settled, waiting: { ...state.waiting, dueAt: now + pause, why: 'minute-limit' } };
}

function refuse(state: PresenceState, change: PresenceChange, error: TallyError, now: number): PresenceState {
  const unsure = isUnanswered(error) ? intentOf(change) : undefined;
  const idle = { ...without(state, 'sending'), ...(unsure && { unsure }) };
  const newest = state.waiting?.change ?? change;
  if (error.kind === 'minute-limit' || error.kind === 'rate-limit') {
    const dueAt = Math.max(error.retryAt ?? now + pause, now + 1_000);
    const reached = without(idle, 'waiting', 'offline');
    if (dueAt - now > patience) return { ...reached, failed: { change: newest, error } };
    const blocked = { since: now, until: dueAt };
    return { ...reached, blocked, waiting: { change: newest, dueAt, why: error.kind } };
  }
  if (error.kind === 'network') {
    const offline = (state.offline ?? 0) + 1;
    if (offline <= offlineTries) {
      const dueAt = now + Math.min(offlineFirstWait * 2 ** (offline - 1), minute);
      return { ...idle, offline, waiting: { change: newest, dueAt, why: 'offline' } };
    }
  }
  // Refused is not taken: a newer choice need not wait out the minute.
  if (state.waiting)
    return sendDue({ ...idle, waiting: { ...state.waiting, dueAt: allowedAt(idle, now) } }, now);
  const refused = error.kind === 'not-in-zoom-client' && { refusedAt: now };
  return { ...without(idle, 'offline'), failed: { change, error }, ...refused };
}

/** Whether what was refused is sent by itself once somebody is signed in to the Zoom app again; what a rule wants it says itself. */
export function waitsForZoomApp({ failed, refusedAt }: PresenceState, now: number): boolean {
  if (failed?.error.kind !== 'not-in-zoom-client' || failed.change.cause === 'rule') return false;
  return refusedAt !== undefined && now - refusedAt <= patience;
}

function told(
  state: PresenceState,
  event: Extract<PresenceEvent, { type: 'told' }>,
  now: number,
): PresenceState {
  // An answer asked for before the last change was taken tells of the past.
  if (state.sending || event.askedAt <= (state.lastSetAt ?? Number.NEGATIVE_INFINITY)) return state;
  const until = event.status === 'Do_Not_Disturb' ? endsAt(event.remainingMs, now) : undefined;
  const checked = { ...without(state, 'unsure'), checkedAt: now };
  if (event.status === state.current.status) {
    // Zoom counts in whole minutes; closer than that, the own deadline is the better one.
    const off = until !== undefined && Math.abs(until - (state.current.until ?? 0)) > minute;
    if (!off) return checked;
    const since = until > (state.current.until ?? 0) ? now : state.current.since;
    return { ...checked, current: { ...state.current, since, until } };
  }
  const rules = unanswered(state, event.status);
  const current: CurrentPresence = {
    status: event.status,
    since: now,
    cause: rules ? 'rule' : 'zoom',
    ...(until === undefined ? {} : { until }),
    ...defined(rules ?? { ended: endedBy(event.status, state.current) }),
  };
  const failed = state.failed?.change.status === event.status ? without(checked, 'failed') : checked;
  // When Zoom took it is not known: just now at the latest.
  const taken = rules ? { lastSetAt: now } : {};
  const next = { ...without(failed, 'before'), ...remember(state, event.status), current, ...taken };
  return state.current.status === 'Offline' ? sendRefused(next, now) : next;
}

/** What follows the change that Tally had sent and that Zoom has, though no answer said so. */
function unanswered(
  { unsure }: PresenceState,
  status: Status,
): Pick<PresenceChange, 'restoreTo'> | undefined {
  return unsure?.status === status ? defined({ restoreTo: unsure.restoreTo }) : undefined;
}

/** Somebody who was signed out everywhere may be back, and has chosen nothing in Zoom: then what was refused for that is sent. */
function sendRefused(state: PresenceState, now: number): PresenceState {
  const { current, former, failed } = state;
  const isAsBefore = current.status === 'Available' || current.status === former;
  if (!failed || !isAsBefore || !waitsForZoomApp(state, now)) return state;
  return choose(without(state, 'failed'), failed.change, now);
}

/** The status set here that Zoom, which now says `status`, may have taken back by itself. */
function endedBy(status: Status, former: CurrentPresence): TakenBack | undefined {
  if (status !== 'Available' || former.cause === 'zoom') return undefined;
  return takenBack.find((one) => one === former.status);
}

/**
 * A do not disturb that should be over and is not: the clocks differ, and Zoom is asked again in a minute. One that would last
 * longer than Zoom's longest: this computer's clock was put back, and when it ends cannot be told by it.
 */
function endsAt(remainingMs: number | undefined, now: number): number | undefined {
  if (remainingMs === undefined || remainingMs > longest + skew) return undefined;
  return now + (remainingMs > 0 ? Math.min(remainingMs, longest) : minute);
}

/**
 * While a newer choice is on its way, the timer's end waits: the choice replaces the timer once Zoom has taken it,
 * and if it is cancelled or refused the former status still comes back.
 */
function isHeld({ current, sending, waiting }: PresenceState): boolean {
  return current.restoreTo !== undefined && (sending !== undefined || waiting !== undefined);
}

function endTimer(state: PresenceState, now: number): PresenceState {
  const { until, restoreTo } = state.current;
  if (until === undefined || now < until || isHeld(state)) return state;
  const ended = without({ ...state, current: withoutTimer(state.current) }, 'before');
  // Without `restoreTo` Zoom itself goes on.
  return restoreTo === undefined ? ended : choose(ended, { status: restoreTo, cause: 'restored' }, now);
}

function timer(state: PresenceState, change: PresenceChange, now: number): Partial<CurrentPresence> {
  const length = lengthOf(change, now);
  // What a rule has made lasts as long as the rule says; what is below it must not be lost.
  if (length === undefined) return change.cause === 'rule' ? defined({ restoreTo: change.restoreTo }) : {};
  // The clock may have been put back since it was chosen.
  const most = change.status === 'Do_Not_Disturb' ? longest : longestTimer;
  const until = now + Math.min(length, most);
  return { until, restoreTo: change.restoreTo ?? followsAfter(state, change.status) };
}

function remember(state: PresenceState, next: Status): { former?: SettableStatus } {
  const former = lastingStatus(state);
  return former !== undefined && former !== next ? { former } : {};
}

/** After the clock went back, nothing was done in the future, and waits are as long as they were at most. */
function forgiveClock(state: PresenceState, now: number): PresenceState {
  const { current, lastSetAt, checkedAt, blocked, waiting } = state;
  const done = [current.since, lastSetAt ?? 0, checkedAt ?? 0, blocked?.since ?? 0];
  const latest = Math.max(now + minute, blocked ? moveBack(blocked, now).until : 0);
  if (done.every((at) => at <= now) && (waiting?.dueAt ?? 0) <= latest) return state;
  return {
    ...state,
    current: moveBack(current, now),
    ...(lastSetAt !== undefined && { lastSetAt: Math.min(lastSetAt, now) }),
    ...(checkedAt !== undefined && { checkedAt: Math.min(checkedAt, now) }),
    ...(blocked && { blocked: moveBack(blocked, now) }),
    ...(waiting && { waiting: { ...waiting, dueAt: Math.min(waiting.dueAt, latest) } }),
  };
}

/** What a rule sends, for as long as nobody knows whether Zoom has it; its end alone is found out again. */
export function intentOf(change: PresenceChange | undefined): PresenceChange | undefined {
  return change?.cause === 'rule' && change.restoreTo !== undefined ? change : undefined;
}

/** Whether Zoom may have taken what was sent all the same. */
function isUnanswered({ kind }: TallyError): boolean {
  return kind === 'network' || kind === 'timeout' || kind === 'zoom-down';
}

function withoutTimer({ status, since, cause }: CurrentPresence): CurrentPresence {
  return { status, since, cause };
}

type Optional = 'sending' | 'waiting' | 'failed' | 'offline' | 'blocked' | 'before' | 'unsure';

function without(state: PresenceState, ...keys: Optional[]): PresenceState {
  const copy: { -readonly [K in keyof PresenceState]: PresenceState[K] } = { ...state };
  for (const key of keys) delete copy[key];
  return copy;
}

/** What the tray and the window see of the state. */
export function viewPresence(state: PresenceState): PresenceView {
  const { lastSetAt: _1, blocked: _2, offline: _3, refusedAt: _4, unsure: _5, ...view } = state;
  return view;
}
