import { createHash } from 'node:crypto';
import type { BackgroundsView, UploadAnswer } from '../../../shared/backgrounds.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { MediaFacts, MediaKind } from '../../../shared/media.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { createAlarm } from '../lib/alarm.ts';
import type { Inspect } from '../media/inspect.ts';
import { Refusal } from '../media/problem.ts';
import type { Shrunk } from '../media/shrink.ts';
import type { Clock, Copies, Disk } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';
import type { Fingerprint } from './fingerprint.ts';
import { type Listing, readFile, readListing } from './list.ts';
import { fileChanged, type QueueEvent, reduceQueue } from './queue.ts';
import { checkedFile } from './queue-file.ts';
import { nextDeadline } from './queue-plan.ts';
import {
  type FixPlan,
  initialQueue,
  type KeptFile,
  type QueueState,
  type Upload,
  viewUpload,
} from './queue-state.ts';
import type { KnownContents } from './stored.ts';

/** Progress is shown so long after it was made, with what was made meanwhile, in ms: to draw it takes time from the sending. */
const progressEvery = 100;

export interface BackgroundsRunnerDeps {
  readonly clock: Clock;
  readonly zoom: Pick<ZoomClient, 'call'>;
  readonly disk: Disk;
  readonly copies: Copies;
  /** What was last saved for this account. */
  readonly contents: KnownContents;
  /** Called when it is known of another background what its content is. Must not throw. */
  save(contents: KnownContents): void;
  changed(view: BackgroundsView): void;
  readonly inspect: Inspect;
  fingerprint(path: string, signal: AbortSignal): Promise<Fingerprint>;
  /** What Zoom shall call the file: its name with the ending of its kind. */
  uploadName(path: string, kind: MediaKind): string;
  /** Makes a picture fit as the inspection proposed. */
  fix(path: string, plan: FixPlan, facts: MediaFacts, signal: AbortSignal): Promise<Shrunk>;
  /** Tells when the connection is back; returns how to stop that. */
  online(listener: () => void): () => void;
}

export interface BackgroundsRunner {
  view(): BackgroundsView;
  /** Reads Zoom's list. Resolves with what went wrong, if anything did. */
  refresh(): Promise<TallyError | undefined>;
  /** Inspects files and uploads those that fit, two at a time. */
  add(paths: readonly string[]): void;
  /** Answers the question of an upload; an answer that does not belong to it changes nothing. */
  answer(id: string, answer: UploadAnswer): void;
  /** Ends an upload at any stage, at once. */
  cancel(id: string): void;
  retry(id: string): void;
  /** Takes a finished upload, or all of them, out of the queue. */
  remove(id: string): void;
  clear(): void;
  /** Where the content of a background (its local copy) or of an upload is on this computer. */
  fileOf(kind: 'background' | 'upload', id: string): string | undefined;
  /** Deletes backgrounds at Zoom in one call. Resolves with what went wrong, if anything did. */
  delete(ids: readonly string[]): Promise<TallyError | undefined>;
  /** Uploads again what was last deleted, as far as copies are kept. */
  undo(): void;
  /** After sleep or a clock change: deadlines are compared again. */
  wake(): void;
  /** Ends everything; nothing is sent after it. */
  stop(): void;
}

/** Runs the queue against Zoom and the disk. */
export function createBackgroundsRunner(deps: BackgroundsRunnerDeps): BackgroundsRunner {
  const { clock, zoom, copies } = deps;
  const stopped = new AbortController();
  const running = new Map<number, AbortController>();
  let state = initialQueue(deps.contents);
  let reading = 0;
  /** Whether Zoom is asked for the backgrounds' settings alone; not all servers keep to it. */
  let narrow = true;
  const waiters: (() => void)[] = [];
  const alarm = createAlarm(clock, () => dispatch({ type: 'tick' }));
  let cancelProgress: (() => void) | undefined;

  function dispatch(event: QueueEvent): void {
    if (stopped.signal.aborted) return;
    const before = state;
    state = reduceQueue(before, event, clock.now());
    alarm.set(nextDeadline(state));
    if (state === before) return;
    runJobs();
    if (state.list.asking && state.list.round !== reading) void readList(state.list.round);
    if (state.contents !== before.contents) deps.save(state.contents);
    keepNew(before);
    if (event.type === 'progress' && phaseOf(before, event.id) === phaseOf(state, event.id)) showProgress();
    else deps.changed(view());
    answerWaiters();
  }

  function showProgress(): void {
    cancelProgress ??= clock.setTimeout(() => {
      cancelProgress = undefined;
      deps.changed(view());
    }, progressEvery);
  }

  function runJobs(): void {
    const wanted = new Set(state.uploads.map((upload) => upload.job?.run));
    for (const [run, controller] of running) {
      if (wanted.has(run)) continue;
      running.delete(run);
      controller.abort();
    }
    for (const upload of state.uploads) {
      if (!upload.job || running.has(upload.job.run)) continue;
      const controller = new AbortController();
      running.set(upload.job.run, controller);
      void runJob(upload, upload.job, controller.signal);
    }
  }

  async function runJob(upload: Upload, { kind, run }: NonNullable<Upload['job']>, signal: AbortSignal) {
    const job = { id: upload.id, run };
    // Only the disk's functions throw; calls to Zoom never do.
    const unfit = (cause: unknown): QueueEvent => ({ ...job, type: 'unfit', error: fileError(cause) });
    const event = await jobs[kind](upload, job, signal).catch(unfit);
    if (!signal.aborted) dispatch(event);
  }

  type Run = { readonly id: string; readonly run: number };
  const jobs = {
    async inspect({ path }: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      const verdict = await deps.inspect(path, 'background', signal);
      if (verdict.fit === 'no') return { ...job, type: 'inspected', outcome: { verdict } };
      const { sha256, size, mtimeMs } = await deps.fingerprint(path, signal);
      const name = deps.uploadName(path, verdict.facts.kind);
      const outcome = { verdict, name, print: { sha256, size, mtimeMs } };
      return { ...job, type: 'inspected', outcome };
    },

    async make({ path, plan, facts }: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      if (!plan || !facts) throw new Error('there is nothing to make');
      const fixed = await deps.fix(path, plan, facts, signal);
      if (!fixed.ok) return { ...job, type: 'unfit', error: tallyError('file', fixed.problem.words) };
      const sha256 = createHash('sha256').update(fixed.bytes).digest('hex');
      if (signal.aborted || !(await copies.put(sha256, fixed.bytes))) {
        const error = tallyError('storage', 'The fixed picture could not be kept on this computer.');
        return { ...job, type: 'unfit', error };
      }
      const name = deps.uploadName(path, fixed.after.kind);
      const print = { sha256, size: fixed.bytes.byteLength };
      return { ...job, type: 'made', file: { path: copies.path(sha256), name, print, facts: fixed.after } };
    },

    async delete({ replace }: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      const query = { file_ids: replace?.file.id ?? '' };
      const result = await zoom.call('delUserVB', { query }, { signal });
      return result.ok ? { ...job, type: 'replaced' } : { ...job, type: 'not-deleted', error: result.error };
    },

    async send({ path, name, print }: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      if (!print) throw new Error('the file was not looked at');
      const checked = checkedFile(deps.disk, path, name, print);
      let touched = false;
      const onProgress = (sent: number) => {
        touched ||= sent > 0;
        dispatch({ ...job, type: 'progress', sent });
      };
      const result = await zoom.call('uploadVBuser', { file: checked.file }, { signal, onProgress });
      if (result.ok) return { ...job, type: 'sent', file: readFile(result.data) };
      const error = checked.changed() ? fileChanged : result.error;
      // Without a byte of the file Zoom cannot have it, whatever became of the connection.
      return { ...job, type: 'not-sent', error, reached: touched ? result.reached : 'no' };
    },
  };

  async function readList(round: number): Promise<void> {
    reading = round;
    const askedAt = clock.now();
    const answer = await askForList();
    if ('error' in answer) dispatch({ type: 'not-listed', error: answer.error });
    else dispatch({ type: 'listed', listing: answer, round, askedAt });
  }

  async function askForList(): Promise<Listing | { readonly error: TallyError }> {
    const query = narrow ? { custom_query_fields: 'virtual_background,virtual_background_settings' } : {};
    const result = await zoom.call('userSettings', { query }, { signal: stopped.signal });
    if (!result.ok) return { error: result.error };
    const listing = readListing(result.data);
    if (listing) return listing;
    if (!narrow) return { error: tallyError('not-found', 'Zoom does not tell which backgrounds there are.') };
    narrow = false;
    return askForList();
  }

  function answerWaiters(): void {
    const { asking, needs, round } = state.list;
    if (asking || (needs > round && !state.hold)) return;
    for (const answer of waiters.splice(0)) answer();
  }

  function refresh(): Promise<TallyError | undefined> {
    if (stopped.signal.aborted) return Promise.resolve(ended);
    const answered = new Promise<void>((done) => waiters.push(done));
    dispatch({ type: 'refresh' });
    return answered.then(() => (stopped.signal.aborted ? ended : state.list.error));
  }

  /** Keeps a copy of each upload that has just got its place at Zoom. */
  function keepNew(before: QueueState): void {
    for (const { id, fileId, print, path } of state.uploads) {
      const isNew = fileId !== undefined && before.uploads.find((one) => one.id === id)?.fileId === undefined;
      if (!isNew || !print || copies.has(print.sha256)) continue;
      void copies.put(print.sha256, path).then((kept) => {
        if (kept && !stopped.signal.aborted) deps.changed(view());
      });
    }
  }

  /** The local copy of a background, when there is one. */
  function keptCopy(id: string): KeptFile | undefined {
    const file = state.list.files.find((one) => one.id === id);
    const sha256 = state.contents.get(id);
    if (!file || sha256 === undefined || !copies.has(sha256)) return undefined;
    return { path: copies.path(sha256), name: file.name, sha256, bytes: file.bytes };
  }

  function view(): BackgroundsView {
    const { list, undo, hold } = state;
    return {
      phase: list.phase,
      ...(list.error && { error: list.error }),
      files: list.files.map((file) => {
        const copy = keptCopy(file.id)?.sha256;
        return { ...file, ...(copy !== undefined && { copy }) };
      }),
      quota: { used: list.files.length, max: uploads.uploadVBuser.maxFiles },
      allowed: list.allowed,
      queue: state.uploads.map((upload) => viewUpload(upload, hold)),
      ...(undo && { undo: { count: undo.files.length, until: undo.until } }),
    };
  }

  async function deleteFiles(ids: readonly string[]): Promise<TallyError | undefined> {
    const chosen = [...new Set(ids)];
    if (chosen.length === 0) return undefined;
    const files = chosen.map((id) => state.list.files.find((file) => file.id === id));
    if (files.some((file) => file === undefined)) {
      return tallyError('invalid-input', 'One of these backgrounds is no longer there.');
    }
    if (files.some((file) => file?.isDefault)) {
      return tallyError('invalid-input', 'Zoom’s own backgrounds cannot be deleted.', { action: 'none' });
    }
    const kept = chosen.map(keptCopy).filter((one) => one !== undefined);
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

  const stopListening = deps.online(() => dispatch({ type: 'online' }));
  return {
    view,
    refresh,
    add: (paths) => dispatch({ type: 'add', paths }),
    answer(id, answer) {
      const copy = typeof answer === 'object' ? keptCopy(answer.replace) : undefined;
      dispatch({ type: 'answer', id, answer, ...(copy && { copy }) });
    },
    cancel: (id) => dispatch({ type: 'cancel', id }),
    retry: (id) => dispatch({ type: 'retry', id }),
    remove: (id) => dispatch({ type: 'remove', id }),
    clear: () => dispatch({ type: 'clear' }),
    fileOf: (kind, id) =>
      kind === 'background' ? keptCopy(id)?.path : state.uploads.find((one) => one.id === id)?.path,
    delete: deleteFiles,
    undo: () => dispatch({ type: 'undo' }),
    wake: () => dispatch({ type: 'tick' }),
    stop() {
      stopped.abort();
      stopListening();
      alarm.set(undefined);
      cancelProgress?.();
      for (const controller of running.values()) controller.abort();
      for (const answer of waiters.splice(0)) answer();
    },
  };
}

/** `fingerprint` tells why in words; anything else that the disk says may hold paths. */
function fileError(cause: unknown): TallyError {
  return tallyError('file', cause instanceof Refusal ? cause.problem.words : 'The file could not be read.');
}

const ended = tallyError('cancelled', 'Tally was signed out meanwhile.');

function phaseOf(state: QueueState, id: string): Upload['phase'] | undefined {
  return state.uploads.find((one) => one.id === id)?.phase;
}
