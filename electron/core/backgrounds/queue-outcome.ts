import type { ListedFile, PauseReason } from '../../../shared/backgrounds.ts';
import { type ErrorKind, type TallyError, tallyError } from '../../../shared/errors.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import type { Reached } from '../http/failures.ts';
import type { Listing } from './list.ts';
import {
  append,
  change,
  findAtZoom,
  isFinal,
  type KeptFile,
  listChanged,
  needList,
  type QueueState,
  type Upload,
  withUpload,
} from './queue-state.ts';

/** Waits without an instant from Zoom are 5, 10, 20, 40 and then 60 s. */
const firstWait = 5_000;
const longestWait = 60_000;
/** Holds in a row until the person is asked: a quarter of an hour offline, about a minute where Zoom has trouble. */
const mostTries: Readonly<Record<PauseReason, number>> = { offline: 18, limit: 18, 'zoom-down': 4 };
/** What a pause may help against. */
const pauseFor: { readonly [K in ErrorKind]?: PauseReason } = {
  network: 'offline',
  timeout: 'offline',
  'rate-limit': 'limit',
  'minute-limit': 'limit',
  'zoom-down': 'zoom-down',
  'bad-answer': 'zoom-down',
};
/** A limit that lasts longer, in ms, is reported and not waited for. */
const patience = 15 * 60_000;

/** Zoom took the file. `file` is missing where its answer does not tell which one it is now. */
export function sent(state: QueueState, upload: Upload, file: ListedFile | undefined): QueueState {
  const listed = file ? [...state.list.files.filter((one) => one.id !== file.id), file] : state.list.files;
  const next = listChanged({ ...state, tries: 0 }, listed);
  return arrived(next, upload, file?.id);
}

function arrived(state: QueueState, upload: Upload, fileId: string | undefined): QueueState {
  const { id, print } = upload;
  const contents = new Map(state.contents);
  if (fileId !== undefined && print) contents.set(fileId, print.sha256);
  return change({ ...state, contents }, id, {
    ...over,
    phase: 'done',
    fileId,
    error: undefined,
    doubt: undefined,
    replace: undefined,
  });
}

const over = { job: undefined, question: undefined, again: undefined, sent: undefined } as const;

/** The upload is over without success. What it replaced is put back as far as possible. */
export function fail(state: QueueState, id: string, error: TallyError): QueueState {
  return settleReplacement(change(state, id, { ...over, phase: 'failed', error }), id);
}

/** The person called it off; where bytes were sent, Zoom's list has to tell whether it came too late. */
export function cancel(state: QueueState, upload: Upload): QueueState {
  if (isFinal(upload)) return state;
  const doubt = upload.doubt === true || (upload.job?.kind === 'send' && (upload.sent ?? 0) > 0);
  const next = change(state, upload.id, {
    ...over,
    phase: 'cancelled',
    error: undefined,
    doubt: doubt || undefined,
  });
  return settleReplacement(doubt ? needList(next) : next, upload.id);
}

/** An upload did not succeed. */
export function notSent(
  state: QueueState,
  upload: Upload,
  { error, reached, now }: { error: TallyError; reached: Reached; now: number },
): QueueState {
  const { id } = upload;
  const back = change(state, id, { ...over, phase: 'waiting' });
  if (error.kind === 'file') return saysFull(error) ? full(state, upload, error) : fail(state, id, error);
  if (reached === 'perhaps') return doubtful(state, upload, error);
  if (error.kind === 'daily-limit') return failWaiting(back, error);
  const why = pauseFor[error.kind];
  const isTooLong = why === 'limit' && (error.retryAt ?? now) - now > patience;
  // A proxy that answered has not passed it on.
  const isRefused = why === 'offline' && error.zoom !== undefined;
  if (!why || why === 'zoom-down' || isTooLong || isRefused) return fail(state, id, error);
  return hold(back, why, error, now);
}

/** Never sent again by itself from here: Zoom may have it. */
function doubtful(state: QueueState, { id }: Upload, error: TallyError): QueueState {
  return needList(change(state, id, { ...over, phase: 'checking', doubt: true, error }));
}

function saysFull({ zoom }: TallyError): boolean {
  return zoom?.code === 120 && /maximum of \d+/i.test(zoom.message);
}

/** Someone else took the place: the list is read anew, and tells again whether there is one. Once only. */
function full(state: QueueState, upload: Upload, error: TallyError): QueueState {
  if (upload.full || state.list.unreadable) return fail(state, upload.id, error);
  return stale(change(state, upload.id, { ...over, phase: 'waiting', full: true }));
}

function stale(state: QueueState): QueueState {
  const { askedAt: _, ...list } = state.list;
  return needList({ ...state, list });
}

/** The background to be replaced could not be deleted. */
export function notDeleted(state: QueueState, upload: Upload, error: TallyError, now: number): QueueState {
  const { id, replace } = upload;
  const back = change(state, id, { ...over, phase: 'waiting' });
  const why = pauseFor[error.kind];
  if (why) return hold(back, why, error, now);
  const gone = error.kind === 'invalid-input' || error.kind === 'not-found' || error.kind === 'refused';
  if (!gone) return fail(change(state, id, { replace: undefined }), id, error);
  // Zoom says the same to a background that it has deleted before.
  return stale(change(back, id, { replace: replace && { ...replace, refusal: error } }));
}

/** Zoom's list as it was asked for in `round`; one that is too old is dropped. */
export function listed(
  state: QueueState,
  { listing, round, askedAt }: { listing: Listing; round: number; askedAt: number },
): QueueState {
  const { error: _, ...list } = state.list;
  if (round < list.needs) return { ...state, list: { ...state.list, asking: false } };
  const ids = new Set(listing.files.map((file) => file.id));
  const kept = [...state.contents].filter(([id]) => ids.has(id));
  const contents = kept.length === state.contents.size ? state.contents : new Map(kept);
  const known = { ...list, ...listing, phase: 'ready', askedAt, asking: false, unreadable: false } as const;
  const next = { ...state, contents, list: known };
  return next.uploads.reduce<QueueState>(
    (before, { id }) => withUpload(before, id, (upload) => compare(before, upload)),
    next,
  );
}

function compare(state: QueueState, upload: Upload): QueueState {
  const { id, phase, doubt, fileId } = upload;
  const open =
    phase === 'checking' || (isFinal(upload) && fileId === undefined && (doubt || phase === 'done'));
  const found = open ? findAtZoom(state, upload) : undefined;
  if (found && phase === 'cancelled') {
    const claimed = arrived(state, upload, found.id);
    const notes = [...upload.notes, 'Zoom had taken it already: it is among your backgrounds.'];
    return change(claimed, id, { phase: 'cancelled', notes });
  }
  if (found) return arrived(state, upload, found.id);
  if (phase === 'checking') {
    if (upload.again) return change(state, id, { phase: 'waiting', again: undefined, error: undefined });
    return settleByList(fail(state, id, brokenOff(upload.error, notThere)), id);
  }
  return settleByList(state, id);
}

const notThere = 'Zoom doesn’t list it, so it can be sent again.';
const unchecked = 'Whether Zoom has it couldn’t be found out.';

/** An upload that broke off, and what is known of it since. */
function brokenOff(error: TallyError | undefined, why: string): TallyError {
  return { ...(error ?? tallyError('network', 'The upload broke off.')), why, action: 'retry' };
}

/** Zoom's list could not be read. */
export function notListed(state: QueueState, error: TallyError, now: number): QueueState {
  const { askedAt: _, ...list } = state.list;
  const next: QueueState = { ...state, list: { ...list, phase: 'failed', error, asking: false } };
  const needed = next.uploads.some(
    (one) => one.phase === 'waiting' || one.phase === 'checking' || (isFinal(one) && one.replace),
  );
  const why = pauseFor[error.kind];
  if (why) return needed ? hold(next, why, error, now) : next;
  return hidden.includes(error.kind) ? withoutList(next) : failWaiting(next, error);
}

/** What Zoom says where it never tells an account's list. */
const hidden: readonly ErrorKind[] = ['missing-scope', 'forbidden', 'not-found', 'refused'];

/** The account does not show its list: what can be done without it is done. */
function withoutList(state: QueueState): QueueState {
  const next = { ...state, list: { ...state.list, unreadable: true, later: false } };
  return next.uploads.reduce((before, upload) => {
    if (upload.phase === 'checking') {
      // Sent again only because the person, who was told, asked for it.
      return upload.again
        ? change(before, upload.id, { phase: 'waiting', again: undefined })
        : fail(before, upload.id, brokenOff(upload.error, unchecked));
    }
    if (!isFinal(upload) || !upload.replace) return before;
    return upload.replace.deleted
      ? putBack(before, upload)
      : change(before, upload.id, { replace: undefined });
  }, next);
}

/** Nothing is sent for a while. After too many such waits in a row the person is asked instead. */
function hold(state: QueueState, why: PauseReason, error: TallyError, now: number): QueueState {
  const tries = state.hold ? state.tries : state.tries + 1;
  if (tries > mostTries[why]) return failWaiting({ ...state, tries: 0 }, error);
  const wait = Math.min(firstWait * 2 ** (tries - 1), longestWait);
  const until = Math.max(error.retryAt ?? now + wait, now + 1_000, state.hold?.until ?? 0);
  return stale({ ...state, tries, hold: { why, since: state.hold?.since ?? now, until } });
}

function failWaiting(state: QueueState, error: TallyError): QueueState {
  return state.uploads.reduce((before, upload) => {
    if (upload.phase === 'waiting') return fail(before, upload.id, error);
    return upload.phase === 'checking' ? fail(before, upload.id, brokenOff(upload.error, unchecked)) : before;
  }, state);
}

/** Puts back at once what was surely deleted for an upload that surely failed; otherwise Zoom's list decides. */
function settleReplacement(state: QueueState, id: string): QueueState {
  const upload = state.uploads.find((one) => one.id === id);
  if (!upload?.replace) return state;
  return upload.replace.deleted && !upload.doubt ? putBack(state, upload) : needList(state);
}

function settleByList(state: QueueState, id: string): QueueState {
  const upload = state.uploads.find((one) => one.id === id);
  if (!upload?.replace || !isFinal(upload)) return state;
  const there = state.list.files.some((file) => file.id === upload.replace?.file.id);
  return there ? change(state, id, { replace: undefined }) : putBack(state, upload);
}

function putBack(state: QueueState, upload: Upload): QueueState {
  const { id, name, notes, replace } = upload;
  if (!replace) return state;
  const removed = `${quoted(replace.file.name)} was removed to make room for it`;
  const note = replace.copy
    ? `${removed} and is put back.`
    : `${removed} and can’t be put back: Tally has no copy of it.`;
  const next = change(state, id, { replace: undefined, notes: [...notes, note] });
  if (!replace.copy) return next;
  return addKept(next, replace.copy, [`Put back, as ${quoted(name)} didn’t take its place.`]);
}

/** Adds a kept copy to the queue; nothing is asked about it. */
export function addKept(state: QueueState, file: KeptFile, notes: readonly string[]): QueueState {
  return append(state, {
    ...file,
    origin: file.path,
    bytes: file.print.size,
    phase: 'waiting',
    notes,
    settled: true,
    anyway: true,
  });
}
