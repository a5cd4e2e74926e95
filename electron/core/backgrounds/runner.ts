import type { BackgroundsView, ListedFile, UploadAnswer } from '../../../shared/backgrounds.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { createAlarm } from '../lib/alarm.ts';
import type { Clock } from '../ports.ts';
import { createJobs, type JobsDeps } from './jobs.ts';
import { createListReader } from './list.ts';
import { type QueueEvent, reduceQueue } from './queue.ts';
import type { Print } from './queue-file.ts';
import { nextDeadline } from './queue-plan.ts';
import {
  initialQueue,
  isFinal,
  type KeptFile,
  type MadeFile,
  type QueueState,
  type Upload,
} from './queue-state.ts';
import type { KnownContents } from './stored.ts';
import { keptCopyOf, viewQueue } from './view.ts';

/** Progress is shown so long after it was made, with what was made meanwhile, in ms: to draw it takes time from the sending. */
const progressEvery = 100;

/** An upload that has just got its place at Zoom. */
export interface Arrived extends Pick<Upload, 'origin' | 'path' | 'name' | 'facts' | 'left'> {
  readonly print: Print;
}

/** A background at Zoom, and its content (sha256) where that is known. */
export interface KnownFile {
  readonly file: ListedFile;
  readonly content?: string;
}

export interface BackgroundsRunnerDeps extends Omit<JobsDeps, 'report'> {
  /** Keeps what has arrived on this computer; false when it could not. */
  keep(arrived: Arrived): Promise<boolean>;
  readonly clock: Clock;
  /** What was last saved for this account. */
  readonly contents: KnownContents;
  /** Called when it is known of another background what its content is. Must not throw. */
  save(contents: KnownContents): void;
  changed(view: BackgroundsView): void;
}

type PlainEvent = Extract<
  QueueEvent,
  {
    type:
      | 'add'
      | 'recognized'
      | 'answer-turned'
      | 'cancel'
      | 'retry'
      | 'remove'
      | 'clear'
      | 'undo'
      | 'online'
      | 'tick';
  }
>;

/** Runs the queue against Zoom and the disk. */
export function createBackgroundsRunner(deps: BackgroundsRunnerDeps) {
  const { clock, zoom, copies } = deps;
  const stopped = new AbortController();
  let state = initialQueue(deps.contents);
  let reading = 0;
  const askForList = createListReader(zoom, stopped.signal);
  const jobs = createJobs({ ...deps, report: dispatch });
  const waiters: (() => void)[] = [];
  /** Those who wait for uploads to end. */
  const parties = new Set<() => void>();
  const alarm = createAlarm(clock, () => dispatch({ type: 'tick' }));
  let cancelProgress: (() => void) | undefined;

  function dispatch(event: QueueEvent): void {
    if (stopped.signal.aborted) return;
    const before = state;
    state = reduceQueue(before, event, clock.now());
    alarm.set(nextDeadline(state));
    if (state === before) return;
    jobs.keepUp(state.uploads);
    if (state.list.asking && state.list.round !== reading) void readList(state.list.round);
    if (state.contents !== before.contents) deps.save(state.contents);
    keepNew(before);
    const counts = event.type === 'progress' || event.type === 'making';
    if (counts && phaseOf(before, event.id) === phaseOf(state, event.id)) showProgress();
    else deps.changed(view());
    answerWaiters();
    for (const look of parties) look();
  }

  function showProgress(): void {
    cancelProgress ??= clock.setTimeout(() => {
      cancelProgress = undefined;
      deps.changed(view());
    }, progressEvery);
  }

  const keptCopy = (id: string) => keptCopyOf(state, copies, id);
  const view = () => viewQueue(state, copies);

  async function readList(round: number): Promise<void> {
    reading = round;
    const askedAt = clock.now();
    const answer = await askForList();
    if ('error' in answer) dispatch({ type: 'not-listed', error: answer.error });
    else dispatch({ type: 'listed', listing: answer, round, askedAt });
  }

  function answerWaiters(): void {
    const { asking, needs, round } = state.list;
    if (asking || (needs > round && !state.hold)) return;
    for (const answer of waiters.splice(0)) answer();
  }

  /** Reads Zoom's list. Resolves with what went wrong, if anything did. */
  function refresh(): Promise<TallyError | undefined> {
    if (stopped.signal.aborted) return Promise.resolve(ended);
    const answered = new Promise<void>((done) => waiters.push(done));
    dispatch({ type: 'refresh' });
    return answered.then(() => (stopped.signal.aborted ? ended : state.list.error));
  }

  /** Keeps a copy of each upload that has just got its place at Zoom. */
  function keepNew(before: QueueState): void {
    for (const upload of state.uploads) {
      const { id, fileId, print } = upload;
      const isNew = fileId !== undefined && before.uploads.find((one) => one.id === id)?.fileId === undefined;
      if (!isNew || !print) continue;
      void deps.keep({ ...upload, print }).then((kept) => {
        if (kept && !stopped.signal.aborted) deps.changed(view());
      });
    }
  }

  /** Uploads contents that are known to be good. Resolves when all of it is over, with what went wrong first. */
  function put(files: readonly KeptFile[]): Promise<TallyError | undefined> {
    const former = state.uploads.length;
    dispatch({ type: 'put', files });
    const left = new Set(state.uploads.slice(former).map(({ id }) => id));
    let error: TallyError | undefined;
    const settle = (id: string) => {
      const upload = state.uploads.find((one) => one.id === id);
      if (upload && !isFinal(upload)) return;
      left.delete(id);
      if (upload?.phase !== 'done') error ??= upload?.error ?? leftOut;
    };
    return new Promise((resolve) => {
      const look = () => {
        left.forEach(settle);
        if (left.size > 0 && !stopped.signal.aborted) return;
        parties.delete(look);
        resolve(stopped.signal.aborted ? ended : error);
      };
      parties.add(look);
      look();
    });
  }

  /** Deletes backgrounds at Zoom in one call. Resolves with what went wrong, if anything did. */
  async function deleteFiles(ids: readonly string[], undoable = true): Promise<TallyError | undefined> {
    const chosen = [...new Set(ids)];
    if (chosen.length === 0) return undefined;
    const files = chosen.map((id) => state.list.files.find((file) => file.id === id));
    if (files.some((file) => file === undefined)) {
      return tallyError('invalid-input', 'One of these backgrounds is no longer there.');
    }
    const kept = undoable ? chosen.map(keptCopy).filter((one) => one !== undefined) : [];
    const query = { file_ids: chosen.join(',') };
    const result = await zoom.call('delUserVB', { query }, { signal: stopped.signal });
    if (!result.ok) {
      // It may have worked all the same: the list tells.
      const failed = await refresh();
      if (failed || state.list.files.some((file) => chosen.includes(file.id))) return result.error;
    }
    dispatch({ type: 'deleted', ids: chosen, kept });
    return undefined;
  }

  return {
    view,
    refresh,
    /** Takes what needs nothing but the queue; `tick` after sleep or a clock change, as deadlines are compared again then. */
    dispatch: (event: PlainEvent) => dispatch(event),
    /** Answers the question of an upload; an answer that does not belong to it changes nothing. */
    answer(id: string, answer: UploadAnswer): void {
      const copy = typeof answer === 'object' && 'replace' in answer ? keptCopy(answer.replace) : undefined;
      dispatch({ type: 'answer', id, answer, ...(copy && { copy }) });
    },
    /** Where the content of a background (its local copy) or of an upload is on this computer. */
    fileOf: (kind: 'background' | 'upload', id: string) =>
      kind === 'background' ? keptCopy(id)?.path : state.uploads.find((one) => one.id === id)?.path,
    /** What Zoom calls a background. */
    nameOf: (id: string) => state.list.files.find((file) => file.id === id)?.name ?? '',
    /** Puts a part of a background in its place. */
    crop(id: string, file: MadeFile): void {
      const copy = keptCopy(id);
      dispatch({ type: 'crop', id, file, ...(copy && { copy }) });
    },
    delete: deleteFiles,
    put,
    /** All that Zoom has, as far as is known. */
    known: (): readonly KnownFile[] =>
      state.list.files.map((file) => {
        const content = state.contents.get(file.id);
        return content === undefined ? { file } : { file, content };
      }),
    /** Ends everything; nothing is sent after it. */
    stop(): void {
      stopped.abort();
      alarm.set(undefined);
      cancelProgress?.();
      jobs.stop();
      for (const answer of waiters.splice(0)) answer();
      for (const look of parties) look();
    },
  };
}

const leftOut = tallyError('cancelled', 'A background was skipped.');
const ended = tallyError('cancelled', 'Tally was signed out in the meantime.');

function phaseOf(state: QueueState, id: string): Upload['phase'] | undefined {
  return state.uploads.find((one) => one.id === id)?.phase;
}
