import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';

/** How a program ended, and all that it has said from now on. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Resolves when nobody holds the program's output any more. */
export async function ended(child: ChildProcessWithoutNullStreams): Promise<Ended> {
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    err += chunk;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

/** Throws with the last that a program said, unless it ended well. */
export async function must(done: Promise<Ended>, what: string): Promise<Ended> {
  const result = await done;
  if (result.code !== 0)
    throw new Error(`${what} failed (${result.code}):\n${result.out}\n${result.err}`.slice(-3_000));
  return result;
}
