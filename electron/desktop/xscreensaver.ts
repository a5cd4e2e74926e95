import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const command = 'xscreensaver-command';

/** XScreenSaver, which no bus knows, is the locker of an X11 desktop that has none of its own. */
export function hasXScreenSaver({ DISPLAY, WAYLAND_DISPLAY }: NodeJS.ProcessEnv): boolean {
  return Boolean(DISPLAY) && !WAYLAND_DISPLAY;
}

/**
 * Tells soon whether XScreenSaver has locked the screen, and after each change: its own command waits for that without any polling.
 * Tells nothing where it does not run. Returns how to stop.
 */
export function watchXScreenSaver(tell: (locked: boolean) => void): () => void {
  let stopped = false;
  let watching: ChildProcess | undefined;

  /** “screen locked since”, “screen non-blanked since”; an error where it does not run or is not there. */
  execFile(command, ['-time'], { timeout: 5_000 }, (error, out) => {
    if (stopped || (error && 'code' in error && error.code === 'ENOENT')) return;
    if (!error) tell(/\bscreen locked since\b/.test(out));
    watch();
  });

  function watch(): void {
    watching = spawn(command, ['-watch'], { stdio: ['ignore', 'pipe', 'ignore'] });
    watching.on('error', () => {});
    if (!watching.stdout) return;
    createInterface({ input: watching.stdout }).on('line', (line) => {
      if (stopped) return;
      if (line.startsWith('LOCK ')) tell(true);
      if (line.startsWith('UNBLANK ')) tell(false);
    });
  }

  return () => {
    stopped = true;
    watching?.kill();
  };
}
