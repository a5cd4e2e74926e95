import { createReadCalls, type ReadCall } from './calls.ts';
import { disk } from './disk.ts';

// A reader: a process that looks into the person's files for main, and that main ends when a drive hangs. It has a file system, and
// nothing else to do with it than to answer.
const { parentPort } = process;
const take = createReadCalls(disk, (answer) => parentPort.postMessage(answer));
parentPort.on('message', ({ data }: { readonly data: ReadCall }) => void take(data));
