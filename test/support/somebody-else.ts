import { spawn } from 'node:child_process';
import { vi } from 'vitest';

/** Whether this process may act as another user. */
export const isRoot = process.getuid?.() === 0;

const program = `
const [url] = process.argv.slice(1);
require('node:http')
  .get(url, (answer) => process.stdout.write(String(answer.statusCode)))
  .on('error', () => process.stdout.write('none'));`;

/**
 * What another user of this computer is answered at an address: an HTTP status, or `none`. Only root can be another user; anybody
 * else asks as they are, and meanwhile Tally takes itself for another's.
 */
export async function askAsSomebodyElse(url: string): Promise<string> {
  if (isRoot) return ask(url, { uid: 65_534, gid: 65_534 });
  const own = Number(process.getuid?.());
  const takenFor = vi
    .spyOn(process as Required<Pick<NodeJS.Process, 'getuid'>>, 'getuid')
    .mockReturnValue(own + 1);
  try {
    return await ask(url, {});
  } finally {
    takenFor.mockRestore();
  }
}

function ask(url: string, user: { readonly uid?: number; readonly gid?: number }): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('/usr/bin/env', ['node', '-e', program, url], {
      ...user,
      cwd: '/',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
    });
    child.on('error', reject);
    child.on('close', () => resolve(said));
  });
}
