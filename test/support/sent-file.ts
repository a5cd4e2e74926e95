import { createHash } from 'node:crypto';
import { findHidden } from '../../electron/core/media/leave-out.ts';
import { trimmedDisk } from '../../electron/core/media/trimmed.ts';
import { disk } from '../../electron/desktop/files/disk.ts';

/** A file as it is sent, read in pieces of `piece` bytes; and what its size was said to be. */
export async function sentOf(path: string, piece = 1_000): Promise<{ bytes: Buffer; size: number }> {
  const left = await findHidden(disk, path);
  const file = await (left ? trimmedDisk(disk, left) : disk).open(path);
  const pieces: Buffer[] = [];
  const buffer = Buffer.alloc(piece);
  for (let count = -1; count !== 0; ) {
    count = await file.read(buffer, 0, piece, null);
    pieces.push(Buffer.from(buffer.subarray(0, count)));
  }
  const { size } = await file.state();
  await file.close();
  return { bytes: Buffer.concat(pieces), size };
}

/** Of what is sent of a file, hex: its comments, place and camera are no part of that. */
export async function sentSha256(path: string): Promise<string> {
  return createHash('sha256')
    .update((await sentOf(path)).bytes)
    .digest('hex');
}
