import { kindFacts } from '../../../shared/media.ts';
import { inMemory } from '../../core/media/in-memory.ts';
import { changed, Refusal, refusalOf } from '../../core/media/problem.ts';
import type { Disk, Encoding, Image, ImageCodec, OpenFile, OpenOptions } from '../../core/ports.ts';
import type { MediaHost, MediaProcess, Worker } from './process.ts';

/** A picture goes to the media process in pieces of this size, bytes: none holds up main for more than a millisecond. */
const pieceSize = 512 * 1024;

/** Pixels from which on a picture is a large one: 40 MB, and as much again while it is drawn. */
const large = 10_000_000;

/** Where a picture is open: the process, and its number there. */
interface Place {
  readonly host: MediaHost;
  readonly of: number;
}

interface Opened {
  readonly place: Place;
  readonly width: number;
  readonly height: number;
  readonly opaque: boolean;
}

/**
 * Opens pictures in the media process. Should it end while nothing is done with an open picture, that is opened again where it is
 * next needed: only the picture that it ended with is lost.
 */
export function createCodec(process: MediaProcess, disk: Disk): ImageCodec {
  const use = <T>(work: (worker: Worker) => Promise<T>, { signal, urgent }: OpenOptions): Promise<T> =>
    process.use(work, signal, urgent).catch((cause: unknown) => {
      throw refusalOf(cause);
    });

  async function openIn(
    worker: Worker,
    source: string | Uint8Array,
    { kind, scale, reducedOnly, signal }: OpenOptions,
  ): Promise<Opened | undefined> {
    const file = typeof source === 'string' ? await disk.open(source) : inMemory(source);
    try {
      const { size } = await file.state();
      if (size === 0) throw new Refusal('empty', 'This file is empty.');
      const how = { type: kindFacts(kind).type, size, scale, ...(reducedOnly && { reducedOnly }) };
      const { id, answer } = worker.ask({ order: 'open', ...how });
      for await (const bytes of pieces(file, size)) {
        if (signal?.aborted) break;
        worker.tell({ order: 'bytes', id, bytes });
      }
      if (signal?.aborted) {
        // Also what is open by now: nobody is left who would close it.
        worker.tell({ order: 'close', id });
        throw new Refusal('cancelled', 'Cancelled.');
      }
      const opened = await answer;
      if (signal?.aborted) worker.tell({ order: 'close', id });
      return opened && 'width' in opened ? { ...opened, place: { host: worker.host, of: id } } : undefined;
    } finally {
      await file.close();
    }
  }

  function imageOf(first: Opened, source: string | Uint8Array, options: OpenOptions): Image {
    const { width, height, opaque } = first;
    let { place } = first;
    let closed = false;

    async function encodeIn(worker: Worker, as: Encoding) {
      if (place.host !== worker.host) {
        const again = await openIn(worker, source, options);
        if (!again) throw unopened();
        place = again.place;
      }
      const { kind, quality = 100, most, behind } = as;
      const sides = { width: as.width, height: as.height };
      const type = `image/${kind}` as const;
      const how = { type, quality, most, ...(behind !== undefined && { behind }) };
      const { answer: asked } = worker.ask({ order: 'encode', of: place.of, ...sides, ...how });
      const answer = await asked;
      if (!answer || !('size' in answer)) throw unopened();
      const { size, bytes } = answer;
      if (!bytes) return { size };
      if (bytes.byteLength > most || !isOf(kind, bytes)) throw unopened();
      return { size: bytes.byteLength, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
    }

    return {
      width,
      height,
      opaque,
      encode: (as) => use((worker) => encodeIn(worker, as), options),
      close() {
        if (closed) return;
        closed = true;
        if (process.host() !== place.host) return;
        place.host.send({ id: place.of, order: 'close' });
        if (width * height > large) process.swell();
      },
    };
  }

  return {
    async open(source, options) {
      const opened = await use((worker) => openIn(worker, source, options), options);
      return opened ? imageOf(opened, source, options) : null;
    },
  };
}

/** Memory of its own for each: what is sent is the whole of the memory that a piece lies in. */
async function* pieces(file: OpenFile, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < size; ) {
    const piece = new Uint8Array(Math.min(pieceSize, size - at));
    const count = await file.read(piece, 0, piece.byteLength, at);
    if (count === 0) throw changed();
    yield count === piece.byteLength ? piece : piece.slice(0, count);
    at += count;
  }
}

const unopened = () => new Refusal('damaged', 'This picture is damaged and can’t be opened.');

/** The process could have been taken over by what it opened: what it gives is at least what it says it is. */
function isOf(kind: Encoding['kind'], bytes: Uint8Array): boolean {
  const start = kind === 'png' ? [0x89, 0x50, 0x4e, 0x47] : [0xff, 0xd8, 0xff];
  return start.every((byte, at) => bytes[at] === byte);
}
