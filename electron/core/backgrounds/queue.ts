import type { ListedFile, UploadAnswer, UploadQuestion } from '../../../shared/backgrounds.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { Reached } from '../http/failures.ts';
import type { Verdict } from '../media/inspect.ts';
import { type LeftOut, leftOutNote } from '../media/leave-out.ts';
import { shownName } from '../media/name.ts';
import { type Problem, passes } from '../media/problem.ts';
import type { Listing } from './list.ts';
import type { Print } from './queue-file.ts';
import { addKept, cancel, fail, listed, notDeleted, notListed, notSent, sent } from './queue-outcome.ts';
import { advance, undoFor } from './queue-plan.ts';
import {
  append,
  asksTurned,
  change,
  isFinal,
  type KeptFile,
  listChanged,
  type MadeFile,
  needList,
  type QueueState,
  sameAtZoom,
  type Upload,
  withUpload,
} from './queue-state.ts';

type VideoQuestion = Extract<UploadQuestion, { kind: 'video' }>;

/** What one look at a file told. `name` is what Zoom shall call it. */
type Inspected =
  | { readonly verdict: Extract<Verdict, { fit: 'no' }> }
  | {
      readonly verdict: Exclude<Verdict, { fit: 'no' }>;
      readonly name: string;
      readonly print: Print;
      readonly left?: LeftOut;
      /** Another video can be made of it. */
      readonly offer?: VideoQuestion;
    }
  /** Zoom does not take it, and another video can be made of it. */
  | {
      readonly verdict: Extract<Verdict, { fit: 'no' }>;
      readonly offer: VideoQuestion;
      readonly left?: LeftOut;
    };

/** The outcome of a job; one whose `run` is no longer that of the upload is ignored. */
type JobEvent = { readonly id: string; readonly run: number } & (
  | { readonly type: 'inspected'; readonly outcome: Inspected }
  | { readonly type: 'made'; readonly file: MadeFile }
  | ({ readonly type: 'making' } & NonNullable<Upload['making']>)
  | { readonly type: 'progress'; readonly sent: number }
  | { readonly type: 'replaced' }
  | { readonly type: 'not-deleted'; readonly error: TallyError }
  | { readonly type: 'sent'; readonly file: ListedFile | undefined }
  | { readonly type: 'not-sent'; readonly error: TallyError; readonly reached: Reached }
  /** Looking at the file, or making it fit, failed. */
  | { readonly type: 'unfit'; readonly error: TallyError }
);

export type QueueEvent =
  | JobEvent
  /** Inspects files and uploads those that fit, two at a time. */
  | { readonly type: 'add'; readonly paths: readonly string[] }
  /** Uploads contents that are known to be good. */
  | { readonly type: 'put'; readonly files: readonly KeptFile[] }
  /** It is known from elsewhere what content a background at Zoom has. */
  | { readonly type: 'recognized'; readonly id: string; readonly content: string }
  /** `copy` belongs to the background to be replaced. */
  | { readonly type: 'answer'; readonly id: string; readonly answer: UploadAnswer; readonly copy?: KeptFile }
  /** The same answer for all turned pictures, also for those that are still looked at. */
  | { readonly type: 'answer-turned'; readonly answer: 'fix' | 'send' | 'skip' }
  /** Ends an upload at any stage, at once. */
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'retry'; readonly id: string }
  /** Takes a finished upload out of the list. */
  | { readonly type: 'remove'; readonly id: string }
  | { readonly type: 'clear' }
  /** Reads Zoom's list anew. */
  | { readonly type: 'refresh' }
  | { readonly type: 'listed'; readonly listing: Listing; readonly round: number; readonly askedAt: number }
  | { readonly type: 'not-listed'; readonly error: TallyError }
  /** The person deleted backgrounds; `kept` can be uploaded again. */
  | { readonly type: 'deleted'; readonly ids: readonly string[]; readonly kept: readonly KeptFile[] }
  /** A part of a background takes its place; `copy` belongs to that. */
  | { readonly type: 'crop'; readonly id: string; readonly file: MadeFile; readonly copy?: KeptFile }
  /** Uploads again what was last deleted, as far as copies are kept. */
  | { readonly type: 'undo' }
  /** The connection is back. */
  | { readonly type: 'online' }
  /** Time may have passed. */
  | { readonly type: 'tick' };

/**
 * The whole logic of backgrounds, pure: `now` is the wall clock in epoch ms and may jump either way. The caller runs the
 * `job` of each upload and reports its outcome, ends those that are gone, and reads Zoom's list while `list.asking`.
 */
export function reduceQueue(state: QueueState, event: QueueEvent, now: number): QueueState {
  const next = apply(state, event, now);
  return next === state && event.type !== 'tick' ? state : advance(next, now);
}

function apply(state: QueueState, event: QueueEvent, now: number): QueueState {
  switch (event.type) {
    case 'add':
      return event.paths.reduce(add, withoutHold(state, 'offline'));
    case 'put':
      return event.files.reduce<QueueState>(
        (before, file) => addKept(before, file, []),
        withoutHold(state, 'offline'),
      );
    case 'answer':
      return withUpload(state, event.id, (upload) => answer(state, upload, event.answer, event.copy));
    case 'answer-turned':
      return answerTurned(state, event.answer);
    case 'cancel':
      return withUpload(state, event.id, (upload) => cancel(state, upload));
    case 'retry':
      return withUpload(state, event.id, (upload) => retry(state, upload));
    case 'remove':
      return without(state, (one) => one.id === event.id);
    case 'clear':
      return without(state, () => true);
    case 'recognized':
      return { ...state, contents: new Map(state.contents).set(event.id, event.content) };
    case 'refresh':
      return needList({ ...withoutHold(state, 'offline'), list: { ...state.list, unreadable: false } });
    case 'listed':
      return listed(state, event);
    case 'not-listed':
      return notListed(state, event.error, now);
    case 'deleted':
      return deleted(state, event.ids, event.kept, now);
    case 'crop':
      return crop(state, event);
    case 'undo':
      return undo(state);
    case 'online':
      return withoutHold(state, 'offline');
    case 'tick':
      return state;
    default: {
      const upload = state.uploads.find((one) => one.id === event.id);
      return upload?.job?.run === event.run ? report(state, upload, event, now) : state;
    }
  }
}

function report(state: QueueState, upload: Upload, event: JobEvent, now: number): QueueState {
  const { id } = upload;
  switch (event.type) {
    case 'inspected':
      return inspected(state, upload, event.outcome);
    case 'made': {
      const made = change(state, id, { job: undefined, made: event.file, making: undefined });
      if (!upload.agreed) return withUpload(made, id, (one) => showAfter(made, one, event.file));
      return withUpload(made, id, (one) => takeMade(made, one));
    }
    case 'unfit':
      // Nothing is wrong with the file itself, and nothing can be made of it.
      if (
        upload.question?.kind === 'fixable' &&
        upload.question.asIs &&
        !upload.agreed &&
        event.error.action !== 'retry'
      )
        return sendAsIs(state, upload);
      return change(state, id, { job: undefined, question: undefined, phase: 'refused', error: event.error });
    case 'making': {
      const { share, again } = event;
      return change(state, id, { making: { share, ...(again && { again }) } });
    }
    case 'progress': {
      const phase = event.sent >= upload.bytes ? 'zoom' : 'sending';
      return change(state, id, { sent: event.sent, phase });
    }
    case 'replaced': {
      const { replace } = upload;
      if (!replace) return state;
      const files = state.list.files.filter((file) => file.id !== replace.file.id);
      return listChanged(
        change(state, id, { job: undefined, phase: 'waiting', replace: { ...replace, deleted: true } }),
        files,
      );
    }
    case 'not-deleted':
      return notDeleted(state, upload, event.error, now);
    case 'sent':
      return sent(state, upload, event.file);
    case 'not-sent':
      return notSent(state, upload, { error: event.error, reached: event.reached, now });
  }
}

function add(state: QueueState, path: string): QueueState {
  const name = shownName(path) || 'Without a name';
  return append(state, { origin: path, path, name, bytes: 0, phase: 'inspecting', notes: [] });
}

function inspected(state: QueueState, upload: Upload, outcome: Inspected): QueueState {
  const { id } = upload;
  const { verdict } = outcome;
  if (verdict.fit === 'no' && 'offer' in outcome) {
    const { offer: question, left } = outcome;
    const look = { facts: verdict.facts, bytes: question.before.bytes, left };
    return change(state, id, { ...look, job: undefined, phase: 'question', question });
  }
  if (verdict.fit === 'no') {
    const error = problemError(verdict.problem);
    const { facts } = verdict;
    const bytes = facts?.bytes ?? upload.bytes;
    return change(state, id, { job: undefined, phase: 'refused', error, facts, bytes });
  }
  if (!('print' in outcome)) return state;
  const { name, print, left, offer: another } = outcome;
  const { facts } = verdict;
  if (print.size !== facts.bytes) return fail(state, id, fileChanged);
  const look = { job: undefined, ifTurned: undefined, name, print, left, facts, bytes: print.size };
  // Other content than that of the upload in doubt: it is a new one.
  const other = upload.print?.sha256 !== print.sha256 ? { doubt: undefined, before: undefined } : {};
  const more = left ? [leftOutNote(left.what)] : [];
  if (verdict.fit === 'fixable') {
    const { problem, words, plan } = verdict;
    const asked = { words: `${problem.words} ${words}`, before: facts };
    const question = { kind: 'fixable', fix: plan.kind, ...asked } as const;
    return change(state, id, { ...look, ...other, phase: 'question', question, plan, notes: more });
  }
  const { notes, doubts, offer } = verdict;
  const known = { ...look, ...other, doubts };
  if (another) return change(state, id, { ...known, phase: 'question', question: another, notes: more });
  if (!offer) {
    const next = change(state, id, { ...known, notes: [...notes, ...more] });
    return withUpload(next, id, (one) => ready(next, one));
  }
  const { plan, words } = offer;
  const behind = plan.behind === undefined ? {} : { behind: plan.behind };
  const question = { kind: 'fixable', fix: plan.kind, words, before: facts, asIs: true, ...behind } as const;
  const others = [...notes.filter((note) => note !== words), ...more];
  const asked = change(state, id, { ...known, phase: 'question', question, plan, notes: others });
  const { ifTurned } = upload;
  if (ifTurned === undefined || plan.kind !== 'turn') return asked;
  return withUpload(asked, id, (one) => answer(asked, one, ifTurned));
}

function answerTurned(state: QueueState, ifTurned: 'fix' | 'send' | 'skip'): QueueState {
  return state.uploads.reduce((now, { id }) => {
    const upload = now.uploads.find((one) => one.id === id);
    if (upload && asksTurned(upload)) return answer(now, upload, ifTurned);
    return upload?.phase === 'inspecting' && !upload.agreed ? change(now, id, { ifTurned }) : now;
  }, state);
}

type Fixable = Extract<UploadQuestion, { kind: 'fixable' }>;

/** A file's problem, with the way out: to try again where that may help. */
export function problemError(problem: Problem): TallyError {
  const { words, why } = problem;
  const again = passes(problem) ? ({ action: 'retry' } as const) : {};
  return tallyError('file', words, { ...again, ...(why !== undefined && { why }) });
}

/** Why an upload fails whose file is no longer the one that was looked at. */
export const fileChanged = tallyError('file', 'The file changed after Tally had looked at it.', {
  action: 'retry',
});

function showAfter(state: QueueState, { id, question }: Upload, made: MadeFile): QueueState {
  if (question?.kind !== 'fixable') return state;
  return change(state, id, { question: { ...question, after: made.facts } });
}

function takeMade(state: QueueState, { id, made }: Upload): QueueState {
  if (!made) return state;
  const { path, name, print, facts } = made;
  const look = { path, name, print, facts, bytes: print.size, left: undefined };
  const next = change(state, id, { ...look, question: undefined, agreed: undefined, settled: true });
  return withUpload(next, id, (one) => ready(next, one));
}

/** Good and wanted: asks when the same content is there already, checks when it may be, and waits to be sent. */
function ready(state: QueueState, upload: Upload): QueueState {
  const { id } = upload;
  const same = upload.anyway ? undefined : sameContent(state, upload);
  if (same !== undefined) {
    return change(state, id, { phase: 'question', question: { kind: 'duplicate', of: same } });
  }
  const fields = { question: undefined, error: undefined };
  if (!upload.doubt) return change(state, id, { ...fields, phase: 'waiting' });
  return needList(change(state, id, { ...fields, phase: 'checking', again: true }));
}

/** Name of what has the same content, in the queue or at Zoom. */
function sameContent(state: QueueState, upload: Upload): string | undefined {
  const { id, print } = upload;
  if (!print) return undefined;
  const queued = state.uploads.find(
    (one) => one.id !== id && !isFinal(one) && one.print?.sha256 === print.sha256,
  );
  return sameAtZoom(state, upload)?.name ?? queued?.name;
}

function answer(state: QueueState, upload: Upload, given: UploadAnswer, copy?: KeptFile): QueueState {
  const { id, question, phase } = upload;
  if (phase !== 'question' || !question) return state;
  if (given === 'skip') return cancel(state, upload);
  if (question.kind === 'fixable') return answerFixable(state, upload, question, given);
  if (question.kind === 'video') return answerVideo(state, upload, question, given);
  if (given === 'send' && question.kind === 'duplicate') {
    const next = change(state, id, { anyway: true });
    return withUpload(next, id, (one) => ready(next, one));
  }
  if (typeof given !== 'object' || !('replace' in given) || question.kind !== 'quota') return state;
  const file = state.list.files.find((one) => one.id === given.replace);
  const taken = state.uploads.some((one) => one.replace?.file.id === given.replace);
  if (!file || taken) return state;
  const replace = { file, deleted: false, ...(copy && { copy }) };
  return change(state, id, { phase: 'waiting', question: undefined, replace });
}

function answerFixable(
  state: QueueState,
  upload: Upload,
  { after: _, ...question }: Fixable,
  given: UploadAnswer,
): QueueState {
  const { id, made, plan } = upload;
  if (given === 'fix')
    return made ? takeMade(state, upload) : change(state, id, { phase: 'inspecting', agreed: true });
  if (given === 'send' && question.asIs) return sendAsIs(state, upload);
  if (typeof given !== 'object' || 'replace' in given || 'video' in given || !plan) return state;
  // Another copy: what is made now ends with its job.
  const anew = { job: undefined, made: undefined, plan: { ...plan, ...given } };
  return change(state, id, { ...anew, question: 'behind' in given ? { ...question, ...given } : question });
}

function answerVideo(
  state: QueueState,
  upload: Upload,
  question: VideoQuestion,
  given: UploadAnswer,
): QueueState {
  if (given === 'send' && question.asIs) return sendAsIs(state, upload);
  if (typeof given !== 'object' || !('video' in given)) return state;
  const agreed = { cut: given.video, agreed: true, making: { share: 0 } } as const;
  return change(state, upload.id, { ...agreed, phase: 'making', question: undefined, doubts: undefined });
}

function sendAsIs(state: QueueState, { id, notes, question }: Upload): QueueState {
  const asked = question?.kind === 'fixable' || question?.kind === 'video';
  const said = asked ? [question.words, ...notes] : notes;
  const next = change(state, id, { job: undefined, made: undefined, plan: undefined, notes: said });
  return withUpload(next, id, (one) => ready(next, one));
}

function retry(state: QueueState, upload: Upload): QueueState {
  const { id, phase } = upload;
  if (phase !== 'failed' && phase !== 'cancelled' && phase !== 'refused') return state;
  // One that Zoom has taken in spite of the cancelling is there.
  if (upload.fileId !== undefined) return state;
  const next = change({ ...withoutHold(state, 'offline'), tries: 0 }, id, {
    error: undefined,
    full: undefined,
    notes: [],
    doubts: undefined,
    cut: undefined,
    making: undefined,
  });
  const { origin, path, error, settled } = upload;
  if (settled && (origin === path || error?.kind !== 'file')) {
    return withUpload(next, id, (one) => ready(next, one));
  }
  // The file may have changed meanwhile, or what was made of it may be gone.
  const anew = { path: origin, settled: undefined, made: undefined, agreed: undefined };
  return change(next, id, { ...anew, phase: 'inspecting' });
}

function deleted(
  state: QueueState,
  ids: readonly string[],
  kept: readonly KeptFile[],
  now: number,
): QueueState {
  const gone = new Set(ids);
  const files = state.list.files.filter((file) => !gone.has(file.id));
  const contents = new Map([...state.contents].filter(([id]) => !gone.has(id)));
  // What the person deleted by hand is not put back for a failed upload.
  const uploads = state.uploads.map((one) => {
    const { replace, ...rest } = one;
    return replace && !replace.deleted && gone.has(replace.file.id) && one.job?.kind !== 'delete'
      ? rest
      : one;
  });
  const { undo: _, ...rest } = state;
  const undoable = kept.length > 0 ? { undo: { until: now + undoFor, files: kept } } : {};
  return listChanged({ ...rest, contents, uploads, ...undoable }, files);
}

function crop(
  state: QueueState,
  { id, file, copy }: { readonly id: string; readonly file: MadeFile; readonly copy?: KeptFile },
): QueueState {
  const old = state.list.files.find((one) => one.id === id);
  const taken = state.uploads.some((one) => one.replace?.file.id === id);
  if (!old || taken) return state;
  const replace = { file: old, deleted: false, ...(copy && { copy }) };
  const sent = { ...file, origin: file.path, bytes: file.print.size, notes: [] };
  return append(state, { ...sent, phase: 'waiting', settled: true, anyway: true, replace });
}

function undo(state: QueueState): QueueState {
  if (!state.undo) return state;
  const { undo: given, ...rest } = state;
  return given.files.reduce<QueueState>((before, file) => addKept(before, file, []), rest);
}

/** Finished uploads leave the list, but for those that may have something to put back. */
function without(state: QueueState, chosen: (upload: Upload) => boolean): QueueState {
  const uploads = state.uploads.filter((one) => !(chosen(one) && isFinal(one) && !one.replace));
  return uploads.length === state.uploads.length ? state : { ...state, uploads };
}

function withoutHold(state: QueueState, why: 'offline'): QueueState {
  if (state.hold?.why !== why) return state;
  const { hold: _, ...rest } = state;
  return { ...rest, tries: 0 };
}
