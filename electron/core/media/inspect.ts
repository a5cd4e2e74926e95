import { basename } from 'node:path';
import { isOtherKind, type MediaFacts, type MediaKind, type OtherKind } from '../../../shared/media.ts';
import { dimensionWords, sizeWords } from '../../../shared/words/sizes.ts';
import { isNamedRight, uploadName } from '../backgrounds/upload-name.ts';
import type { ImageCodec } from '../ports.ts';
import { FileBytes, openFile, type Readable, requireUnchanged } from './file.ts';
import { readGif } from './gif.ts';
import { readJpeg } from './jpeg.ts';
import { kindNames, readKind } from './kind.ts';
import { type MediaUse, mediaLimits, openable, sendable } from './limits.ts';
import { judgeMovie } from './movie-verdict.ts';
import { shownName } from './name.ts';
import { readOther } from './other-image.ts';
import { readPng } from './png.ts';
import { damaged, type Problem, Refusal, refusalOf } from './problem.ts';

/**
 * How another picture is made of a file: a smaller one, one that stands upright, one of a kind that Zoom takes, or one with a colour
 * behind it.
 */
export interface FixPlan {
  readonly kind: 'shrink' | 'turn' | 'convert' | 'fill';
  readonly targetBytes: number;
  /** What it is to be; where it is left open, whatever suits it. */
  readonly as?: 'jpeg' | 'png';
  /** A colour such as #ffffff. */
  readonly behind?: string;
}

/** What Tally can do for a file. */
interface Offer {
  readonly plan: FixPlan;
  /** Why, in a sentence. */
  readonly words: string;
}

/** What becomes of a file. */
export type Verdict =
  | {
      readonly fit: 'yes';
      readonly facts: MediaFacts;
      /** What a person should know all the same, each a sentence. */
      readonly notes: readonly string[];
      /** Why Zoom may refuse it, each a sentence: of no interest any more once Zoom took it. */
      readonly doubts?: readonly string[];
      /** Why another video may be better than this one. */
      readonly remake?: string;
      /** Zoom takes it as it is, and may show it in another way than the person does. */
      readonly offer?: Offer;
    }
  | {
      readonly fit: 'fixable';
      readonly facts: MediaFacts;
      readonly problem: Problem;
      readonly plan: FixPlan;
      /** What Tally offers to do. */
      readonly words: string;
    }
  | { readonly fit: 'no'; readonly problem: Problem; readonly facts?: MediaFacts };

const heicWords =
  'This is a HEIC picture, which Zoom doesn’t take. Save it as JPG or PNG in the program that shows your photos.';

/** Looks at one file. Never rejects; an aborted signal ends it with 'cancelled'. */
export type Inspect = (path: string, use: MediaUse, signal?: AbortSignal) => Promise<Verdict>;

const wanted: Readonly<Record<MediaUse, string>> = {
  background: 'JPG, PNG and GIF pictures and MP4 and MOV videos',
  picture: 'pictures such as JPG and PNG',
};

/**
 * Tells whether Zoom will take a file, before a byte of it is sent. Only the structure is read, 64 KiB at a time; nothing
 * is decoded. It takes as long as the disk goes on giving something. HEIC is offered only where the system opens it.
 */
export function createInspect(
  disk: Readable,
  { opensHeic = false }: Pick<ImageCodec, 'opensHeic'> = {},
): Inspect {
  return (path, use, signal) =>
    new Promise((resolve) => {
      const finish = (verdict: Verdict) => {
        signal?.removeEventListener('abort', abort);
        resolve(verdict);
      };
      const cancelled = new Refusal('cancelled', 'Cancelled.');
      const abort = () => finish({ fit: 'no', problem: cancelled.problem });
      const check = () => {
        if (signal?.aborted) throw cancelled;
      };
      if (signal?.aborted) return abort();
      signal?.addEventListener('abort', abort, { once: true });
      look(disk, path, { use, opensHeic }, check).then(finish, (error) => {
        finish({ fit: 'no', problem: refusalOf(error).problem });
      });
    });
}

interface Wanted {
  readonly use: MediaUse;
  readonly opensHeic: boolean;
}

async function look(disk: Readable, path: string, wish: Wanted, check: () => void): Promise<Verdict> {
  const file = await openFile(disk, path);
  try {
    const before = await file.state();
    if (before.size === 0) throw new Refusal('empty', 'This file is empty.');
    const verdict = await judge(path, wish, new FileBytes(file, before.size, check)).catch((error) => {
      if (error instanceof Refusal) return { fit: 'no', problem: error.problem } as const;
      throw error;
    });
    check();
    // Also after a refusal: a file that is still being written looks damaged.
    await requireUnchanged(disk, path, file, before);
    return verdict;
  } finally {
    await file.close();
  }
}

async function judge(path: string, { use, opensHeic }: Wanted, file: FileBytes): Promise<Verdict> {
  const kind = await readKind(file, wanted[use], path);
  if (kind === 'heic' && !opensHeic) throw new Refusal('type', heicWords);
  if (kind !== 'mp4' && kind !== 'mov') return judgeImage(path, use, kind, file);
  if (use === 'picture')
    throw new Refusal(
      'type',
      `This is ${kindNames[kind]}. A profile picture is a picture, such as a JPG or PNG.`,
    );
  const { sureBytes, maxBytes } = mediaLimits[use];
  if (file.size > maxBytes) {
    const sizes = `is ${sizeWords(file.size)}; Zoom takes up to ${sizeWords(sureBytes)}`;
    const words = `This video ${sizes}.`;
    throw new Refusal('too-large', `${words} Save it shorter or with less quality.`, words);
  }
  const { facts, notes, doubts, remake, problem } = await judgeMovie(kind, file);
  if (problem) return { fit: 'no', facts, problem };
  const fit = fits(path, sureBytes, { facts: { ...facts, kind }, notes, doubts });
  return remake === undefined ? fit : { ...fit, remake };
}

async function judgeImage(path: string, use: MediaUse, kind: ImageKind, file: FileBytes): Promise<Verdict> {
  const { sureBytes: targetBytes, maxBytes } = mediaLimits[use];
  const tooLarge = file.size > maxBytes;
  const sizes = `is ${sizeWords(file.size)}; Zoom takes up to ${sizeWords(targetBytes)}`;
  // Neither can be made smaller here, so nothing more of them need be read.
  if (tooLarge && kind === 'gif' && use === 'background')
    throw new Refusal('too-large', `This GIF ${sizes}.`);
  if (tooLarge && file.size > openable.bytes)
    throw new Refusal('too-large', `This picture ${sizes}. It is too large for Tally to make it smaller.`);

  const facts = await imageFacts(kind, file);
  // What fits can be sent unopened; cropping, making smaller and drawing anew open it.
  if (exceeds(facts, use === 'picture' || tooLarge || isOtherKind(kind) ? openable : sendable)) {
    const words = `This picture has ${dimensionWords(facts)} pixels, too many to open it safely.`;
    return { fit: 'no', facts, problem: { code: 'bomb', words } };
  }
  const drawnAnew = isOtherKind(kind) || kind === 'gif';
  if (drawnAnew && use === 'picture') return { fit: 'yes', facts, notes: [] };
  if (isOtherKind(kind)) return convertible(kind, facts, targetBytes);
  if (tooLarge) {
    const problem = { code: 'too-large', words: `This picture ${sizes}.` } as const;
    if (facts.frames > 1) return { fit: 'no', facts, problem };
    return {
      fit: 'fixable',
      facts,
      problem,
      plan: { kind: 'shrink', targetBytes },
      words: 'Tally can send a smaller copy. Your file stays as it is.',
    };
  }
  const unopened = hasTooManyPixels(facts);
  const doubts = unopened ? ['With so many pixels Zoom may refuse it.'] : [];
  const fit = fits(path, targetBytes, { facts: { ...facts, kind }, notes: imageNotes(facts), doubts });
  if ((facts.orientation ?? 1) === 1 || facts.frames > 1 || unopened) return fit;
  return { ...fit, offer: { plan: { kind: 'turn', targetBytes }, words: turnedWords } };
}

function convertible(kind: OtherKind, facts: MediaFacts, targetBytes: number): Verdict {
  const problem = { code: 'type', words: `This is ${kindNames[kind]}, which Zoom doesn’t take.` } as const;
  const one = kind === 'tiff' ? ', of its first page alone' : ', which stands still';
  const words = `Tally can send a copy as JPG or PNG${(facts.frames ?? 1) > 1 ? one : ''}. Your file stays as it is.`;
  return { fit: 'fixable', facts, problem, plan: { kind: 'convert', targetBytes }, words };
}

const turnedWords = 'The camera was turned for this picture; Zoom may show it on its side.';

interface Fitting {
  readonly facts: MediaFacts & { readonly kind: MediaKind };
  readonly notes: readonly string[];
  readonly doubts: readonly string[];
}

/** The verdict on a file that is sent as it is, with what its name and size give to say. */
function fits(path: string, sureBytes: number, { facts, notes, doubts }: Fitting) {
  const near = `At ${sizeWords(facts.bytes)} it is so near the limit that Zoom may refuse it.`;
  return {
    fit: 'yes',
    facts,
    notes: [...notes, ...nameNotes(path, facts.kind)],
    doubts: facts.bytes > sureBytes ? [...doubts, near] : doubts,
  } as const;
}

const readers = { jpeg: readJpeg, png: readPng, gif: readGif } as const;
type ImageKind = keyof typeof readers | OtherKind;

/**
 * What the structure of a picture tells.
 * @throws Refusal
 */
export async function imageFacts(kind: ImageKind, file: FileBytes) {
  const { orientation, ...shape } = await (isOtherKind(kind) ? readOther(kind, file) : readers[kind](file));
  if (shape.width === 0 || shape.height === 0) throw damaged('it holds no picture');
  const turned = orientation === undefined ? {} : { orientation };
  return { kind, type: 'image', bytes: file.size, ...shape, ...turned } as const;
}

/** Whether a picture is never decoded, because it would take too much memory. */
export function hasTooManyPixels(facts: MediaFacts): boolean {
  return exceeds(facts, openable);
}

function exceeds({ width, height }: MediaFacts, most: { readonly side: number; readonly pixels: number }) {
  return width > most.side || height > most.side || width * height > most.pixels;
}

function imageNotes(facts: MediaFacts): string[] {
  const { kind, frames = 1, orientation = 1 } = facts;
  const notes: string[] = [];
  if (hasTooManyPixels(facts) && kind !== 'jpeg')
    notes.push(`At ${dimensionWords(facts)} pixels it has no preview here; it is sent as it is.`);
  if (frames > 1 && kind === 'gif') notes.push(`Animated, ${frames} frames.`);
  if (frames > 1 && kind === 'png') notes.push('An animated PNG; Zoom may show only its first frame.');
  if (orientation > 1) notes.push(turnedWords);
  return notes;
}

function nameNotes(path: string, kind: MediaKind): string[] {
  const name = uploadName(path, kind);
  if (shownName(path) !== basename(path))
    return [`Its name holds hidden characters, so it is sent as “${name}”.`];
  return isNamedRight(path, kind)
    ? []
    : [`By its content this is ${kindNames[kind]}, so it is sent as “${name}”.`];
}
