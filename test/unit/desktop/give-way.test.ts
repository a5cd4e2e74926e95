import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants, getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { giveWay } from '../../../electron/desktop/give-way.ts';

const { PRIORITY_BELOW_NORMAL } = constants.priority;

it('lets a process give way to main, and minds none that has gone', async () => {
  const child = spawn(process.execPath, ['-e', 'process.stdin.resume()'], {
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  await once(child, 'spawn');
  const pid = child.pid as number;
  giveWay(pid);
  expect(getPriority(pid)).toBeGreaterThanOrEqual(PRIORITY_BELOW_NORMAL);
  child.stdin.end();
  await once(child, 'exit');
  expect(() => giveWay(pid)).not.toThrow();
});
