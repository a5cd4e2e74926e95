import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { giveWay } from '../give-way.ts';
import type { ReadAnswer } from './calls.ts';
import { type Memory, openMemory } from './memory.ts';
import type { ReaderHost } from './readers.ts';

/** So many calls of a reader can hang without the next one waiting for them. */
const threads = '16';

/** Starts a reader (reader.ts). */
export function startReader(): ReaderHost {
  const child = utilityProcess.fork(join(__dirname, 'reader.cjs'), [], {
    serviceName: 'Tally files',
    env: { ...process.env, UV_THREADPOOL_SIZE: threads },
  });
  child.once('spawn', () => giveWay(child.pid ?? 0));
  let memory: Memory | undefined;
  child.once('exit', () => {
    memory?.close();
    // Its descriptor may be another file's by now.
    memory = undefined;
  });
  return {
    send: (call) => child.postMessage(call),
    onAnswer(listener) {
      child.on('message', (told: ReadAnswer | { readonly memory: number }) => {
        if ('memory' in told) memory = openMemory(child.pid ?? 0, told.memory);
        else listener(told);
      });
    },
    memory: () => memory,
    onGone: (listener) => void child.once('exit', listener),
    end() {
      const { pid } = child;
      // One that hangs in a call of the system's does not end by being asked.
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      else child.kill();
    },
  };
}
