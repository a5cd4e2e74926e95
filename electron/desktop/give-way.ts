import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/**
 * Lets what works hard for Tally give way to main, which answers the tray: with as many of Chromium's threads at work as there are
 * processors, main would wait its turn behind them. A process that has gone, or whose priority the system keeps, stays as it is.
 */
export function giveWay(pid: number): void {
  for (const thread of threadsOf(pid)) {
    try {
      setPriority(thread, constants.priority.PRIORITY_BELOW_NORMAL);
    } catch {
      // It has ended by itself.
    }
  }
}

/** On Linux each thread has a priority of its own, which those that it starts later begin with. */
function threadsOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return [pid];
  try {
    return readdirSync(`/proc/${pid}/task`).map(Number);
  } catch {
    return [];
  }
}
