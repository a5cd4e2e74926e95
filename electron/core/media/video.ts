import type { UploadQuestion } from '../../../shared/backgrounds.ts';
import { encodingOf, type VideoCut, type VideoTurn } from '../../../shared/video.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import type { Encoded, Parts, Videos } from '../ports.ts';
import { FileBytes, openFile, type Readable, requireUnchanged } from './file.ts';
import { inMemory } from './in-memory.ts';
import type { Verdict } from './inspect.ts';
import { readKind } from './kind.ts';
import { judgeMovie } from './movie-verdict.ts';
import { changed, hasCrashed, Refusal, refusalOf } from './problem.ts';
import type { Shrunk } from './shrink.ts';

type VideoQuestion = Extract<UploadQuestion, { kind: 'video' }>;

const { sureBytes } = uploads.uploadVBuser;
/** How often a video is encoded, each time with fewer bits, until it fits. */
const mostTries = 4;
/** Of the bits that would fit, if they came out as before. */
const lessEach = 0.9;

/** Gives a file to what reads it in parts. @throws Refusal 'changed' where it is another one by the end */
async function withParts<T>(disk: Readable, path: string, use: (file: Parts) => Promise<T>): Promise<T> {
  const file = await openFile(disk, path);
  try {
    const before = await file.state();
    const result = await use({
      size: before.size,
      async read(at, length) {
        // Memory of its own: what is sent is the whole of the memory that a piece lies in.
        const piece = new Uint8Array(Math.max(0, Math.min(length, before.size - at)));
        const count = await file.read(piece, 0, piece.byteLength, at);
        if (count === 0) throw changed();
        return count === piece.byteLength ? piece : piece.slice(0, count);
      },
    });
    await requireUnchanged(disk, path, file, before);
    return result;
  } finally {
    await file.close();
  }
}

/** What can be done for a video that Zoom does not take, or may not play: asked of the person, or why nothing can be done. */
interface Remake {
  readonly offer?: VideoQuestion;
  readonly verdict?: Extract<Verdict, { fit: 'no' }>;
}

/** Whether another video can be made of one, as far as the verdict asks for that. @throws Refusal 'cancelled', 'crashed' */
export async function remakeOf(
  disk: Readable,
  path: string,
  verdict: Verdict,
  { videos, signal }: { readonly videos: Pick<Videos, 'look'>; readonly signal: AbortSignal },
): Promise<Remake> {
  const why = verdict.fit === 'no' ? verdict.problem.remake : verdict.fit === 'yes' && verdict.remake;
  if (why === undefined || why === false) return {};
  let bytes = 0;
  const look = await withParts(disk, path, (file) => {
    bytes = file.size;
    return videos.look(file, signal);
  }).catch((cause: unknown) => {
    if (signal.aborted || hasCrashed(cause)) throw cause;
    return null;
  });
  if (!look || look.width === 0 || look.height === 0) return {};
  if (look.decodes && look.encodes) {
    const { width, height, seconds } = look;
    const before = { width, height, seconds, bytes };
    return { offer: { kind: 'video', words: why, before, ...(verdict.fit === 'yes' && { asIs: true }) } };
  }
  if (verdict.fit !== 'no') return {};
  const { problem, ...rest } = verdict;
  const because = look.encodes ? 'this computer can’t open the video' : 'this computer has no H.264 encoder';
  const said = `Tally can’t make it fit here, because ${because}.`;
  return { verdict: { ...rest, problem: { ...problem, why: said } } };
}

/** A frame of a video as a JPEG, its longer side `most` pixels at most; null where there is none to show. */
export function videoFrame(
  disk: Readable,
  path: string,
  of: { readonly at: number; readonly turn: VideoTurn; readonly most: number },
  { videos, signal }: { readonly videos: Pick<Videos, 'frame'>; readonly signal?: AbortSignal },
): Promise<Buffer | null> {
  return withParts(disk, path, (file) => videos.frame(file, of, signal));
}

interface FitOptions {
  readonly cut: VideoCut;
  /** Size of the file when it was looked at. */
  readonly bytes: number;
  readonly videos: Pick<Videos, 'look' | 'make'>;
  readonly signal: AbortSignal;
  /** How much is made, 0 to 1; `again`: it came out too large before. */
  progress(share: number, again: boolean): void;
}

/** Makes a video of a part of one that Zoom takes: H.264 in MP4, 15 MB and 1080p at most, without sound. */
export async function fitVideo(disk: Readable, path: string, options: FitOptions): Promise<Shrunk> {
  try {
    const made = await withParts(disk, path, (file) => {
      if (file.size !== options.bytes) throw changed();
      return search(file, options);
    });
    return await judged(made);
  } catch (cause) {
    return { ok: false, problem: refusalOf(cause).problem };
  }
}

/** Fewer bits each time, until it fits. */
async function search(file: Parts, { cut, videos, signal, progress }: FitOptions): Promise<Buffer> {
  const look = await videos.look(file, signal);
  if (!look) throw unmade();
  const end = Math.min(cut.end, Math.max(look.seconds, cut.start));
  let { bytes: _, ...encoding } = encodingOf(look, { ...cut, end });
  for (let tries = 1; tries <= mostTries; tries += 1) {
    const again = tries > 1;
    progress(0, again);
    const how = { start: cut.start, end: cut.end, turn: cut.turn, ...encoding, most: sureBytes };
    const watch = { signal, progress: (share: number) => progress(share, again) };
    const made: Encoded | null = await videos.make(file, how, watch);
    if (!made) throw unmade();
    if (made.bytes) return made.bytes;
    const bitrate = Math.round((encoding.bitrate * lessEach * sureBytes) / Math.max(made.size, sureBytes));
    encoding = { ...encoding, bitrate: Math.max(1, bitrate) };
  }
  throw new Refusal(
    'too-large',
    'This part of the video comes out too large. Keep less of it, or choose a smaller size.',
  );
}

const unmade = () =>
  new Refusal(
    'damaged',
    'Tally couldn’t make a video of this part. It may be damaged there, so try another part.',
  );

/** What was made is looked at like any other file: it comes from where files of strangers are opened. */
async function judged(bytes: Buffer): Promise<Shrunk> {
  const file = new FileBytes(inMemory(bytes), bytes.byteLength, () => {});
  const kind = await readKind(file, 'MP4 videos');
  if (kind !== 'mp4') throw unmade();
  const { facts, notes, problem } = await judgeMovie(kind, file);
  if (problem || facts.codec !== 'avc' || notes.length > 0) throw unmade();
  return { ok: true, bytes, after: facts };
}
