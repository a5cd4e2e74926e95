import { fail } from './queue-outcome.ts';
import {
  change,
  freePlaces,
  isFinal,
  isOnTheWay,
  isTwin,
  type Job,
  needList,
  type QueueState,
  sameAtZoom,
  type Upload,
} from './queue-state.ts';

/** How many files are looked at, and how many are sent, at the same time. */
const atOnce = 2;
/** For how long Zoom's list is believed before something is sent, in ms. */
const fresh = 60_000;
/** How long a deletion can be undone, in ms. */
export const undoFor = 60_000;

/** Begins whatever can begin: called after each event. `now` is the wall clock in epoch ms and may jump. */
export function advance(state: QueueState, now: number): QueueState {
  const timed = endTimes(state, now);
  return plan(askList(startLooking(timed), now), now);
}

/** The next instant at which `advance` changes something by itself; undefined when nothing is pending. */
export function nextDeadline({ hold, undo }: QueueState): number | undefined {
  if (!hold || !undo) return hold?.until ?? undo?.until;
  return Math.min(hold.until, undo.until);
}

function endTimes(state: QueueState, now: number): QueueState {
  const { hold, undo, ...rest } = state;
  // A clock set back must not hold for longer than was meant.
  const holds = hold && now < hold.until && now >= hold.since;
  const undoable = undo && now < undo.until && undo.until - now <= undoFor;
  if (Boolean(holds) === Boolean(hold) && Boolean(undoable) === Boolean(undo)) return state;
  return { ...rest, ...(holds && { hold }), ...(undoable && { undo }) };
}

function startJob(
  state: QueueState,
  id: string,
  kind: Job['kind'],
  fields: Parameters<typeof change>[2] = {},
): QueueState {
  const count = state.count + 1;
  return change({ ...state, count }, id, { ...fields, job: { kind, run: count } });
}

function startLooking(state: QueueState): QueueState {
  const looking = (kind: Job['kind'] | undefined) => kind === 'inspect' || kind === 'make';
  const wants = (upload: Upload): Job['kind'] | undefined => {
    if (upload.job || isFinal(upload)) return undefined;
    if (upload.question?.kind === 'fixable') return upload.made ? undefined : 'make';
    if (upload.phase === 'making') return upload.made ? undefined : 'make';
    return upload.phase === 'inspecting' ? 'inspect' : undefined;
  };
  // A video takes minutes, and nothing of what the others need.
  const looked = state.uploads.filter(({ phase, job }) => phase !== 'making' && looking(job?.kind));
  let free = atOnce - looked.length;
  let next = state;
  // All are looked at before any is made to fit, so that every question is asked early.
  for (const kind of ['inspect', 'make'] as const) {
    for (const upload of state.uploads) {
      const isVideo = upload.phase === 'making';
      if ((free <= 0 && !isVideo) || wants(upload) !== kind) continue;
      next = startJob(next, upload.id, kind);
      if (!isVideo) free -= 1;
    }
  }
  return next;
}

function isFresh({ list }: QueueState, now: number): boolean {
  return list.askedAt !== undefined && now - list.askedAt <= fresh && now >= list.askedAt;
}

function askList(state: QueueState, now: number): QueueState {
  let next = state;
  const waits = state.uploads.some((one) => one.phase === 'waiting');
  const busy = state.uploads.some(isOnTheWay);
  const { list } = state;
  const asked = list.asking || list.needs > list.round;
  const stale = waits && !isFresh(state, now) && !list.unreadable;
  if (!asked && (stale || (list.later && !waits && !busy))) next = needList(next);
  if (next.hold || next.list.asking || next.list.needs <= next.list.round) return next;
  const phase = list.phase === 'ready' ? 'ready' : 'loading';
  return { ...next, list: { ...next.list, phase, asking: true, round: list.round + 1, later: false } };
}

/** Decides for each waiting file in turn: send it, delete what it replaces, let it wait, or ask which one to replace. */
function plan(state: QueueState, now: number): QueueState {
  if (state.hold || !(isFresh(state, now) || state.list.unreadable)) return state;
  const waiting = state.uploads.filter((one) => one.phase === 'waiting');
  let next = waiting.reduce(askAgain, waiting.reduce(settleReplaced, state));
  let places = freePlaces(next);
  let free = atOnce - next.uploads.filter(({ job }) => job?.kind === 'send' || job?.kind === 'delete').length;
  for (const upload of next.uploads) {
    if (upload.phase !== 'waiting' && !asksWhichToReplace(upload)) continue;
    const step = stepFor(next, upload, { places, free });
    if (step === 'send' || step === 'delete') free -= 1;
    if (!upload.replace && step !== 'ask') places -= 1;
    next = take(next, upload, step);
  }
  return next;
}

type Step = 'send' | 'delete' | 'ask' | 'wait' | 'stay';

function stepFor(
  { uploads }: QueueState,
  upload: Upload,
  { places, free }: { readonly places: number; readonly free: number },
): Step {
  if (upload.replace && !upload.replace.deleted) return free > 0 ? 'delete' : 'stay';
  if (!upload.replace && places <= 0) return 'ask';
  const taken = uploads.some((one) => one.id !== upload.id && isOnTheWay(one) && isTwin(one, upload));
  return free > 0 && !taken ? 'send' : 'wait';
}

function take(state: QueueState, upload: Upload, step: Step): QueueState {
  const { id } = upload;
  const asked = asksWhichToReplace(upload);
  if (step === 'ask' && !asked) {
    return change(state, id, { phase: 'question', question: { kind: 'quota' } });
  }
  if (step === 'wait' && asked) return change(state, id, { phase: 'waiting', question: undefined });
  if (step === 'delete')
    return startJob(state, id, 'delete', { phase: 'sending', sent: 0, error: undefined });
  if (step !== 'send') return state;
  return startJob(state, id, 'send', {
    phase: 'sending',
    question: undefined,
    sent: 0,
    error: undefined,
    before: upload.doubt ? upload.before : new Set(state.list.files.map((file) => file.id)),
  });
}

function asksWhichToReplace({ phase, question }: Upload): boolean {
  return phase === 'question' && question?.kind === 'quota';
}

/** A background that is to be replaced and is no longer listed needs no deleting; one that Zoom keeps stays. */
function settleReplaced(state: QueueState, upload: Upload): QueueState {
  const { replace } = upload;
  if (!replace || replace.deleted) return state;
  const { refusal, ...rest } = replace;
  const listed = state.list.files.some((file) => file.id === replace.file.id);
  if (!listed && !state.list.unreadable) {
    return change(state, upload.id, { replace: { ...rest, deleted: true } });
  }
  return refusal ? fail(change(state, upload.id, { replace: undefined }), upload.id, refusal) : state;
}

/** A file may have been looked at before it was known what Zoom has. */
function askAgain(state: QueueState, { id }: Upload): QueueState {
  const upload = state.uploads.find((one) => one.id === id);
  const same = upload?.phase === 'waiting' && !upload.anyway ? sameAtZoom(state, upload) : undefined;
  if (!same) return state;
  return change(state, id, { phase: 'question', question: { kind: 'duplicate', of: same.name } });
}
