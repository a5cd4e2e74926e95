import { join } from 'node:path';
import { utilityProcess } from 'electron';
import { giveWay } from '../give-way.ts';
import type { CalendarHost } from './aside.ts';

/** Starts a process that reads a calendar (worker.ts). A thread of main's can hang when it ends, and main with it when it quits. */
export function startCalendarHost(): CalendarHost {
  const child = utilityProcess.fork(join(__dirname, 'calendar.cjs'), [], { serviceName: 'Tally calendars' });
  child.once('spawn', () => giveWay(child.pid ?? 0));
  return {
    send: (job) => child.postMessage(job),
    onResult: (listener) => void child.once('message', listener),
    onGone: (listener) => void child.once('exit', listener),
    end() {
      const { pid } = child;
      // A thread that never ends keeps its process from ending by being asked.
      if (pid !== undefined) process.kill(pid, 'SIGKILL');
      else child.kill();
    },
  };
}
