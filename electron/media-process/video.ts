import {
  BufferTarget,
  CanvasSink,
  CustomSource,
  canEncodeVideo,
  Input,
  type InputVideoTrack,
  Logging,
  LogLevel,
  MATROSKA,
  MP4,
  MPEG_TS,
  Mp4OutputFormat,
  Output,
  QTFF,
  Quality,
  type VideoSample,
  VideoSampleSink,
  VideoSampleSource,
  WEBM,
} from 'mediabunny';
import {
  type MediaAnswer,
  type MediaOrder,
  mostRead,
  type VideoLook,
} from '../../shared/ipc/media-process.ts';
import { mostRate, type VideoEncoding, type VideoTurn } from '../../shared/video.ts';
import { planar, type Shape } from './planes.ts';

// What is wrong with a video is told by what comes of it; a console has no reader here.
Logging.level = LogLevel.Silent;

type VideoOrder = Extract<MediaOrder, { order: 'video' }>;
type Work<Kind extends VideoOrder['work']> = Extract<VideoOrder, { work: Kind }>;

/** What a video is read and told of by. */
interface VideoPort {
  /** Rejects where the file can no longer be read. */
  read(at: number, length: number): Promise<Uint8Array>;
  /** How much is made, 0 to 1. */
  progress(share: number): void;
  /** Aborted when it is given up. */
  readonly signal: AbortSignal;
}

/** Of the file, bytes that are kept in memory. */
const mostKept = 8 * 1_048_576;
/** Baseline plays everywhere; its level is that of 1080p with 30 pictures a second. */
const codec = 'avc1.42E028';
/** Of a frame that is shown, in pixels: its longer side when a video is looked at. */
const looked = 64;
const frameQuality = 0.85;
/** A frame is waited for so long after the last bytes were read, in ms: a decoder that stumbles over one may neither give it nor fail. */
const frameAfter = 10_000;
/** Bytes of an index, for each picture and altogether. */
const index = { picture: 24, whole: 4_096 } as const;
/** Progress is told so often, in ms. */
const tellEvery = 100;

/** Does what is asked of a video. Rejects where it cannot be opened, and when it is given up. */
export async function workOnVideo(order: VideoOrder, port: VideoPort): Promise<MediaAnswer> {
  const { id, size } = order;
  const reads = createReads(port);
  const source = new CustomSource({
    getSize: () => size,
    read: reads.all,
    maxCacheSize: mostKept,
    handleUnhandledError: () => {},
  });
  const input = new Input({ source, formats: [MP4, QTFF, WEBM, MATROSKA, MPEG_TS] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (!track) throw new Error('no video');
    if (order.work === 'look') return { id, look: await look(track, reads) };
    if (order.work === 'frame') return { id, ...(await drawFrame(track, order, reads)) };
    return { id, ...(await make(track, order, port)) };
  } finally {
    input.dispose();
  }
}

type Reads = ReturnType<typeof createReads>;

/** Reads in pieces small enough that main is not held up by one. */
function createReads(port: VideoPort) {
  let under = 0;
  let last = performance.now();

  async function piece(at: number, length: number): Promise<Uint8Array> {
    port.signal.throwIfAborted();
    under += 1;
    const bytes = await port.read(at, length).finally(() => {
      under -= 1;
      last = performance.now();
    });
    if (bytes.length === 0) throw new Error('shorter than it was');
    return bytes;
  }

  return {
    async all(start: number, end: number): Promise<Uint8Array> {
      const whole = new Uint8Array(end - start);
      for (let filled = 0; filled < whole.length; ) {
        const bytes = await piece(start + filled, Math.min(mostRead, whole.length - filled));
        whole.set(bytes, filled);
        filled += bytes.length;
      }
      return whole;
    },
    /** How long nothing has been read, in ms. */
    quiet: () => (under > 0 ? 0 : performance.now() - last),
  };
}

/** Rejects where no frame comes. */
async function frameAt(sink: CanvasSink, at: number, { quiet }: Reads) {
  const began = performance.now();
  let watch: ReturnType<typeof setInterval> | undefined;
  const none = new Promise<never>((_, failed) => {
    watch = setInterval(() => {
      const waited = Math.min(quiet(), performance.now() - began);
      if (waited > frameAfter) failed(new Error('no frame'));
    }, 500);
  });
  const drawn = await Promise.race([sink.getCanvas(at), none]).finally(() => clearInterval(watch));
  if (!drawn) throw new Error('no frame');
  return drawn.canvas;
}

async function look(track: InputVideoTrack, reads: Reads): Promise<VideoLook> {
  const first = await track.getFirstTimestamp();
  const end = (await track.getDurationFromMetadata()) ?? (await track.computeDuration());
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  return {
    width,
    height,
    seconds: Math.max(0, end - first),
    codec: (await track.getCodec()) ?? 'unknown',
    decodes: (await track.canDecode()) && (await opens(track, first, reads)),
    encodes: await encodes({ width: 1280, height: 720, bitrate: 1_000_000 }),
  };
}

/** A decoder may be there for the kind, and not for this one. */
async function opens(track: InputVideoTrack, at: number, reads: Reads): Promise<boolean> {
  const sink = new CanvasSink(track, { width: looked });
  return frameAt(sink, at, reads).then(
    () => true,
    () => false,
  );
}

function encodes({ width, height, bitrate }: VideoEncoding): Promise<boolean> {
  return canEncodeVideo('avc', { width, height, quality: new Quality({ bitrate }), fullCodecString: codec });
}

async function turnOf(track: InputVideoTrack, turn: VideoTurn): Promise<VideoTurn> {
  return (((await track.getRotation()) + turn) % 360) as VideoTurn;
}

async function drawFrame(track: InputVideoTrack, { at, turn, most }: Work<'frame'>, reads: Reads) {
  const rotation = await turnOf(track, turn);
  const [width, height] = [await track.getDisplayWidth(), await track.getDisplayHeight()];
  const longer = Math.max(width, height);
  const scale = Math.min(1, most / longer);
  const wide = turn % 180 === 0 ? width : height;
  const sink = new CanvasSink(track, { width: Math.max(1, Math.round(wide * scale)), rotation });
  const blob = await blobOf(await frameAt(sink, (await track.getFirstTimestamp()) + at, reads));
  return { size: blob.size, bytes: new Uint8Array(await blob.arrayBuffer()) };
}

function blobOf(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<Blob> {
  const how = { type: 'image/jpeg', quality: frameQuality };
  if (canvas instanceof OffscreenCanvas) return canvas.convertToBlob(how);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no frame'))), how.type, how.quality),
  );
}

/**
 * Chromium 114 writes the flags of the profile into the header of H.264 in the wrong order (ISO/IEC 14496-15, 5.3.3.1.2); in the
 * parameter set that follows there they are right.
 */
function rightHeader(description: AllowSharedBufferSource | undefined): void {
  if (!description) return;
  const bytes = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  const flags = bytes[10];
  if (flags !== undefined && bytes[9] === bytes[1]) bytes[2] = flags;
}

/** A frame as it is encoded. */
async function shaped(frame: VideoSample, shape: Shape): Promise<VideoSample> {
  const { rotation, width, height, timestamp, duration } = shape;
  const made = await planar(frame, shape);
  if (made) return made;
  const drawn = await frame.transform({
    width,
    height,
    fit: 'contain',
    alpha: 'discard',
    rotate: ((rotation - frame.rotation + 360) % 360) as VideoTurn,
  });
  drawn.setTimestamp(timestamp);
  drawn.setDuration(duration);
  return drawn;
}

/** Makes another video of a part of one, without sound; ends early, with a guess, when it becomes too large. */
async function make(track: InputVideoTrack, order: Work<'make'>, port: VideoPort) {
  const { width, height, bitrate, start, end, most } = order;
  const rotation = await turnOf(track, order.turn);
  const first = await track.getFirstTimestamp();
  const sink = new VideoSampleSink(track);
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target });
  let size: number = index.whole;
  const source = new VideoSampleSource({
    codec: 'avc',
    quality: new Quality({ bitrate }),
    fullCodecString: codec,
    onEncodedPacket({ byteLength }, meta) {
      size += byteLength + index.picture;
      rightHeader(meta?.decoderConfig?.description);
    },
  });
  output.addVideoTrack(source);
  await output.start();
  try {
    let last = Number.NEGATIVE_INFINITY;
    let told = 0;
    for await (const frame of sink.samples(first + start, first + end)) {
      port.signal.throwIfAborted();
      const at = Math.max(0, frame.timestamp - first - start);
      // A little less, as times are rounded.
      if (at - last < 0.9 / mostRate) {
        frame.close();
        continue;
      }
      last = at;
      const lasts = Math.max(1 / 1_000, Math.min(frame.duration || 1 / mostRate, end - start - at));
      const shape = { rotation, width, height, timestamp: at, duration: lasts };
      const sample = await shaped(frame, shape).finally(() => frame.close());
      await source.add(sample).finally(() => sample.close());
      const share = Math.min(1, at / (end - start));
      if (size > most) return { size: Math.max(most + 1, Math.round(size / Math.max(share, 0.05))) };
      if (performance.now() - told < tellEvery) continue;
      told = performance.now();
      port.progress(share);
    }
    if (last < 0) throw new Error('no frame');
    await output.finalize();
  } finally {
    if (output.state !== 'finalized') await output.cancel();
  }
  const made = target.buffer;
  if (!made) throw new Error('nothing made');
  return made.byteLength > most
    ? { size: made.byteLength }
    : { size: made.byteLength, bytes: new Uint8Array(made) };
}
