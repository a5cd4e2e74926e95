import { spawn } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import type { Clock, DeviceUse } from '../../core/ports.ts';
import { keepGoing } from './again.ts';
import { createGraph } from './graph.ts';
import { readArrays } from './json-arrays.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Tells who uses a microphone or camera by PipeWire, at once and after each change: undefined where it does not run, or where the
 * system lacks pw-dump, which comes with it. Returns how to stop that.
 */
export function watchPipeWire(
  clock: Clock,
  tell: (uses: readonly DeviceUse[] | undefined) => void,
  env: Environment = process.env,
): () => void {
  return keepGoing(clock, (works, ended) => {
    const program = isThere(env) ? findProgram('pw-dump', env) : undefined;
    if (!program) {
      tell(undefined);
      ended();
      return () => {};
    }
    const graph = createGraph();
    const child = spawn(program, ['--monitor'], {
      env: { ...env, LC_ALL: 'C' },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const kill = () => void child.kill('SIGKILL');
    const take = readArrays((array) => {
      graph.take(array);
      works();
      tell(graph.uses());
    });
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      if (!take(chunk)) kill();
    });
    const over = () => {
      tell(undefined);
      ended();
    };
    child.once('error', over).once('close', over);
    return () => {
      child.stdout.removeAllListeners('data');
      child
        .off('error', over)
        .off('close', over)
        .on('error', () => {});
      kill();
    };
  });
}

/** Without its socket PipeWire does not run; where it has a name of its own, only pw-dump knows. */
function isThere({ PIPEWIRE_REMOTE, PIPEWIRE_RUNTIME_DIR, XDG_RUNTIME_DIR }: Environment): boolean {
  const folder = PIPEWIRE_RUNTIME_DIR ?? XDG_RUNTIME_DIR;
  return PIPEWIRE_REMOTE !== undefined || (folder !== undefined && existsSync(join(folder, 'pipewire-0')));
}

/** A program of this name in a folder that stands in the path from the root on. */
function findProgram(name: string, { PATH = '' }: Environment): string | undefined {
  const places = PATH.split(delimiter).filter((folder) => isAbsolute(folder));
  return places.map((folder) => join(folder, name)).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
