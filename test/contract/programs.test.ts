/** What becomes of real programs that are started for the person: how they end, what they get, and what is left of them. */
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { open, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { clock } from '../../electron/desktop/clock.ts';
import { createPrograms } from '../../electron/desktop/programs.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();

const env = {
  PATH: process.env.PATH ?? '',
  HTTPS_PROXY: 'http://me:hunter2@proxy',
  TALLY_ZOOM_TOKEN: 'hunter2',
  LD_PRELOAD: '/nowhere',
};

/** Starts a program, and ends it by `signal`. */
function run(program: string, args: readonly string[] = [], signal = new AbortController().signal) {
  const programs = createPrograms({ clock, platform: process.platform, env });
  return programs({ program, args, env: { TALLY_STATUS: 'Busy', TALLY_STATUS_REASON: 'ä; $(id)' } }, signal);
}

/** A script of these lines, in a folder with blanks and umlauts in its name. */
function script(lines: string, name = 'läuft „gut“.sh') {
  const folder = join(folderOf(), 'Mein Ordner äöü');
  mkdirSync(folder);
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${lines}\n`);
  chmodSync(path, 0o755);
  return { path, folder };
}

/** A named pipe: who reads it is told when nobody can write to it any more. */
function pipe(): string {
  const path = join(folderOf(), 'pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

it('is done with 0, and else tells the code or the signal, and what was said last', async () => {
  expect(await run('/bin/true')).toEqual({ kind: 'done' });
  expect(await run(script('echo nobody reads this; echo no lamp >&2; exit 3').path)).toEqual({
    kind: 'exit',
    code: 3,
    said: 'no lamp\n',
  });
  expect(await run(script('kill -TERM $$').path)).toEqual({ kind: 'signal', signal: 'SIGTERM', said: '' });
});

it('tells what is not there, and what is no program', async () => {
  const { path, folder } = script('exit 0');
  expect(await run(`${path}x`)).toEqual({ kind: 'missing' });
  expect(await run(folder)).toEqual({ kind: 'not-executable' });
  chmodSync(path, 0o644);
  expect(await run(path)).toEqual({ kind: 'not-executable' });
  writeFileSync(path, '#!/nowhere/interpreter\n');
  chmodSync(path, 0o755);
  expect(await run(path)).toEqual({ kind: 'not-executable' });
  expect(await run('/bin/true', ['a'.repeat(200_000)])).toEqual({ kind: 'not-started' });
  expect(await run('/bin/true', ['a\0b'])).toEqual({ kind: 'not-started' });
});

it('hands on arguments as they are, through no shell, and runs in the home folder', async () => {
  const { path, folder } = script('out="$1"; shift; pwd > "$out"; printf "[%s]" "$@" >> "$out"');
  const out = join(folder, 'was gesagt wurde');
  const args = ['a b', 'größe', '$(touch /tmp/never); *', '', '"\'\\'];
  expect(await run(path, [out, ...args])).toEqual({ kind: 'done' });
  expect(await readFile(out, 'utf8')).toBe(`${homedir()}\n${args.map((arg) => `[${arg}]`).join('')}`);
});

it('hands on what is told and what any program needs, and nothing else of Tally’s environment', async () => {
  const { path, folder } = script('/usr/bin/env > "$1"');
  await run(path, [join(folder, 'env')]);
  const names = (await readFile(join(folder, 'env'), 'utf8')).split('\n').map((line) => line.split('=')[0]);
  // A shell adds the last three.
  const own = names.filter((name) => name !== '' && !['PWD', 'OLDPWD', 'SHLVL', '_'].includes(String(name)));
  expect(own.sort()).toEqual(['PATH', 'TALLY_STATUS', 'TALLY_STATUS_REASON']);
});

it('keeps the last few KB of 100 MB', async () => {
  const flood = 'head -c 100000000 /dev/zero | tr "\\0" a';
  expect(await run(script(flood).path)).toEqual({ kind: 'done' });
  const ended = await run(script(`${flood} >&2; printf "the end" >&2; exit 1`).path);
  expect(ended).toEqual({ kind: 'exit', code: 1, said: `${'a'.repeat(8 * 1024 - 7)}the end` });
});

it('ends one that hangs, with what it has started and though it takes no hint', async () => {
  const fifo = pipe();
  const aborter = new AbortController();
  const { path } = script(`trap "" TERM INT HUP; exec 3> "${fifo}"; sleep 1000 & echo >&3; sleep 1000`);
  const running = run(path, [], aborter.signal);
  const file = await open(fifo, 'r');
  await file.read(Buffer.alloc(1));
  aborter.abort();
  expect(await running).toMatchObject({ kind: 'signal', signal: 'SIGKILL' });
  // Its end comes once nobody has the pipe: neither the script nor its children.
  expect(await file.readFile('utf8')).toBe('');
  await file.close();
});

it('does not wait for what a program leaves behind, nor ends it', async () => {
  const [fifo, go] = [pipe(), pipe()];
  const aborter = new AbortController();
  const { path } = script(`(read line < "${go}"; echo still there > "${fifo}") & exit 0`);
  expect(await run(path, [], aborter.signal)).toEqual({ kind: 'done' });
  aborter.abort();
  const said = readFile(fifo, 'utf8');
  await writeFile(go, 'go\n');
  expect(await said).toBe('still there\n');
});
