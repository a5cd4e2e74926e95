/** What another user sees of the tests' processes and of a folder. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { canary } from '../../electron/practice/tokens.ts';
import { findMarks } from '../support/desktop/canaries.ts';
import { type OtherUser, startOtherUser } from '../support/desktop/other-user.ts';

async function look(folder = '/none'): Promise<OtherUser> {
  const other = await startOtherUser(folder);
  onTestFinished(() => other.stop());
  return other;
}

const found = async (other: OtherUser) =>
  (await other.seen()).filter(({ text }) => findMarks(text).length > 0).map(({ place }) => place);

async function run(code: string, args: readonly string[], env = {}): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['-e', code, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout as NonNullable<typeof child.stdout>, 'data');
  return child;
}

const idle = 'console.log(1); setInterval(() => {}, 1000);';

it('sees the arguments of a process, and once', async () => {
  const other = await look();
  expect(await found(other)).toEqual([]);
  const { pid } = await run(idle, [canary()]);
  expect(await found(other)).toEqual([expect.stringContaining(`cmdline of process ${pid} `)]);
  expect(await found(other)).toEqual([]);
});

it('sees those of one that is over before anybody asks', async () => {
  const other = await look();
  const child = await run('console.log(1); setTimeout(() => {}, 300);', [canary()]);
  await once(child, 'exit');
  expect(await found(other)).toEqual([expect.stringMatching(/^cmdline of process \d+ /)]);
});

it('sees what a process is called', async () => {
  const other = await look();
  // A name of a process has 15 characters.
  await run(`process.title = 'CLIENT-' + '01234567';${idle}`, []);
  expect(await found(other)).toContainEqual(expect.stringMatching(/^(comm|cmdline) of process \d+ /));
});

it('does not see the environment', async () => {
  const other = await look();
  await run(idle, [], { TOKEN: canary() });
  expect(await found(other)).toEqual([]);
});

it('sees a file that everybody may read, by its content and its name, and no other', async () => {
  const open = mkdtempSync(join(tmpdir(), 'tally-other-'));
  onTestFinished(() => rmSync(open, { recursive: true, force: true }));
  chmodSync(open, 0o755);
  const other = await look(open);
  expect(await found(other)).toEqual([]);

  mkdirSync(join(open, 'inner'), { mode: 0o755 });
  mkdirSync(join(open, 'closed'), { mode: 0o700 });
  const shown = join(open, 'inner/shown');
  const hidden = join(open, 'hidden');
  writeFileSync(shown, canary(), { mode: 0o644 });
  writeFileSync(hidden, canary(), { mode: 0o600 });
  writeFileSync(join(open, 'closed/file'), canary(), { mode: 0o644 });
  expect(await found(other)).toEqual([`${shown}, mode 644`]);
  chmodSync(hidden, 0o604);
  expect(await found(other)).toEqual([`${hidden}, mode 604`]);
  writeFileSync(join(open, canary()), '');
  expect(await found(other)).toEqual(['the name of a file']);
  chmodSync(open, 0o700);
  writeFileSync(shown, canary());
  expect(await found(other)).toEqual([]);
});
