import { randomBytes, timingSafeEqual } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { join } from 'node:path';

/**
 * The way on which a reader's bytes come to main, a socket of the two's own. By messages each byte is copied into new memory four
 * times on its way, which the system first has to give: 15 MB take main 22 ms of its time, and 5 to 10 so.
 */

/** Where a reader waits for main, and by what it knows main. */
export interface Way {
  readonly place: string;
  /** Hexadecimal. */
  readonly key: string;
}

/** Before the bytes of each piece: the number of its call, how many they are, and whether it is the last one. */
const headSize = 9;
const keySize = 32;
/** What main takes of the socket at a time, in bytes: as much as Linux lets wait in one. */
const pieceSize = 208 * 1024;

/** Told of what a call has read, piece by piece, and with which of them that is all. A piece is good until it returns. */
export type OnBytes = (id: number, piece: Uint8Array, last: boolean) => void;

/** Makes the folder that readers wait in, and removes what a Tally that was killed has left there. */
export function clearPlaces(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { mode: 0o700 });
  } catch {
    // Without a place the bytes come by messages.
  }
}

/**
 * Waits for main, and for nobody else, at a place in `folder` of which `offer` is told; gives `open` the socket once it has come.
 * Where there can be no such place, none comes: the folder may be missing, its path longer than a socket's (about 100 bytes), or its
 * disk one that has no sockets.
 */
export function awaitMain(folder: string, offer: (way: Way) => void, open: (socket: Socket) => void): void {
  const key = randomBytes(keySize);
  const name = randomBytes(12).toString('hex');
  const place = process.platform === 'win32' ? `\\\\.\\pipe\\tally-${name}` : join(folder, name);
  const server = createServer((socket) => {
    socket.on('error', () => {});
    const given: Buffer[] = [];
    socket.on('data', (more) => {
      given.push(more);
      const all = Buffer.concat(given);
      if (all.byteLength < keySize) return;
      socket.removeAllListeners('data');
      if (all.byteLength > keySize || !timingSafeEqual(all, key)) return void socket.destroy();
      // With the server the socket goes from the folder.
      server.close();
      open(socket);
    });
  });
  server.on('error', () => {});
  // From its first moment nobody but this person may connect.
  const former = process.umask(0o177);
  server.listen(place, () => offer({ place, key: key.toString('hex') }));
  process.umask(former);
}

/** Sends a piece; resolves when its memory may be used again. */
export function sendBytes(socket: Socket, id: number, bytes: Uint8Array, last: boolean): Promise<void> {
  const head = Buffer.alloc(headSize);
  head.writeUInt32LE(id, 0);
  head.writeUInt32LE(bytes.byteLength, 4);
  head.writeUInt8(last ? 1 : 0, 8);
  return new Promise((sent, failed) => {
    socket.cork();
    socket.write(head);
    socket.write(bytes, (error) => (error ? failed(error) : sent()));
    socket.uncork();
  });
}

/** Goes to a reader, and tells what it sends. */
export function meetReader({ place, key }: Way, onBytes: OnBytes): void {
  const read = createFrames(onBytes);
  const socket = connect({
    path: place,
    // The same memory for every piece.
    onread: {
      buffer: Buffer.allocUnsafe(pieceSize),
      callback(count, buffer) {
        read(Buffer.from(buffer.buffer, buffer.byteOffset, count));
        return true;
      },
    },
  });
  // What a reader owes when it ends is told by its process.
  socket.on('error', () => {});
  socket.write(Buffer.from(key, 'hex'));
}

/** Takes a stream apart, wherever it was cut, into the pieces that are in it. */
export function createFrames(onBytes: OnBytes): (more: Buffer) => void {
  const head = Buffer.alloc(headSize);
  let headFilled = 0;
  let taken = 0;
  return (more) => {
    for (let rest = more; rest.byteLength > 0; ) {
      if (headFilled < headSize) {
        const count = rest.copy(head, headFilled);
        headFilled += count;
        rest = rest.subarray(count);
        if (headFilled < headSize) return;
      }
      const length = head.readUInt32LE(4);
      const piece = rest.subarray(0, length - taken);
      rest = rest.subarray(piece.byteLength);
      taken += piece.byteLength;
      const isWhole = taken === length;
      if (piece.byteLength > 0 || isWhole) onBytes(head.readUInt32LE(0), piece, isWhole && head[8] === 1);
      if (isWhole) [headFilled, taken] = [0, 0];
    }
  };
}
