import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

type Selection = 'clipboard' | 'primary';

/** What any program of this desktop would paste; empty where nobody offers anything. */
export async function pasted(selection: Selection = 'clipboard'): Promise<string> {
  try {
    return (await promisify(execFile)('xclip', ['-selection', selection, '-o'], { timeout: 5_000 })).stdout;
  } catch {
    return '';
  }
}

/** The formats in which it is offered. */
export async function offered(selection: Selection): Promise<string[]> {
  const targets = ['-selection', selection, '-o', '-t', 'TARGETS'];
  return (await promisify(execFile)('xclip', targets, { timeout: 5_000 })).stdout.split('\n');
}

/** What stands in both selections. */
export const pastedFromBoth = async () => [await pasted('clipboard'), await pasted('primary')];
