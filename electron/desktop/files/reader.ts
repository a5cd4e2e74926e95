import { createReadCalls, type ReadAnswer, type ReadCall } from './calls.ts';
import { disk } from './disk.ts';
import { layBytes, makeMemory } from './memory.ts';

// A reader: a process that looks into the person's files for main, and that main ends when a drive hangs. It has a file system, and
// nothing else to do with it than to answer.
const { parentPort } = process;
const memory = makeMemory();
if (memory !== undefined) parentPort.postMessage({ memory });
const take = createReadCalls(
  disk,
  (told: ReadAnswer) => parentPort.postMessage(told),
  (bytes, at) => memory !== undefined && layBytes(memory, bytes, at),
  () => performance.now(),
);
parentPort.on('message', ({ data }: { readonly data: ReadCall }) => void take(data));
