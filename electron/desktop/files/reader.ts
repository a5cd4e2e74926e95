import type { Socket } from 'node:net';
import { awaitMain, sendBytes, type Way } from './bytes.ts';
import { createReadCalls, type ReadAnswer, type ReadCall } from './calls.ts';
import { disk } from './disk.ts';

// A reader: a process that looks into the person's files for main, and that main ends when a drive hangs. It has a file system, and
// nothing else to do with it than to answer.
const { parentPort } = process;
let toMain: Socket | undefined;
const tell = (told: ReadAnswer | { readonly way: Way }) => parentPort.postMessage(told);
const take = createReadCalls(disk, tell, async (id, bytes, last) => {
  if (toMain?.writable) return sendBytes(toMain, id, bytes, last);
  // In memory of its own: what is sent is the whole of the memory that a piece lies in.
  tell({ id, bytes: bytes.slice(), last });
});
parentPort.on('message', ({ data }: { readonly data: ReadCall }) => void take(data));
awaitMain(
  process.argv[2] ?? '',
  (way) => tell({ way }),
  (socket) => {
    toMain = socket;
  },
);
