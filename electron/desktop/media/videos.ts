import type { MediaAnswer, VideoWork } from '../../../shared/ipc/media-process.ts';
import { createInTurn } from '../../core/lib/in-turn.ts';
import { hasCrashed, Refusal, refusalOf } from '../../core/media/problem.ts';
import type { Encoded, Parts, Videos } from '../../core/ports.ts';
import type { MediaProcess, Worker } from './process.ts';

interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly urgent?: boolean;
  readonly progress?: ((share: number) => void) | undefined;
}

type Answer = Exclude<MediaAnswer, { failed: true }>;

/** Looks into videos in `quick`, and makes others of them in `long`, which is given back at once afterwards. */
export function createVideos(quick: MediaProcess, long: MediaProcess): Videos {
  async function use(
    process: MediaProcess,
    file: Parts,
    work: VideoWork,
    { signal, urgent, progress }: Watch,
  ): Promise<Answer | undefined> {
    try {
      return await process.use((worker) => run(worker, file, work, { signal, progress }), signal, urgent);
    } catch (cause) {
      throw hasCrashed(cause) ? brokeOff() : refusalOf(cause);
    }
  }

  return {
    async look(file, signal) {
      const answer = await use(quick, file, { work: 'look' }, { signal });
      return answer && 'look' in answer ? answer.look : null;
    },
    async frame(file, of, signal) {
      const answer = await use(quick, file, { work: 'frame', ...of }, { signal, urgent: true });
      const bytes = encoded(answer)?.bytes;
      return bytes && startsWith(bytes, 0, [0xff, 0xd8, 0xff]) ? bytes : null;
    },
    async make(file, { start, end, turn, width, height, bitrate, most }, { signal, progress }) {
      const work = { work: 'make', start, end, turn, width, height, bitrate, most } as const;
      try {
        const made = encoded(await use(long, file, work, { signal, progress }));
        if (!made?.bytes) return made ?? null;
        // It could have been taken over by what it opened: what it gives is at least what it says it is.
        return made.size <= most && startsWith(made.bytes, 4, [0x66, 0x74, 0x79, 0x70]) ? made : null;
      } finally {
        long.swell();
      }
    },
  };
}

async function run(
  worker: Worker,
  file: Parts,
  work: VideoWork,
  { signal, progress }: Watch,
): Promise<Answer | undefined> {
  let failed: { readonly cause: unknown } | undefined;
  // Parts are answered in the order in which they are asked for.
  const inTurn = createInTurn();
  const { id, answer } = worker.ask({ order: 'video', size: file.size, ...work }, (event) => {
    if ('alive' in event) return;
    if ('share' in event) return progress?.(event.share);
    void inTurn(async () => {
      try {
        const bytes = await file.read(event.at, event.length);
        worker.tell({ order: 'bytes', id, bytes });
      } catch (cause) {
        failed ??= { cause };
        worker.tell({ order: 'unread', id });
      }
    });
  });
  const end = () => worker.tell({ order: 'close', id });
  signal?.addEventListener('abort', end, { once: true });
  try {
    const given = await answer;
    if (failed) throw failed.cause;
    return given;
  } finally {
    signal?.removeEventListener('abort', end);
  }
}

function encoded(answer: Answer | undefined): Encoded | undefined {
  if (!answer || !('size' in answer)) return undefined;
  const { size, bytes } = answer;
  if (!bytes) return { size };
  return { size: bytes.byteLength, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) };
}

function startsWith(bytes: Uint8Array, from: number, start: readonly number[]): boolean {
  return start.every((byte, at) => bytes[from + at] === byte);
}

const brokeOff = () => new Refusal('crashed', 'The part of Tally that opens videos broke off on this one.');
