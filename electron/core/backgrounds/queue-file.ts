import { extname } from 'node:path';
import { mediaKinds } from '../../../shared/media.ts';
import type { UploadFile } from '../http/multipart.ts';
import { contentOf, openFile, type Readable } from '../media/file.ts';

/** What a file was when it was looked at: equal `sha256` is the same content, equal size and time most likely the same file. */
export interface Print {
  /** Lower-case hex. */
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  /** Last change, epoch milliseconds with fractions. Absent for kept copies, which nobody changes. */
  readonly mtimeMs?: number;
}

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
    try {
      check(await source.state());
      yield* contentOf(source, print.size);
      const [found, now] = await Promise.all([source.state(), disk.state(path).catch(() => undefined)]);
      check(found);
      if (now) check(now);
    } finally {
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
