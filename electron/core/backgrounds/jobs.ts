import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { isOtherKind, type MediaFacts } from '../../../shared/media.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { sha256 } from '../lib/sha256.ts';
import type { Readable } from '../media/file.ts';
import {
  createInspect,
  type FixPlan,
  hasTooManyPixels,
  type Inspect,
  type Verdict,
} from '../media/inspect.ts';
import { findHidden } from '../media/leave-out.ts';
import { shownName } from '../media/name.ts';
import { Refusal } from '../media/problem.ts';
import type { Shrunk } from '../media/shrink.ts';
import { trimmedDisk } from '../media/trimmed.ts';
import { fitVideo, remakeOf } from '../media/video.ts';
import type { Copies, Disk, Videos } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { fingerprint } from './fingerprint.ts';
import { readFile } from './list.ts';
import { fileChanged, problemError, type QueueEvent } from './queue.ts';
import { checkedFile } from './queue-file.ts';
import type { Job, Upload } from './queue-state.ts';
import { uploadName } from './upload-name.ts';

const { sureBytes } = uploads.uploadVBuser;
const firstBehind = '#ffffff';
const glassWords = 'Parts of this picture are see-through; Zoom may show them black or white.';

export interface JobsDeps {
  readonly zoom: Pick<ZoomClient, 'call'>;
  readonly disk: Disk;
  readonly copies: Copies;
  readonly inspect: Inspect;
  /** Whether place, camera and whatever else nobody sees in a picture are left out of it. */
  leavesOut(): boolean;
  /** Makes a picture fit as the inspection proposed. */
  fix(path: string, plan: FixPlan, facts: MediaFacts, signal: AbortSignal): Promise<Shrunk>;
  /** Whether a picture lets something show through; false where it cannot be opened. */
  showsThrough(path: string, facts: MediaFacts, signal: AbortSignal): Promise<boolean>;
  readonly videos: Pick<Videos, 'look' | 'make'>;
  /** Told of what a job does and how it went. */
  report(event: QueueEvent): void;
}

/** What runs for uploads outside of the reducer. */
export function createJobs(deps: JobsDeps) {
  const { zoom, disk, copies, inspect, leavesOut, fix, showsThrough, videos, report } = deps;
  const running = new Map<number, AbortController>();

  /** Whether anything shows through a picture is known once it is opened. */
  async function withOffer(
    verdict: Exclude<Verdict, { fit: 'no' }>,
    path: string,
    signal: AbortSignal,
  ): Promise<typeof verdict> {
    const { facts } = verdict;
    if (verdict.fit !== 'yes' || !facts.alpha || facts.frames !== 1 || hasTooManyPixels(facts))
      return verdict;
    const plan = { kind: 'fill', as: 'png', behind: firstBehind, targetBytes: sureBytes } as const;
    return (await showsThrough(path, facts, signal))
      ? { ...verdict, offer: { plan, words: glassWords } }
      : verdict;
  }

  type Run = { readonly id: string; readonly run: number };

  function made(
    { path, plan, cut, facts, bytes, left }: Upload,
    job: Run,
    signal: AbortSignal,
  ): Promise<Shrunk> {
    if (cut) {
      const source = sourceOf(disk, { left });
      const progress = (share: number, again: boolean) =>
        report({ ...job, type: 'making', share, ...(again && { again }) });
      return fitVideo(source, path, { cut, bytes, videos, signal, progress });
    }
    if (!plan || !facts) throw new Error('there is nothing to make');
    return fix(path, plan, facts, signal);
  }

  const jobs = {
    async inspect({ path }: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      const left = leavesOut() ? await findHidden(disk, path, signal) : undefined;
      const source = sourceOf(disk, { left });
      const verdict = await (left ? createInspect(source) : inspect)(path, 'background', signal);
      const remake = await remakeOf(source, path, verdict, { videos, signal });
      if (verdict.fit === 'no') {
        const { offer, verdict: judged = verdict } = remake;
        const kept = left && { left };
        const outcome = offer ? { verdict: judged, offer, ...kept } : { verdict: judged };
        return { ...job, type: 'inspected', outcome };
      }
      const print = await fingerprint(source, path, signal);
      const { kind } = verdict.facts;
      const name = isOtherKind(kind) ? shownName(path) : uploadName(path, kind);
      const offered = await withOffer(verdict, path, signal);
      const more = { ...(left && { left }), ...(remake.offer && { offer: remake.offer }) };
      return { ...job, type: 'inspected', outcome: { verdict: offered, name, print, ...more } };
    },

    async make(upload: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      const { path } = upload;
      const fixed = await made(upload, job, signal);
      if (!fixed.ok) return { ...job, type: 'unfit', error: problemError(fixed.problem) };
      const hash = await sha256(fixed.bytes);
      if (signal.aborted || !(await copies.put(hash, fixed.bytes))) {
        const what = fixed.after.type === 'video' ? 'video' : 'picture';
        const error = tallyError('storage', `The fixed ${what} couldn’t be kept on this computer.`);
        return { ...job, type: 'unfit', error };
      }
      const { kind } = fixed.after;
      const name = uploadName(path, isOtherKind(kind) ? 'jpeg' : kind);
      const print = { sha256: hash, size: fixed.bytes.byteLength };
      return { ...job, type: 'made', file: { path: copies.path(hash), name, print, facts: fixed.after } };
    },

    async delete({ replace }: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      const query = { file_ids: replace?.file.id ?? '' };
      const result = await zoom.call('delUserVB', { query }, { signal });
      return result.ok ? { ...job, type: 'replaced' } : { ...job, type: 'not-deleted', error: result.error };
    },

    async send({ path, name, print, left }: Upload, job: Run, signal: AbortSignal): Promise<QueueEvent> {
      if (!print) throw new Error('the file wasn’t looked at');
      const checked = checkedFile(sourceOf(disk, { left }), path, name, print);
      let touched = false;
      const onProgress = (sent: number) => {
        touched ||= sent > 0;
        report({ ...job, type: 'progress', sent });
      };
      const result = await zoom.call('uploadVBuser', { file: checked.file }, { signal, onProgress });
      if (result.ok) return { ...job, type: 'sent', file: readFile(result.data) };
      const error = checked.changed() ? fileChanged : result.error;
      // Without a byte of the file Zoom cannot have it, whatever became of the connection.
      return { ...job, type: 'not-sent', error, reached: touched ? result.reached : 'no' };
    },
  };

  async function begin(upload: Upload, { kind, run }: Job): Promise<void> {
    const controller = new AbortController();
    running.set(run, controller);
    const job = { id: upload.id, run };
    // Only the disk's functions throw; calls to Zoom never do.
    const unfit = (cause: unknown): QueueEvent => ({ ...job, type: 'unfit', error: fileError(cause) });
    const event = await jobs[kind](upload, job, controller.signal).catch(unfit);
    if (!controller.signal.aborted) report(event);
  }

  return {
    /** Begins the jobs that these uploads have now, and ends those that they no longer have. */
    keepUp(uploads: readonly Upload[]): void {
      const wanted = new Set(uploads.map(({ job }) => job?.run));
      for (const [run, controller] of running) {
        if (wanted.has(run)) continue;
        running.delete(run);
        controller.abort();
      }
      for (const upload of uploads) {
        if (upload.job && !running.has(upload.job.run)) void begin(upload, upload.job);
      }
    },
    stop(): void {
      for (const controller of running.values()) controller.abort();
    },
  };
}

/** Where the bytes of an upload come from. */
export function sourceOf(disk: Disk, { left }: { readonly left?: Upload['left'] | undefined }): Readable {
  return left ? trimmedDisk(disk, left) : disk;
}

/** `fingerprint` tells why in words; anything else that the disk says may hold paths. */
function fileError(cause: unknown): TallyError {
  return cause instanceof Refusal
    ? problemError(cause.problem)
    : tallyError('file', 'The file couldn’t be read.', { action: 'retry' });
}
