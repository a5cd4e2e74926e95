import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { giveWay } from '../give-way.ts';
import { clearPlaces, meetReader, type OnBytes, type Way } from './bytes.ts';
import type { ReadAnswer } from './calls.ts';
import type { ReaderHost } from './readers.ts';

/** So many calls of a reader can hang without the next one waiting for them. */
const threads = '16';

/** What starts a reader (reader.ts), which waits for main in `folder`; it is made, and emptied, with the first one. */
export function readerStarter(folder: string): () => ReaderHost {
  let isClear = false;
  return () => {
    if (!isClear) clearPlaces(folder);
    isClear = true;
    return startReader(folder);
  };
}

function startReader(folder: string): ReaderHost {
  const child = utilityProcess.fork(join(__dirname, 'reader.cjs'), [folder], {
    serviceName: 'Tally files',
    env: { ...process.env, UV_THREADPOOL_SIZE: threads },
  });
  child.once('spawn', () => giveWay(child.pid ?? 0));
  let onBytes: OnBytes = () => {};
  return {
    send: (call) => child.postMessage(call),
    onAnswer(listener) {
      child.on('message', (told: ReadAnswer | { readonly way: Way }) => {
        if ('way' in told) meetReader(told.way, (...piece) => onBytes(...piece));
        else listener(told);
      });
    },
    onBytes(listener) {
      onBytes = listener;
    },
    onGone: (listener) => void child.once('exit', listener),
    end() {
      const { pid } = child;
      // One that hangs in a call of the system's does not end by being asked.
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      else child.kill();
    },
  };
}
