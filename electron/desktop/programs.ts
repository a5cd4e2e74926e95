import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Clock, ProgramEnd, RunProgram } from '../core/ports.ts';

/** So much of what a program writes to its standard error is kept at most, in bytes. */
const longest = 8 * 1024;
/** What a program has written arrives so long after its end, in ms, unless something that it started has its output, too. */
const arriving = 200;

/** What programs need to find others, their person's things and the desktop. Nothing else is handed on: a proxy's address may have a password. */
const handedOn = new Set(
  [
    'PATH HOME USER LOGNAME SHELL LANG LANGUAGE LC_ALL LC_CTYPE LC_MESSAGES LC_NUMERIC LC_TIME TZ TMPDIR',
    'DISPLAY WAYLAND_DISPLAY XAUTHORITY XDG_RUNTIME_DIR XDG_SESSION_TYPE XDG_CURRENT_DESKTOP DBUS_SESSION_BUS_ADDRESS',
    'SYSTEMROOT WINDIR SYSTEMDRIVE COMSPEC PATHEXT TEMP TMP USERNAME USERPROFILE HOMEDRIVE HOMEPATH',
    'APPDATA LOCALAPPDATA PROGRAMDATA PROGRAMFILES PROGRAMFILES(X86)',
  ].flatMap((names) => names.split(' ')),
);

interface ProgramsDeps {
  readonly clock: Pick<Clock, 'setTimeout'>;
  readonly platform: NodeJS.Platform;
  readonly env: NodeJS.ProcessEnv;
}

/** Runs programs of the person's: no shell, in the home folder, and in a process group that is ended with all that is in it. */
export function createPrograms({ clock, platform, env }: ProgramsDeps): RunProgram {
  const isWindows = platform === 'win32';
  const handed = Object.entries(env).filter(([name]) => handedOn.has(isWindows ? name.toUpperCase() : name));

  return ({ program, args, env: more }, signal) =>
    new Promise<ProgramEnd>((resolve) => {
      const failed = ({ code = '' }: NodeJS.ErrnoException) => resolve({ kind: whyNot(code, program) });
      let child: ChildProcess;
      try {
        child = spawn(program, args, {
          cwd: homedir(),
          env: { ...Object.fromEntries(handed), ...more },
          stdio: ['ignore', 'ignore', 'pipe'],
          // A group of its own; on Windows this would open a console.
          detached: !isWindows,
          windowsHide: true,
        });
      } catch (cause) {
        failed(cause as NodeJS.ErrnoException);
        return;
      }
      const said = lastOf(child);
      const kill = () => endGroup(child, isWindows);
      signal.addEventListener('abort', kill, { once: true });
      child.once('error', failed);
      child.once('exit', (code, by) => {
        signal.removeEventListener('abort', kill);
        const end = () => {
          child.stderr?.destroy();
          resolve(endOf(code, by, said()));
        };
        // What is there to be read by then is read first.
        const cancel = clock.setTimeout(() => setImmediate(end), arriving);
        child.once('close', () => {
          cancel();
          end();
        });
      });
    });
}

function whyNot(code: string, program: string) {
  if (code === 'ENOENT' && !existsSync(program)) return 'missing';
  // ENOENT of a script that is there: what shall read it is not. EINVAL and UNKNOWN are Windows' for what is no program.
  const isNone = ['ENOENT', 'EACCES', 'EPERM', 'ENOEXEC', 'ENOTDIR', 'EINVAL', 'UNKNOWN'].includes(code);
  return isNone ? 'not-executable' : 'not-started';
}

function endOf(code: number | null, signal: string | null, said: string): ProgramEnd {
  if (signal !== null) return { kind: 'signal', signal, said };
  return code === 0 || code === null ? { kind: 'done' } : { kind: 'exit', code, said };
}

/** Keeps the last that a program writes to its standard error, and gives it. */
function lastOf({ stderr }: ChildProcess): () => string {
  let last = Buffer.alloc(0);
  stderr?.on('error', () => {});
  stderr?.on('data', (chunk: Buffer) => {
    last = Buffer.concat([last, chunk.subarray(-longest)]).subarray(-longest);
  });
  return () => last.toString('utf8');
}

function endGroup(child: ChildProcess, isWindows: boolean): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (isWindows) {
    const taskkill = join(process.env.SystemRoot ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    execFile(taskkill, ['/PID', String(pid), '/T', '/F'], { windowsHide: true }, () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
