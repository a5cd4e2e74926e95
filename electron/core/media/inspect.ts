import { basename } from 'node:path';
import type { MediaFacts, MediaKind } from '../../../shared/media.ts';
import { dimensionWords, sizeWords } from '../../../shared/words/sizes.ts';
import { isNamedRight, uploadName } from '../backgrounds/upload-name.ts';
import { FileBytes, openFile, type Readable, requireUnchanged } from './file.ts';
import { readGif } from './gif.ts';
import { readJpeg } from './jpeg.ts';
import { kindNames, readKind } from './kind.ts';
import { type MediaUse, mediaLimits, openable, sendable } from './limits.ts';
import { judgeMovie } from './movie-verdict.ts';
import { shownName } from './name.ts';
import { readPng } from './png.ts';
import { damaged, type Problem, Refusal, refusalOf } from './problem.ts';

/** What becomes of a file. */
export type Verdict =
  | {
      readonly fit: 'yes';
      readonly facts: MediaFacts;
      /** What a person should know all the same, each a sentence. */
      readonly notes: readonly string[];
      /** Why Zoom may refuse it, each a sentence: of no interest any more once Zoom took it. */
      readonly doubts?: readonly string[];
    }
  | {
      readonly fit: 'fixable';
      readonly facts: MediaFacts;
      readonly problem: Problem;
      readonly plan: { readonly kind: 'shrink'; readonly targetBytes: number };
      /** What Tally offers to do. */
      readonly words: string;
    }
  | { readonly fit: 'no'; readonly problem: Problem; readonly facts?: MediaFacts };

/** Looks at one file. Never rejects; an aborted signal ends it with 'cancelled'. */
export type Inspect = (path: string, use: MediaUse, signal?: AbortSignal) => Promise<Verdict>;

const wanted: Readonly<Record<MediaUse, string>> = {
  background: 'JPG, PNG and GIF pictures and MP4 and MOV videos',
  picture: 'JPG and PNG pictures',
};

/**
 * Tells whether Zoom will take a file, before a byte of it is sent. Only the structure is read, 64 KiB at a time; nothing
 * is decoded. It takes as long as the disk goes on giving something.
 */
export function createInspect(disk: Readable): Inspect {
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
      look(disk, path, use, check).then(finish, (error) => {
        finish({ fit: 'no', problem: refusalOf(error).problem });
      });
    });
}

async function look(disk: Readable, path: string, use: MediaUse, check: () => void): Promise<Verdict> {
  const file = await openFile(disk, path);
  try {
    const before = await file.state();
    if (before.size === 0) throw new Refusal('empty', 'This file is empty.');
    const verdict = await judge(path, use, new FileBytes(file, before.size, check)).catch((error) => {
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

async function judge(path: string, use: MediaUse, file: FileBytes): Promise<Verdict> {
  const kind = await readKind(file, wanted[use], path);
  const limits = mediaLimits[use];
  if (use === 'picture' && kind !== 'jpeg' && kind !== 'png')
    throw new Refusal('type', `This is ${kindNames[kind]}. A profile picture is a JPG or PNG.`);
  const tooLarge = file.size > limits.maxBytes;
  const sizes = `is ${sizeWords(file.size)}; Zoom takes up to ${sizeWords(limits.sureBytes)}`;
  if (kind === 'mp4' || kind === 'mov') {
    if (tooLarge)
      throw new Refusal('too-large', `This video ${sizes}. Save it shorter or with less quality.`);
    const { facts, notes, doubts, problem } = await judgeMovie(kind, file);
    if (problem) return { fit: 'no', facts, problem };
    return fits(path, limits.sureBytes, { facts, notes, doubts });
  }
  // Neither can be made smaller here, so nothing more of them need be read.
  if (tooLarge && kind === 'gif') throw new Refusal('too-large', `This GIF ${sizes}.`);
  if (tooLarge && file.size > openable.bytes)
    throw new Refusal('too-large', `This picture ${sizes}. It is too large for Tally to make it smaller.`);

  const facts = await imageFacts(kind, file);
  // What fits can be sent unopened; cropping and making smaller open it.
  if (exceeds(facts, use === 'picture' || tooLarge ? openable : sendable)) {
    const words = `This picture has ${dimensionWords(facts)} pixels, too many to open it safely.`;
    return { fit: 'no', facts, problem: { code: 'bomb', words } };
  }
  if (tooLarge) {
    const problem = { code: 'too-large', words: `This picture ${sizes}.` } as const;
    if (facts.frames > 1) return { fit: 'no', facts, problem };
    return {
      fit: 'fixable',
      facts,
      problem,
      plan: { kind: 'shrink', targetBytes: limits.sureBytes },
      words: 'Tally can send a smaller copy. Your file stays as it is.',
    };
  }
  const doubts = hasTooManyPixels(facts) ? ['With so many pixels Zoom may refuse it.'] : [];
  return fits(path, limits.sureBytes, { facts, notes: imageNotes(facts), doubts });
}

/** The verdict on a file that is sent as it is, with what its name and size give to say. */
function fits(
  path: string,
  sureBytes: number,
  { facts, notes, doubts }: Pick<Required<Extract<Verdict, { fit: 'yes' }>>, 'facts' | 'notes' | 'doubts'>,
): Verdict {
  const near = `At ${sizeWords(facts.bytes)} it is so near the limit that Zoom may refuse it.`;
  return {
    fit: 'yes',
    facts,
    notes: [...notes, ...nameNotes(path, facts.kind)],
    doubts: facts.bytes > sureBytes ? [...doubts, near] : doubts,
  };
}

const readers = { jpeg: readJpeg, png: readPng, gif: readGif } as const;

/**
 * What the structure of a picture tells.
 * @throws Refusal
 */
export async function imageFacts(kind: keyof typeof readers, file: FileBytes) {
  const { orientation, ...shape } = await readers[kind](file);
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
  if (hasTooManyPixels(facts))
    notes.push(`At ${dimensionWords(facts)} pixels it has no preview here; it is sent as it is.`);
  if (frames > 1 && kind === 'gif') notes.push(`Animated, ${frames} frames.`);
  if (frames > 1 && kind === 'png') notes.push('An animated PNG; Zoom may show only its first frame.');
  if (orientation > 1) notes.push('The camera was turned for this picture; Zoom may show it on its side.');
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
