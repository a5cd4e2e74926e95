import { type SpawnOptionsWithoutStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ask } from '../../electron/desktop/cli/client.ts';
import { type Answer, longest, type Question } from '../../electron/desktop/cli/contract.ts';
import { serveCommands } from '../../electron/desktop/cli/server.ts';
import { createLaunches } from '../../electron/desktop/launches.ts';
import { tallyError } from '../../shared/errors.ts';
import { timeOfDay } from '../../shared/words/clock.ts';
import { smallPng } from '../support/files.ts';
import { minute, start } from '../support/presence-script.ts';
import { ended } from '../support/program.ts';
import { isRoot } from '../support/somebody-else.ts';
import { ready, sent, type TallyRig, withTally } from '../support/tally-rig.ts';
import { tempFolders } from '../support/temp-folder.ts';

const folderOf = tempFolders();

/** What is said on a terminal, and how it ends. */
const worked = (out: string) => ({ code: 0, out, err: '' });
const failed = (code: number, err: string) => ({ code, out: '', err });

interface Shell {
  readonly made: TallyRig;
  /** The screens that were opened. */
  readonly opened: (string | undefined)[];
  /** A command typed in the folder, on a terminal unless told otherwise. */
  type(line: string, terminal?: boolean): Promise<Answer>;
}

type Options = Parameters<typeof withTally>[1];

/** A Tally that is connected where it can be, and a shell beside it. */
function withShell(use: (shell: Shell) => Promise<void>, options: Options = {}): Promise<void> {
  return withTally(async (made) => {
    const opened: (string | undefined)[] = [];
    const window = { open: (screen?: string) => void opened.push(screen ?? 'window') };
    const launches = createLaunches(made.tally, window, made.clock);
    const stop = serveCommands(made.folder, launches.command);
    await made.tally.connect();
    try {
      await use({
        made,
        opened,
        async type(line, terminal = true) {
          const answer = await ask(made.folder, { argv: line.split(' '), folder: made.folder, terminal });
          if (!answer) throw new Error('Nobody listens.');
          return answer;
        },
      });
    } finally {
      stop();
    }
  }, options);
}

describe('a command at the Tally that runs', () => {
  it('prints the status, and sets it once Zoom has taken it', () =>
    withShell(async ({ made, type }) => {
      await made.until(ready);
      expect(await type('status')).toEqual(worked('Available.\n'));
      const until = timeOfDay(start + 30 * minute);
      const now = `Away until ${until}, then Available.\n`;
      expect(await type('status away --for 30')).toEqual(worked(now));
      expect(await type('status')).toEqual(worked(now));
      expect(JSON.parse((await type('status --json')).out)).toMatchObject({
        status: 'away',
        until: new Date(start + 30 * minute).toISOString(),
        next: 'available',
      });
      expect((await sent(made)).map(({ body }) => body)).toEqual([{ status: 'Away' }]);
    }));

  it('within Zoom’s minute says when it is done, and ends with the code of limits', () =>
    withShell(async ({ made, type }) => {
      await made.until(ready);
      await type('status away');
      const words = 'Zoom allows one change per minute. Switching to Busy in 1 min.\n';
      expect(await type('status busy')).toEqual(failed(5, words));
      expect(await type('status')).toEqual(worked(`Away.\n${words}`));
      await made.clock.advance(minute);
      await made.until(({ presence }) => presence.current.status === 'Busy');
    }));

  it('that Zoom refuses says why', () =>
    withShell(async ({ made, type }) => {
      await made.until(ready);
      await made.rig.fault(
        { kind: 'status', status: 400, code: 300, message: 'Not for you.' },
        {
          operationId: 'updatePresenceStatus',
        },
      );
      const { code, out, err } = await type('status presenting');
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toMatch(/^[A-Z].*\.\n$/);
      expect((await type('status')).out).toMatch(/^Available\.\nPresenting wasn’t set: /);
    }));

  it('while Zoom cannot be reached ends with the code of no answer', () =>
    withShell(async ({ made, type }) => {
      await made.until(ready);
      await made.rig.fault({ kind: 'drop' }, { operationId: 'updatePresenceStatus' }, 20);
      made.clock.skipWaits(4_000);
      const words = 'Zoom can’t be reached. Tally keeps trying to switch to Away.\n';
      expect(await type('status away')).toEqual(failed(4, words));
    }));

  it.each([
    ['nonsense', 2, 'The commands are “status”, “open”, “upload” and “setup”.'],
    ['status nonsense', 2, '“status” takes one of: available, away,'],
    ['status away --until soon', 2, '“until” takes a time'],
    ['status dnd --for 2000', 2, 'Zoom allows at most 24 hours of Do not disturb.'],
    ['upload', 2, '“upload” takes the names of files.'],
    ['upload no-such.png', 2, 'There is no file /'],
    ['setup no-such.json', 2, 'There is no file /'],
    ['open nowhere', 2, '“open” takes one of: status,'],
    ['tally://status/away', 2, 'Links are switched off.'],
  ])('%s is refused on stderr, and in the window only where nobody reads that', async (line, code, words) =>
    withShell(async ({ made, type, opened }) => {
      await made.until(ready);
      const answer = await type(line);
      expect(answer).toEqual(failed(code, expect.stringContaining(words)));
      expect([made.tally.snapshot().notices, opened]).toEqual([[], []]);
      expect(await type(line, false)).toEqual(answer);
      expect(made.tally.snapshot().notices).toEqual([
        { id: 'not-done', title: expect.any(String), detail: answer.err.trim() },
      ]);
      expect(opened).toEqual(['window']);
      // What is done later takes it away again.
      await type('status busy', false);
      expect(made.tally.snapshot().notices).toEqual([]);
      expect(await sent(made)).toHaveLength(1);
    }),
  );

  it('without an account says so', () =>
    withShell(
      async ({ type }) => {
        const words = 'No account is connected. Open Tally and choose Connect Zoom.\n';
        expect(await type('status')).toEqual(failed(3, words));
        expect((await type('status away')).code).toBe(3);
        expect((await type('--help')).out).toContain('tally upload FILE...');
      },
      { account: null },
    ));

  it('with an account that cannot be connected says why', () =>
    withShell(
      async ({ type }) => {
        expect(await type('status')).toEqual(failed(1, 'The keychain is locked.\n'));
        expect(await type('status away')).toEqual(failed(1, 'The keychain is locked.\n'));
      },
      { failures: [tallyError('keychain', 'The keychain is locked.'), tallyError('keychain', 'No.')] },
    ));

  it('opens screens, uploads files and offers setups, as far as they are any', () =>
    withShell(async ({ made, type, opened }) => {
      await made.until(ready);
      writeFileSync(join(made.folder, 'beach.png'), smallPng(3).bytes);
      writeFileSync(join(made.folder, 'bad.json'), '{"tallySetup":2}');
      expect(await type('open zak')).toEqual(worked(''));
      expect(made.opened).toEqual(['zak']);
      expect(await type('upload beach.png')).toEqual(
        worked('Checking and uploading beach.png. See Backgrounds in Tally.\n'),
      );
      await made.until(({ backgrounds }) => backgrounds?.queue.length === 1);
      expect(await type('setup bad.json')).toEqual(failed(2, expect.stringContaining('another version')));
      expect(opened).toEqual(['backgrounds', 'accounts']);
    }));
});

/** Answers with what it was asked; `answer` may give another answer. */
function withEcho(
  use: (folder: string, asked: readonly Question[]) => Promise<void>,
  answer: (question: Question) => Promise<Answer> = async ({ argv }) => worked(`${argv.join('|')}\n`),
): Promise<void> {
  const folder = folderOf();
  const asked: Question[] = [];
  const stop = serveCommands(folder, (question) => {
    asked.push(question);
    return answer(question);
  });
  return use(folder, asked).finally(stop);
}

const question = (...argv: string[]): Question => ({ argv, folder: '/', terminal: true });
const notUnderstood = 'This Tally doesn’t understand the command. Is it another version?\n';

/** What comes back for bytes that are sent as they are; `end` closes this side after them. */
async function send(folder: string, bytes: string | Uint8Array, end = true): Promise<string> {
  const socket = connect(join(folder, 'commands'));
  let back = '';
  socket.setEncoding('utf8').on('data', (text) => {
    back += text;
  });
  socket.on('error', () => {});
  if (end) socket.end(bytes);
  else socket.write(bytes);
  await once(socket, 'close');
  return back;
}

describe('the socket', () => {
  it('is its owner’s alone', () =>
    withEcho(async (folder) => {
      expect(await ask(folder, question('x'))).toEqual(worked('x\n'));
      expect(statSync(join(folder, 'commands')).mode & 0o777).toBe(0o600);
    }));

  it('takes the place of one that a killed Tally has left, and of nothing else, and goes with Tally', async () => {
    const folder = folderOf();
    const program = `require('node:net').createServer().listen(${JSON.stringify(join(folder, 'commands'))}, () => process.kill(process.pid, 'SIGKILL'))`;
    await once(spawn(process.execPath, ['-e', program]), 'exit');
    expect(await ask(folder, question('x'))).toBeUndefined();
    const stop = serveCommands(folder, async () => worked('here\n'));
    expect(await ask(folder, question('x'))).toEqual(worked('here\n'));
    stop();
    expect(existsSync(join(folder, 'commands'))).toBe(false);
    writeFileSync(join(folder, 'commands'), 'a file of somebody’s');
    serveCommands(folder, async () => worked('here\n'))();
    expect(statSync(join(folder, 'commands')).size).toBeGreaterThan(0);
    expect(await ask(folder, question('x'))).toBeUndefined();
  });

  it.each([
    ['may be used by others', (folder: string) => chmodSync(join(folder, 'commands'), 0o666)],
    ['is in a folder that others may change', (folder: string) => chmodSync(folder, 0o777)],
  ])('is asked nothing where it %s', (_what, spoil) =>
    withEcho(async (folder, asked) => {
      spoil(folder);
      expect(await ask(folder, question('secret.png'))).toBeUndefined();
      expect(asked).toEqual([]);
    }),
  );

  it('cannot be reached by another user', () =>
    withEcho(async (folder, asked) => {
      expect(statSync(join(folder, 'commands')).mode & 0o077, 'what the system lets others do').toBe(0);
      // Only root can try.
      if (!isRoot) return;
      chmodSync(folder, 0o755);
      const path = JSON.stringify(join(folder, 'commands'));
      const program = `require('node:net').connect(${path}).on('error', ({ code }) => process.stdout.write(code)).on('connect', () => process.exit(9))`;
      const other = spawn('/usr/bin/env', ['node', '-e', program], { uid: 65_534, gid: 65_534, cwd: '/' });
      expect(await ended(other)).toEqual({ code: 0, out: 'EACCES', err: '' });
      expect(asked).toEqual([]);
    }));

  it('that would be cut off is none', async () => {
    const folder = join(folderOf(), 'a'.repeat(100));
    mkdirSync(folder);
    serveCommands(folder, async () => worked('here\n'))();
    expect(await ask(folder, question('x'))).toBeUndefined();
    rmSync(folder, { recursive: true });
  });

  it('answers whatever comes with a word, or with what a question asks', () =>
    withEcho(async (folder) => {
      const json = fc.jsonValue().map((value) => JSON.stringify(value));
      const nearly = fc
        .record(
          {
            argv: fc.oneof(fc.array(fc.string()), fc.jsonValue()),
            folder: fc.jsonValue(),
            terminal: fc.jsonValue(),
          },
          { requiredKeys: [] },
        )
        .map((value) => JSON.stringify(value));
      const line = fc.oneof(json, nearly, fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 300 }));
      await fc.assert(
        fc.asyncProperty(line, fc.boolean(), async (given, whole) => {
          const bytes = Buffer.concat([Buffer.from(given as string), Buffer.from(whole ? '\n' : '')]);
          const back = await send(folder, bytes);
          expect(back).toMatch(/^\{"code":[02],"out":"(?:[^"\\]|\\.)*","err":"(?:[^"\\]|\\.)*"\}\n$/);
        }),
        { numRuns: 300 },
      );
      expect(await ask(folder, question('still', 'here'))).toEqual(worked('still|here\n'));
    }));

  it('listens to no more than it can hold', () =>
    withEcho(async (folder, asked) => {
      const endless = `{"argv":["${'a'.repeat(longest.question)}"],"terminal":true}\n`;
      const words = 'The command is too long. Name fewer files at once.\n';
      expect(JSON.parse(await send(folder, endless, false))).toEqual(failed(2, words));
      expect(JSON.parse(await send(folder, 'x'.repeat(longest.question * 8), false))).toEqual(
        failed(2, words),
      );
      // What follows the line is not heard.
      const two = `${JSON.stringify(question('one'))}\n${JSON.stringify(question('two'))}\n`;
      expect(JSON.parse(await send(folder, two))).toEqual(worked('one\n'));
      expect(JSON.parse(await send(folder, ''))).toEqual(failed(2, notUnderstood));
      expect(asked).toHaveLength(1);
    }));

  it('hands a terminal nothing that it would obey', () =>
    withEcho(
      async (folder) => {
        const { err } = (await ask(folder, question())) ?? {};
        expect(err).toBe('a?[31m?b\nc?');
      },
      async () => failed(2, 'a\u001b[31m\u202eb\nc\ud800'),
    ));

  it('answers also where something went wrong inside', () =>
    withEcho(
      async (folder) => {
        expect(await ask(folder, question())).toEqual(failed(1, 'Something went wrong inside Tally.\n'));
      },
      () => Promise.reject(new Error('/home/me/secret')),
    ));

  it.each(['', '{"code":0}\n', '{"code":9,"out":"","err":""}\n', 'x'.repeat(longest.answer + 1)])(
    'that answers wrongly is no success (%#)',
    async (answer) => {
      const folder = folderOf();
      const server = createServer((socket) => socket.end(answer)).listen(join(folder, 'commands'));
      await once(server, 'listening');
      chmodSync(join(folder, 'commands'), 0o600);
      const ending = 'Tally ended before it answered.\n';
      expect(await ask(folder, question())).toEqual(failed(1, ending));
      expect(await run(installed(), [`--user-data-dir=${folder}`, 'status'])).toEqual(failed(1, ending));
      server.close();
    },
  );
});

/** The command of the packages, beside a program that says how it was started. */
function installed(end = 'exit 7'): string {
  const folder = folderOf();
  mkdirSync(join(folder, 'bin'));
  writeFileSync(join(folder, 'tally'), `#!/bin/sh\necho "program: $*"\n${end}\n`, { mode: 0o755 });
  cpSync('resources/cli/tally', join(folder, 'bin/tally'));
  return join(folder, 'bin/tally');
}

const run = (command: string, args: readonly string[], options: SpawnOptionsWithoutStdio = {}) =>
  ended(spawn(command, args, options));

describe('the command of the packages', () => {
  it('says word for word what it was given, and what came of it', () =>
    withEcho(
      async (folder, asked) => {
        const words = ['upload', 'a "b"\\\n\tc', 'Żółw–😀.png', '--', '-x', ''];
        const cwd = folderOf();
        const args = [`--user-data-dir=${folder}`, ...words];
        const said = await run(installed(), args, { cwd });
        expect(said).toEqual({ code: 5, out: 'Żółw "\\ 😀\nnext\n', err: 'err\n' });
        expect(asked).toEqual([{ argv: args, folder: cwd, terminal: false }]);
      },
      async () => ({ code: 5, out: 'Żółw "\\ 😀\nnext\n', err: 'err\n' }),
    ));

  it('finds the Tally of the person’s own folder, by a link as well', () =>
    withEcho(async (folder) => {
      const [config, bin] = [folderOf(), folderOf()];
      symlinkSync(folder, join(config, 'Tally'));
      symlinkSync(installed(), join(bin, 'tally'));
      for (const env of [{ XDG_CONFIG_HOME: config }, { HOME: homeWith(config) }]) {
        const said = await run('tally', ['status'], { env: { PATH: `${bin}:${process.env.PATH}`, ...env } });
        expect(said).toEqual(worked('status\n'));
      }
    }));

  it.each([
    ['what opens the window', []],
    ['switches', ['--hidden']],
    ['links', ['tally://status/away']],
    ['what only the program can say', ['--help']],
    ['commands there are none', ['nonsense', 'x']],
  ])('leaves %s to the program', async (_what, words) => {
    const args = [`--user-data-dir=${folderOf()}`, ...words];
    const said = await run(installed(), args);
    expect(said).toEqual({ code: 7, out: `program: ${args.join(' ')}\n`, err: '' });
  });

  it('says so where no Tally can be started', async () => {
    const said = await run(installed(), [`--user-data-dir=${folderOf()}`, 'status', 'away', '--for=30']);
    expect(said).toEqual(failed(1, 'Tally can’t be started here. Is there a screen?\n'));
  });

  it.each([['--version'], ['status']])(
    '%s: says so where Chromium gives up for want of a screen, or of a sandbox for root',
    async (word) => {
      const args = [`--user-data-dir=${folderOf()}`, word];
      const command = installed('kill -ABRT $$');
      const screen = 'Tally can’t be started here. Is there a screen?\n';
      const root = 'Tally doesn’t start as root. Start it as yourself, without sudo.\n';
      const { code, err } = await run(command, args);
      expect([code, err]).toEqual([1, process.getuid?.() === 0 ? root : screen]);
      expect((await run(command, ['--no-sandbox', ...args])).err).toBe(screen);
    },
  );

  it('asks no socket that is not its person’s alone', () =>
    withEcho(async (folder, asked) => {
      const args = [`--user-data-dir=${folder}`, '--help'];
      expect((await run(installed(), args)).out).toBe(`${args.join('|')}\n`);
      chmodSync(folder, 0o777);
      expect((await run(installed(), args)).out).toMatch(/^program: /);
      expect(asked).toHaveLength(1);
    }));

  it('is the program where there is no Perl', async () => {
    const bin = folderOf();
    for (const name of ['readlink', 'dirname']) symlinkSync(`/usr/bin/${name}`, join(bin, name));
    const said = await run(installed(), ['status'], { env: { PATH: bin } });
    expect(said).toEqual({ code: 7, out: 'program: status\n', err: '' });
  });
});

/** A home whose configuration is in that folder. */
function homeWith(config: string): string {
  const home = folderOf();
  symlinkSync(config, join(home, '.config'));
  return home;
}
