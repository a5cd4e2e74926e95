import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { PresenceChange } from '../../../shared/presence.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { formerDndMin, readStatus, statusWord } from '../../../shared/zoom/presence.ts';
import type { OperationTypes } from '../../../shared/zoom/types.gen.ts';
import type { FeatureDeps } from '../feature.ts';
import { createAlarm } from '../lib/alarm.ts';
import {
  intentOf,
  lengthOf,
  nextDeadline,
  type PresenceEvent,
  type PresenceState,
  reducePresence,
  viewPresence,
  waitsForZoomApp,
} from './reducer.ts';

/**
 * How often Zoom is asked what the status is, in ms: while a window shows it, while only the tray does, and while a change waits
 * for somebody to sign in to the Zoom app. A window that shows all day costs 288 of the 2,000 Medium calls that a free account has
 * a day.
 */
const askEvery = { watched: 5 * 60_000, unwatched: 10 * 60_000, waiting: 60_000 } as const;
/** Who begins to look is shown nothing older than this, in ms. */
const freshFor = 60_000;
/** Nobody looks at the tray after so long without any input, in ms; and how often it is looked whether somebody is back. */
const away = { after: 10 * 60_000, lookEvery: 60_000 } as const;

/**
 * A status alone is written so long after it was sent, in ms: by then its bytes are out, and often the answer is there to be
 * written along. The disk (fsync) takes longer than all the rest of the way from the click.
 */
const writeAfter = 20;

interface PresenceRunnerDeps extends Pick<FeatureDeps, 'clock' | 'attendance' | 'zoom' | 'changed'> {
  readonly initial: PresenceState;
  /** Called after each change of state, at the latest when it is stopped. Must not throw. */
  save(state: PresenceState): void;
}

export type PresenceRunner = ReturnType<typeof createPresenceRunner>;

/** Runs the reducer against Zoom: sends what it wants sent, keeps its deadlines, asks Zoom what the status is. */
export function createPresenceRunner(deps: PresenceRunnerDeps) {
  const { clock, attendance, zoom } = deps;
  const stopped = new AbortController();
  let state = deps.initial;
  const alarm = createAlarm(clock, () => apply({ type: 'tick' }));
  let cancelAsk = () => {};
  let cancelSave: (() => void) | undefined;
  let watched = false;
  /** The first question is asked whoever looks: the tray must not stand at “Unknown” until a locked screen is opened. */
  let asked = false;
  /** When somebody was surely here last, by the clock that only counts: started or woke Tally, or opened or closed its window. */
  let seenAt = clock.elapsed();
  let asking: Promise<TallyError | undefined> | undefined;
  /** The account or the token does not allow GET presence_status (a later addition): not asked again. */
  let askable = true;

  function apply(event: PresenceEvent): void {
    if (stopped.signal.aborted) return;
    const before = state;
    state = reducePresence(before, event, clock.now());
    alarm.set(nextDeadline(state));
    if (state === before) return;
    const begun = state.sending !== before.sending && state.sending;
    if (begun && !isTimed(before, begun)) saveLater();
    else save();
    if (begun) void send(begun);
    deps.changed();
    if (event.type === 'tick' && endedByZoom(before, state)) askIfSeen();
  }

  function save(): void {
    cancelSave?.();
    cancelSave = undefined;
    deps.save(state);
  }

  function saveLater(): void {
    cancelSave ??= clock.setTimeout(save, writeAfter);
  }

  async function send(change: PresenceChange): Promise<void> {
    const { status } = change;
    const duration = status === 'Do_Not_Disturb' ? wholeMinutes(lengthOf(change, clock.now())) : undefined;
    const body = { status, ...(duration !== undefined && { duration }) };
    const result = await zoom.call('updatePresenceStatus', { body }, { signal: stopped.signal });
    apply(
      result.ok
        ? { type: 'sent' }
        : { type: 'refused', error: lengthRefused(duration, result.error) ?? result.error },
    );
    if (waitsForZoomApp(state, clock.now())) scheduleAsk();
  }

  async function ask(): Promise<TallyError | undefined> {
    const askedAt = clock.now();
    const result = await zoom.call('userPresenceStatus', {}, { signal: stopped.signal });
    // Asking by hand may go well later: the scope can be added meanwhile.
    askable = result.ok || !['missing-scope', 'forbidden', 'not-found'].includes(result.error.kind);
    if (!result.ok) return result.error;
    const remainingMs = timeLeft(result.data, clock.now());
    apply({
      type: 'told',
      status: readStatus(result.data.status),
      askedAt,
      ...(remainingMs !== undefined && { remainingMs }),
    });
    return undefined;
  }

  /** Asks Zoom for the status now. Resolves with what went wrong, if anything did. */
  function check(): Promise<TallyError | undefined> {
    asked = true;
    asking ??= ask().finally(() => {
      asking = undefined;
      scheduleAsk();
    });
    return asking;
  }

  function scheduleAsk(): void {
    cancelAsk();
    if (!askable || stopped.signal.aborted) return;
    const usual = watched ? askEvery.watched : askEvery.unwatched;
    cancelAsk = clock.setTimeout(askIfSeen, waitsForZoomApp(state, clock.now()) ? askEvery.waiting : usual);
  }

  function nobodyLooks(): boolean {
    if (watched || !asked) return false;
    const found = attendance.look(away.after);
    return found === 'locked' || (found === 'idle' && clock.elapsed() - seenAt >= away.after);
  }

  function askIfSeen(): void {
    if (nobodyLooks()) waitForSomebody();
    else void check();
  }

  function waitForSomebody(): void {
    cancelAsk();
    const look = () => {
      if (nobodyLooks()) waitForSomebody();
      else askIfOld();
    };
    const stopLooking = clock.setTimeout(look, away.lookEvery);
    const stopListening = attendance.onUnlock(look);
    cancelAsk = () => {
      stopLooking();
      stopListening();
    };
  }

  /** Somebody begins to look. */
  function askIfOld(): void {
    if (askable && clock.now() - (state.checkedAt ?? 0) >= freshFor) void check();
    else scheduleAsk();
  }

  alarm.set(nextDeadline(state));
  // What was on the wire when the program ended is sent again: setting a status twice does no harm.
  if (state.sending) void send(state.sending);
  return {
    view: () => viewPresence(state),
    dispatch: apply as (event: Exclude<PresenceEvent, { type: 'sent' | 'refused' | 'told' }>) => void,
    check,
    /**
     * Whether a window shows the status: Zoom is asked at once and every five minutes then. Otherwise every ten, for the tray, and
     * not at all while nobody is there.
     */
    watch(now: boolean): void {
      if (now === watched) return;
      watched = now;
      seenAt = clock.elapsed();
      if (watched) askIfOld();
      else scheduleAsk();
    },
    /** After sleep or a clock change: deadlines are compared again, then Zoom is asked. */
    wake(): void {
      seenAt = clock.elapsed();
      apply({ type: 'tick' });
      if (askable) askIfSeen();
    },
    stop(): void {
      if (cancelSave) save();
      stopped.abort();
      alarm.set(undefined);
      cancelAsk();
    },
  };
}

/**
 * Whether a timer begins or ends with this change, or something is to follow a rule's. It must be on the disk before Zoom knows of
 * the change: only Tally remembers it, and a former one would undo the change after a restart. Which status it is, Zoom can tell
 * again.
 */
function isTimed({ current }: PresenceState, change: PresenceChange): boolean {
  const { lastsMs, until } = change;
  return [current.until, lastsMs, until, intentOf(change)].some((one) => one !== undefined);
}

/** As Zoom takes a length: what ends at 2:30 is not to end before it. Nothing Zoom would refuse comes of a clock that jumped. */
function wholeMinutes(ms: number | undefined): number | undefined {
  return ms === undefined
    ? undefined
    : Math.min(Math.max(Math.ceil(ms / 60_000), dndMinutes.min), dndMinutes.max);
}

type Answer = OperationTypes['userPresenceStatus']['result'];

/** What is left of do not disturb, in ms; Zoom may leave out either way of telling it, or both. */
function timeLeft({ end_time, remaining_time }: Answer, now: number): number | undefined {
  const ends = Date.parse(end_time ?? '');
  if (!Number.isNaN(ends)) return Math.max(ends - now, 0);
  // No schema has been over the answer.
  return typeof remaining_time === 'number' ? Math.max(remaining_time * 1_000, 0) : undefined;
}

/** The words for a short do not disturb that an account with Zoom's older rule refuses; undefined where that is not the reason. */
function lengthRefused(duration = formerDndMin, error: TallyError): TallyError | undefined {
  const { kind, zoom } = error;
  const isShort = duration < formerDndMin;
  if (!isShort || !zoom || (kind !== 'invalid-input' && kind !== 'refused')) return undefined;
  const { fields, message } = zoom;
  const names = fields.some(({ field }) => field === 'duration') || /duration|minutes/i.test(message);
  // An answer that names no field may mean any.
  if (!names && (fields.length > 0 || kind === 'refused')) return undefined;
  return tallyError(kind, `Zoom didn’t take so short a “${statusWord('Do_Not_Disturb')}”.`, {
    why: `Some Zoom accounts take ${formerDndMin} minutes or longer only.`,
    zoom,
  });
}

/** A timer without a status to restore is Zoom's own; only Zoom knows what comes after it. */
function endedByZoom(before: PresenceState, after: PresenceState): boolean {
  const { until, restoreTo } = before.current;
  return until !== undefined && restoreTo === undefined && after.current.until === undefined;
}
