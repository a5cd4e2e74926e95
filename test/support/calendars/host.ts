import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { CalendarHost } from '../../../electron/desktop/calendar/aside.ts';

const program = fileURLToPath(new URL('process.mjs', import.meta.url));

/** A process that runs `file` as Electron's would, without Electron. */
export function calendarHost(file: URL): CalendarHost {
  const child = fork(program, [file.href], { serialization: 'advanced' });
  return {
    send: (job) => child.send(job),
    onResult: (listener) => void child.once('message', listener),
    onGone: (listener) => void child.once('exit', listener),
    end: () => void child.kill('SIGKILL'),
  };
}
