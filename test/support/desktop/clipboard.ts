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

/** What stands in both selections. */
export const pastedFromBoth = async () => [await pasted('clipboard'), await pasted('primary')];
