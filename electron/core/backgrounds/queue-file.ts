import { extname } from 'node:path';
import { mediaKinds } from '../../../shared/media.ts';
import type { UploadFile } from '../http/multipart.ts';
import { openFile, type Readable } from '../media/file.ts';
import type { OpenFile } from '../ports.ts';

/** What a file was when it was looked at: equal `sha256` is the same content, equal size and time most likely the same file. */
export interface Print {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Last change, epoch milliseconds with fractions. Absent for kept copies, which nobody changes. */
  readonly mtimeMs?: number;
}

const chunkSize = 256 * 1024;
/** Chunks that are read while one is on its way. A reader's answer takes longer than the chunk before it. */
const mostAhead = 4;

const byEnding: ReadonlyMap<string, string> = new Map(
  Object.values(mediaKinds).flatMap(({ type, endings }) => endings.map((ending) => [`.${ending}`, type])),
);

/**
 * Streams a file in chunks of 256 KiB and holds it to `print`: size and time of change are compared before the first
 * byte is sent and before the last, so that Zoom gets either the content that was looked at or an upload cut short,
 * which it does not take. A file replaced on disk meanwhile counts as changed, one deleted meanwhile is still sent whole.
 * Gives the file, and whether it was found to differ from `print`; the upload then broke off before its last byte.
 * @param name what Zoom shall call it; its ending tells the media type
 */
export function checkedFile(disk: Readable, path: string, name: string, print: Print) {
  let changed = false;

  function check(found: { readonly size: number; readonly mtimeMs: number }): void {
    const same =
      found.size === print.size && (print.mtimeMs === undefined || found.mtimeMs === print.mtimeMs);
    if (same) return;
    changed = true;
    throw new Error('file changed');
  }

  async function* content(): AsyncGenerator<Uint8Array> {
    const source = await openFile(disk, path);
    const reads = readsOf(source);
    const ahead: Promise<Uint8Array>[] = [];
    const begin = () => {
      const next = reads.next().value;
      next.catch(() => undefined);
      ahead.push(next);
    };
    try {
      check(await source.state());
      for (let count = 0; count < (source.take ? mostAhead : 1); count += 1) begin();
      for (let chunk = await ahead.shift(); chunk?.byteLength; chunk = await ahead.shift()) {
        begin();
        yield chunk;
      }
      check(await source.state());
      const now = await disk.state(path).catch(() => undefined);
      if (now) check(now);
    } finally {
      await Promise.allSettled(ahead);
      await source.close();
    }
  }

  return {
    file: {
      name,
      type: byEnding.get(extname(name).toLowerCase()) ?? 'application/octet-stream',
      size: print.size,
      open: content,
    } satisfies UploadFile,
    changed: () => changed,
  };
}

/**
 * Reads a file, chunk by chunk. Chunks that come in memory of their own may be read well ahead of those that are on their way; else
 * two buffers take turns, as new memory for each would double the time and take 15 MB.
 */
function* readsOf(source: OpenFile): Generator<Promise<Uint8Array>, never> {
  const { take } = source;
  if (take) for (let at = 0; ; at += chunkSize) yield take(at, chunkSize);
  const buffers = [Buffer.allocUnsafe(chunkSize), Buffer.allocUnsafe(chunkSize)] as const;
  for (;;) for (const buffer of buffers) yield read(source, buffer);
}

/** Fills the buffer as far as the file goes: only the last chunk is shorter, which the connection may hold on to. */
async function read(source: OpenFile, buffer: Buffer): Promise<Uint8Array> {
  let filled = 0;
  while (filled < buffer.byteLength) {
    const count = await source.read(buffer, filled, buffer.byteLength - filled, null);
    if (count === 0) break;
    filled += count;
  }
  return buffer.subarray(0, filled);
}
