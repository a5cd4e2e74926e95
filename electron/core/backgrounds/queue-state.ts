import type {
  Allowed,
  ListedFile,
  PauseReason,
  UploadPhase,
  UploadQuestion,
  UploadView,
} from '../../../shared/backgrounds.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { MediaFacts } from '../../../shared/media.ts';
import type { VideoCut } from '../../../shared/video.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { defined } from '../lib/defined.ts';
import type { FixPlan } from '../media/inspect.ts';
import type { LeftOut } from '../media/leave-out.ts';
import type { Print } from './queue-file.ts';
import type { KnownContents } from './stored.ts';

/** Something that runs outside of the reducer for one upload. Another `run` is another try. */
export interface Job {
  readonly kind: 'inspect' | 'make' | 'delete' | 'send';
  readonly run: number;
}

/** A deleted background that can be uploaded again. */
export interface KeptFile {
  readonly path: string;
  readonly name: string;
  readonly print: Print;
}

/** A file that Tally made to fit. */
export interface MadeFile extends KeptFile {
  readonly facts: MediaFacts;
}

/** The background that an upload takes the place of. */
interface Replacement {
  readonly file: ListedFile;
  /** Its local copy, with which it is put back if the upload fails. */
  readonly copy?: KeptFile;
  /** Zoom said that it deleted it, or no longer lists it. */
  readonly deleted: boolean;
  /** Why Zoom did not delete it, until its list has told whether it is there. */
  readonly refusal?: TallyError;
}

export interface Upload {
  readonly id: string;
  /** As it was added. */
  readonly origin: string;
  /** What is sent: the original, the file made to fit or a kept copy. */
  readonly path: string;
  readonly name: string;
  readonly bytes: number;
  readonly phase: Exclude<UploadPhase, 'paused'>;
  readonly job?: Job;
  readonly facts?: MediaFacts;
  /** Of what is sent. */
  readonly print?: Print;
  /** What of the file is not sent. */
  readonly left?: LeftOut;
  readonly notes: readonly string[];
  /** Why Zoom may refuse it: shown until Zoom took it. */
  readonly doubts?: readonly string[];
  readonly question?: UploadQuestion;
  /** How to make it fit, the file made so, and whether the person agreed to it before it was there. */
  readonly plan?: FixPlan;
  readonly made?: MadeFile;
  readonly agreed?: boolean;
  /** What was answered for all turned pictures, this one among them if it is one, before it was looked at. */
  readonly ifTurned?: 'fix' | 'send' | 'skip';
  /** Of which part of a video another one is made, and how far that is. */
  readonly cut?: VideoCut;
  readonly making?: NonNullable<UploadView['making']>;
  /** Known to be good and wanted: a kept copy, or a file that the person has agreed to. */
  readonly settled?: boolean;
  /** Sent although the same content is there already. */
  readonly anyway?: boolean;
  readonly sent?: number;
  readonly error?: TallyError;
  /** Ids at Zoom before the first try of which it is not known whether Zoom took it. */
  readonly before?: ReadonlySet<string>;
  /** A try broke off after bytes of the file were sent: Zoom may have it. */
  readonly doubt?: boolean;
  /** After the check it is sent again, as the person asked for. */
  readonly again?: boolean;
  /** Zoom said that all places are taken. */
  readonly full?: boolean;
  readonly replace?: Replacement;
  /** Its id at Zoom. */
  readonly fileId?: string;
}

/** What is known of Zoom's list. */
interface ListState {
  readonly phase: 'unknown' | 'loading' | 'ready' | 'failed';
  readonly files: readonly ListedFile[];
  readonly allowed: Allowed;
  readonly error?: TallyError;
  /** Number of the last question to Zoom; `needs` is the first whose answer is new enough. */
  readonly round: number;
  readonly needs: number;
  readonly asking: boolean;
  /** When the last good answer was asked for. */
  readonly askedAt?: number;
  /** Zoom does not let Tally read the list: uploads go out without it. */
  readonly unreadable: boolean;
  /** Something changed since: to be read once the queue is through. */
  readonly later: boolean;
}

/** Nothing is sent before `until`. */
export interface Hold {
  readonly why: PauseReason;
  readonly since: number;
  readonly until: number;
}

export interface QueueState {
  readonly uploads: readonly Upload[];
  readonly list: ListState;
  readonly contents: KnownContents;
  readonly hold?: Hold;
  /** Holds in a row. */
  readonly tries: number;
  readonly undo?: { readonly until: number; readonly files: readonly KeptFile[] };
  /** Counts uploads and runs. */
  readonly count: number;
}

export function initialQueue(contents: KnownContents): QueueState {
  return {
    uploads: [],
    list: {
      phase: 'unknown',
      files: [],
      allowed: { enabled: true, upload: true, videos: true },
      round: 0,
      needs: 0,
      asking: false,
      unreadable: false,
      later: false,
    },
    contents,
    tries: 0,
    count: 0,
  };
}

export function isFinal({ phase }: Upload): boolean {
  return phase === 'refused' || phase === 'done' || phase === 'failed' || phase === 'cancelled';
}

/** Whether the upload is, or may end up, at Zoom without being in its list yet. */
export function isOnTheWay({ phase }: Upload): boolean {
  return phase === 'sending' || phase === 'zoom' || phase === 'checking';
}

/** Puts an upload at the end of the queue. */
export function append(state: QueueState, upload: Omit<Upload, 'id'>): QueueState {
  const count = state.count + 1;
  return { ...state, count, uploads: [...state.uploads, { ...upload, id: `upload-${count}` }] };
}

/** Changes the state for an upload as it is now, if it is there. */
export function withUpload(state: QueueState, id: string, use: (upload: Upload) => QueueState): QueueState {
  const upload = state.uploads.find((one) => one.id === id);
  return upload ? use(upload) : state;
}

/** The one way to change an upload; `undefined` removes a field. */
export function change(
  state: QueueState,
  id: string,
  fields: { readonly [K in keyof Upload]?: Upload[K] | undefined },
): QueueState {
  // What is required in Upload is never set to undefined.
  const merged = (upload: Upload) => defined({ ...upload, ...fields }) as Upload;
  return { ...state, uploads: state.uploads.map((one) => (one.id === id ? merged(one) : one)) };
}

/** Whether it asks what is to become of a picture that lies on its side. */
export function asksTurned({ phase, question }: Upload): boolean {
  return phase === 'question' && question?.kind === 'fixable' && question.fix === 'turn';
}

/** The list has to be read anew: an answer to an older question no longer counts. */
export function needList(state: QueueState): QueueState {
  return { ...state, list: { ...state.list, needs: state.list.round + 1 } };
}

/** The list changed by what Tally did itself. */
export function listChanged(state: QueueState, files: readonly ListedFile[]): QueueState {
  const changed = { ...state, list: { ...state.list, files, later: true } };
  // An answer on its way may or may not tell of it.
  return state.list.asking ? needList(changed) : changed;
}

/** The file in Zoom's list that must be this upload: it was not there before, and nothing else accounts for it. */
export function findAtZoom(state: QueueState, upload: Upload): ListedFile | undefined {
  const claimed = new Set(state.uploads.map((one) => one.fileId));
  return state.list.files.find(
    (file) =>
      !claimed.has(file.id) &&
      !state.contents.has(file.id) &&
      !upload.before?.has(file.id) &&
      isTwin(file, upload),
  );
}

/** Two files that Zoom's list would not tell apart. */
export function isTwin(
  a: { readonly name: string; readonly bytes: number },
  b: { readonly name: string; readonly bytes: number },
): boolean {
  // macOS writes accents as letters of their own.
  return a.bytes === b.bytes && a.name.normalize() === b.name.normalize();
}

/** A background that is known to have the content of this upload. */
export function sameAtZoom({ list, contents }: QueueState, { print }: Upload): ListedFile | undefined {
  return print && list.files.find((file) => contents.get(file.id) === print.sha256);
}

/** Places that are free, counting those of uploads on their way. Never runs out where the list cannot be read. */
export function freePlaces(state: QueueState): number {
  if (state.list.unreadable) return Number.POSITIVE_INFINITY;
  const reserved = state.uploads.filter((one) => {
    if (one.job?.kind === 'delete') return false;
    return isOnTheWay(one) ? !findAtZoom(state, one) : !isFinal(one) && one.replace?.deleted === true;
  });
  return uploads.uploadVBuser.maxFiles - state.list.files.length - reserved.length;
}

/** What the window sees of an upload. */
export function viewUpload(upload: Upload, hold: Hold | undefined): UploadView {
  const { id, name, bytes, phase, facts, sent, making, question, error, doubts = [] } = upload;
  const notes = phase === 'done' ? upload.notes : [...upload.notes, ...doubts];
  const paused = hold && (phase === 'waiting' || phase === 'checking') ? hold : undefined;
  return {
    id,
    name,
    bytes,
    state: paused && phase === 'waiting' ? 'paused' : phase,
    ...(facts && { facts }),
    ...(sent !== undefined && (phase === 'sending' || phase === 'zoom') && { sent }),
    ...(making && phase === 'making' && { making }),
    ...(question && phase === 'question' && { question }),
    ...(error && { error }),
    ...(paused && { until: paused.until, why: paused.why }),
    ...(notes.length > 0 && { notes }),
  };
}
