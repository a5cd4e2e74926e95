import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planStart } from '../support/desktop/start.ts';
import { expect, test } from '../support/desktop/tally.ts';
import { type Ended, ended } from '../support/program.ts';

const notice = 'Tally didn’t do what the command says';

test('`tally` starts a Tally where none runs, and says what came of each command', async ({
  panel,
  zoom,
  practice,
  keyring: _,
  folders,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-e2e-'));
  folders.add(folder);
  const userData = join(folder, 'data');
  mkdirSync(userData, { mode: 0o700 });
  // As in a package: the command beside the program.
  const { program, args, env } = planStart({ userData }, practice);
  const words = [program, ...args, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const quoted = words.map((word) => `'${word}'`).join(' ');
  writeFileSync(join(folder, 'tally'), `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
  mkdirSync(join(folder, 'bin'));
  cpSync('resources/cli/tally', join(folder, 'bin/tally'));
  const type = (...typed: string[]): Promise<Ended> =>
    ended(spawn(join(folder, 'bin/tally'), [`--user-data-dir=${userData}`, ...typed], { env, cwd: folder }));

  const nonsense = await type('nonsense');
  expect(nonsense.code).toBe(2);
  expect(nonsense.err).toMatch(/^The commands are “status”, “open”, “upload” and “setup”\.$/m);
  expect(panel.items()).toEqual([]);

  expect(await type('status')).toEqual({ code: 0, out: 'Available.\n', err: '' });
  await panel.waitForTooltip('Available');
  const away = await type('status', 'away', '--for', '45');
  expect(away).toEqual({
    code: 0,
    out: expect.stringMatching(/^Away until .*, then Available\.\n$/),
    err: '',
  });
  expect(await zoom.updates()).toEqual([{ status: 'Away' }]);
  await panel.waitForTooltip('Away, 45 min left');
  const waiting = await type('status', 'busy');
  expect(waiting).toEqual({ code: 5, out: '', err: expect.stringContaining('one change per minute') });
  expect(JSON.parse((await type('status', '--json')).out)).toMatchObject({
    status: 'away',
    next: 'available',
    waiting: { status: 'busy', why: 'minute-limit' },
  });
  expect(await type('--version')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Tally \d+\.\d+\.\d+\n$/),
  });
  expect(await type('status', 'nonsense')).toEqual({
    code: 2,
    out: '',
    err: expect.stringContaining('“status” takes one of: available,'),
  });
  expect(await type('upload', 'no-such.png')).toMatchObject({
    code: 2,
    err: `There is no file ${join(folder, 'no-such.png')}.\n`,
  });

  // The program itself says the same, after a start of Chromium.
  const direct = await ended(spawn(join(folder, 'tally'), ['status'], { env }));
  expect(direct).toMatchObject({ code: 0, out: expect.stringContaining('Away until ') });
  await panel.click(['Quit']);
  await panel.waitForNoItem();
});

test('a command that is done takes the word about the one before it away', async ({
  zoom,
  launch,
  start,
  expectConsole,
}) => {
  expectConsole(/^“status” takes one of: /, /^Busy\.$/);
  const { userData, window: windowOf } = await launch();
  const window = await windowOf();
  await expect(window.status.currentWord()).toHaveText('Available');
  expect(await start({ userData, args: ['status', 'nonsense'] }).ended).toBe(2);
  await expect(window.notice(notice)).toBeVisible();
  expect(await start({ userData, args: ['status', 'busy'] }).ended).toBe(0);
  await expect(window.notice(notice)).toHaveCount(0);
  expect(await zoom.updates()).toEqual([{ status: 'Busy' }]);
});
