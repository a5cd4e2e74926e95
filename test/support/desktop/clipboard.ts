import { execFile, execFileSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';

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

/** Texts that tests have copied themselves, which are not Tally's to take back. */
export const putByTests = new Set<string>();

/** What stands in both selections. */
export const pastedFromBoth = async () => [await pasted('clipboard'), await pasted('primary')];

/**
 * Puts `content` on the clipboard as another program does: xclip stays behind and serves it as `type`. It returns before it has
 * the clipboard (the process that it leaves behind takes it), so this waits until the content can be pasted from there.
 */
export async function copyElsewhere(content: string | Buffer, type = 'UTF8_STRING'): Promise<void> {
  const of = ['-selection', 'clipboard', '-t', type];
  putByTests.add(String(content));
  execFileSync('xclip', [...of, '-i'], { input: content, stdio: ['pipe', 'ignore', 'ignore'] });
  const paste = async () =>
    (await promisify(execFile)('xclip', [...of, '-o'], { encoding: 'buffer' })).stdout;
  const arrived = () => paste().then((found) => found.equals(Buffer.from(content)));
  await expect.poll(() => arrived().catch(() => false)).toBe(true);
}
