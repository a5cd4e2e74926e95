import type { MediaFacts } from '../../../shared/media.ts';
import { dimensionWords, wholeWords } from '../../../shared/words/sizes.ts';
import type { FileBytes } from './file.ts';
import { isLabelled3gp, only3gp } from './kind.ts';
import { mediaLimits } from './limits.ts';
import { readMovie } from './movie.ts';
import { damaged, type Problem, Refusal } from './problem.ts';

type Size = Pick<MediaFacts, 'width' | 'height'>;

/** What a video is, what to know of it, why Zoom may refuse it, and why it is not sent. */
interface MovieVerdict {
  readonly facts: MediaFacts;
  readonly notes: readonly string[];
  readonly doubts: readonly string[];
  /** Why another video may be better; one of the notes or doubts, without what to do. */
  readonly remake?: string | undefined;
  readonly problem?: Problem;
}

const { least, most } = mediaLimits.background.video;

/** Looks into a video that is small enough. @throws Refusal */
export async function judgeMovie(kind: 'mp4' | 'mov', file: FileBytes): Promise<MovieVerdict> {
  const phone = await isLabelled3gp(file);
  const { stored, rich, turned, ...shape } = await readMovie(file).catch((error) => {
    throw phone && error instanceof Refusal && error.problem.code === 'damaged' ? only3gp() : error;
  });
  if (phone && shape.codec !== 'avc') throw only3gp();
  if (shape.width === 0 || shape.height === 0) throw damaged('it holds no picture');
  const facts: MediaFacts = { kind, type: 'video', bytes: file.size, ...shape };
  // Which of the two sizes Zoom counts is not known: only where neither fits it is sure.
  const wrong = wrongSide(shape);
  const lying = turned ? { width: shape.height, height: shape.width } : undefined;
  const other = [stored, lying].find((size) => size && !wrongSide(size));
  if (wrong && !other) {
    const range = `${dimensionWords(least)} to ${dimensionWords(most)}`;
    const remake = `This video is ${dimensionWords(shape)}; Zoom takes ${range}.`;
    const words = `${remake} ${wrong}`;
    return { facts, notes: [], doubts: [], problem: { code: 'dimensions', words, remake } };
  }
  const unplayed = codecWords(shape.codec, rich);
  const notes = [
    ...(unplayed ? [`${unplayed} If so, save it as MP4 with plain H.264.`] : []),
    ...(stored ? [shapeNote(shape, stored)] : []),
  ];
  const doubts = [
    ...(stored && (wrong || wrongSide(stored))
      ? ['Zoom may refuse this, as one of the two sizes isn’t one it takes.']
      : []),
    ...(wrong && other === lying && lying
      ? [
          `It is ${dimensionWords(lying)}, turned upright. Zoom may refuse this, as ${dimensionWords(shape)} isn’t a size it takes.`,
        ]
      : []),
    ...(phone
      ? ['It is labelled as a 3GP video, though its content is that of an MP4. Zoom may refuse this.']
      : []),
  ];
  return { facts, notes, doubts, remake: unplayed ?? doubts[0] };
}

/** Which number is wrong and what helps; undefined where both are right. */
function wrongSide({ width, height }: Size): string | undefined {
  if (width < least.width)
    return `It is ${wholeWords(width)} wide, at least ${wholeWords(least.width)} are needed.`;
  if (height < least.height)
    return `It is ${wholeWords(height)} high, at least ${wholeWords(least.height)} are needed.`;
  if (height > most.height && width <= most.width)
    return `It is ${wholeWords(height)} high, ${wholeWords(most.height)} at most are taken. Turn or crop it.`;
  if (width > most.width && height <= most.height)
    return `It is ${wholeWords(width)} wide, ${wholeWords(most.width)} at most are taken. Crop it or save it smaller.`;
  return width > most.width ? 'Save it smaller, as 1080p.' : undefined;
}

/** Codecs by what people call them. */
const codecNames: Readonly<Record<string, string>> = {
  hevc: 'HEVC',
  prores: 'ProRes',
  dv: 'DV',
  mjpeg: 'Motion JPEG',
  mpeg4: 'MPEG-4 Visual',
  vp8: 'VP8',
  vp9: 'VP9',
  av1: 'AV1',
};

/** Zoom names no codecs; H.264 of eight bits is what plays everywhere. */
function codecWords(codec = '', rich: string | undefined): string | undefined {
  if (codec === 'avc' && rich === undefined) return undefined;
  const name = codec === 'avc' ? `${rich} H.264` : (codecNames[codec] ?? codec);
  return `Zoom may not play this: it is ${name} video.`;
}

function shapeNote(seen: Size, stored: Size): string {
  return `Its pixels aren’t square: ${dimensionWords(stored)} are stored, ${dimensionWords(seen)} are seen.`;
}
