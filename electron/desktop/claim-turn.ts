import { mkdirSync, readlinkSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

/** How long one launch waits for another to be through with its claim, which takes some milliseconds, in ms. */
const patience = 2_000;

/**
 * Lets the launches with one user data folder call `claim` one after the other. Chromium's own lock can be won twice: a process
 * that looks at it in the millisecond between its making and its listening takes the owner for dead, and takes it over (seen
 * about once in twenty times that five were started at once; two Tallys then ran on the same files).
 *
 * A turn is a link to the process that has it, as it is made in one step. One whose process was killed meanwhile, or that lasts
 * for two seconds, is passed over; a folder that cannot be written has no turns.
 */
export async function inClaimTurn<T>(folder: string, claim: () => T): Promise<T> {
  const turn = join(folder, 'claiming');
  const isOurs = await take(turn, Date.now() + patience);
  try {
    return claim();
  } finally {
    if (isOurs) remove(turn);
  }
}

async function take(turn: string, until: number): Promise<boolean> {
  try {
    // Not there at the very first start. As Chromium would make it.
    mkdirSync(dirname(turn), { recursive: true, mode: 0o700 });
  } catch {
    return false;
  }
  for (;;) {
    try {
      symlinkSync(String(process.pid), turn);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') return false;
    }
    // Between these two another may do the same: then there are two at once, which takes a kill and three launches within milliseconds.
    if (Date.now() <= until && isHeld(turn)) await wait(2);
    else if (!remove(turn)) return false;
  }
}

/** False where it stays: what was left behind can lie in a folder that has become read-only since. */
function remove(turn: string): boolean {
  try {
    rmSync(turn, { force: true, recursive: true });
    return true;
  } catch {
    return false;
  }
}

function isHeld(turn: string): boolean {
  try {
    return isRunning(Number(readlinkSync(turn)));
  } catch (error) {
    // Given back since; anything else that stands there is not ours.
    return (error as NodeJS.ErrnoException).code === 'ENOENT';
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
