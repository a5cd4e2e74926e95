import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import {
  expect,
  isRunning,
  listeners,
  packageFolder,
  processesOf,
  test,
} from '../support/desktop/packaged.ts';
import { ended } from '../support/program.ts';

/** Attacks on the package as people get it, by an ordinary user: scripts/test.ts runs this as one where it is run by root. */

test.beforeAll(() => expect(process.getuid?.(), 'this is run by an ordinary user').not.toBe(0));

test('a status is set by a click in the tray, and Quit ends every process', async ({
  panel,
  startPackaged,
}) => {
  const tally = startPackaged({ args: ['--practice'] });
  await panel.waitForTooltip('Available');
  await panel.click(['Away']);
  await panel.waitFor(({ tooltip }) => tooltip === 'Away (you)', 'Away');
  // The practice Zoom, in the app itself, is all that listens, and on this computer alone.
  expect(listeners(tally.pid)).toEqual([expect.stringMatching(/^0100007F:/)]);
  const processes = processesOf(tally.pid);
  await panel.click(['Quit']);
  expect(await tally.ended).toBe(0);
  await panel.waitForNoItem();
  await expect.poll(() => processes.filter(({ pid }) => isRunning(pid)).map(({ type }) => type)).toEqual([]);
});

test('the command beside the program says what came of it', async ({ panel, startPackaged }) => {
  const { userData } = startPackaged({ args: ['--practice'] });
  await panel.waitForTooltip('Available');
  const type = (...words: string[]) =>
    ended(spawn(join(packageFolder, 'bin/tally'), [`--user-data-dir=${userData}`, ...words]));
  expect(await type('status')).toEqual({ code: 0, out: 'Available.\n', err: '' });
  expect(await type('status', 'away')).toEqual({ code: 0, out: 'Away.\n', err: '' });
  expect(await type('status', 'nonsense')).toMatchObject({ code: 2, out: '' });
  await panel.waitForTooltip('Away');
});

test('the keychain is asked by the library in the package', async ({ panel, startPackaged }) => {
  const account = { key: 'one', practice: false, cloud: 'commercial', clientId: 'x', userId: 'u' };
  const accounts = [{ ...account, name: 'Ada', email: 'ada@example.com', colour: 0, kept: true }];
  startPackaged({ kept: { accounts: { accounts, active: 'one' } } });
  // An empty keychain answered; a library that does not load has other words.
  await panel.waitFor(
    ({ tooltip }) => tooltip === 'Tally: The keychain no longer has this sign-in.',
    'what the keychain said',
  );
});

test('4. the window’s process is in Chromium’s sandbox', async ({ panel, startPackaged }) => {
  const tally = startPackaged({ args: ['--practice'] });
  await panel.waitForTooltip('Available');
  await panel.click(['Open Tally']);
  const renderers = () => processesOf(tally.pid).filter(({ type }) => type === 'renderer');
  await expect.poll(() => renderers().length).toBe(1);
  const processes = processesOf(tally.pid);
  // By its type: once the system's process numbers begin anew, main's may be above those of its children.
  const main = processes.find(({ type }) => type === 'main');
  expect(main).toBeDefined();
  for (const renderer of renderers()) {
    // 2: a filter of system calls is in force (proc_pid_status(5)).
    await expect.poll(() => renderer.status('Seccomp')).toBe('2');
    expect(renderer.status('NoNewPrivs')).toBe('1');
    expect(renderer.namespace('net'), 'it has a network of its own, with nothing in it').not.toBe(
      main?.namespace('net'),
    );
    expect(renderer.namespace('user')).not.toBe(main?.namespace('user'));
  }
  expect(processes.filter(({ command }) => command.includes('no-sandbox'))).toEqual([]);
});

const { ENABLE, DISABLE } = FuseState;

test('19. the fuses are set', async () => {
  const wire = await getCurrentFuseWire(join(packageFolder, 'tally'));
  const set = {
    [FuseV1Options.RunAsNode]: DISABLE,
    [FuseV1Options.EnableCookieEncryption]: DISABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
    [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
    // Younger than Electron 25, whose wire ends before it.
    ...(FuseV1Options.GrantFileProtocolExtraPrivileges in wire && {
      [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
    }),
  };
  expect(wire).toMatchObject(set);
});

/** Programs that say in a file that they were run, and how one gets the app to run them. */
const injections: Readonly<
  Record<string, (folder: string) => { env?: Record<string, string>; args?: string[] }>
> = {
  'RunAsNode: the app is no Node for others': (folder) => ({
    env: { ELECTRON_RUN_AS_NODE: '1' },
    args: ['-e', attack(folder)],
  }),
  'NODE_OPTIONS adds no program to it': (folder) => {
    writeFileSync(join(folder, 'attack.cjs'), attack(folder));
    return { env: { NODE_OPTIONS: `--require=${join(folder, 'attack.cjs')}` } };
  },
  'a folder on its command line is no app to it': (folder) => {
    writeApp(folder);
    return { args: [folder] };
  },
};

const attack = (folder: string) =>
  `require('node:fs').writeFileSync(${JSON.stringify(join(folder, 'done'))}, '')`;

/** An app that does the attack. */
function writeApp(folder: string, marks = folder): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"main":"main.cjs"}');
  writeFileSync(join(folder, 'main.cjs'), attack(marks));
}

for (const [title, inject] of Object.entries(injections)) {
  test(`19. ${title}`, async ({ panel, startPackaged, folder, expectConsole }) => {
    const start = inject(folder);
    if (start.env?.NODE_OPTIONS) expectConsole(/NODE_OPTIONS have been disabled in this app/);
    if (start.args) expectConsole(/^The commands are “status”/);
    const tally = startPackaged(start);
    // Words that Tally does not know are no more than that to it.
    if (start.args) expect(await tally.ended).toBe(2);
    else await panel.waitFor(({ tooltip }) => tooltip === 'Tally: no account', 'Tally itself');
    expect(existsSync(join(folder, 'done'))).toBe(false);
  });
}

test('19. no inspector is opened by a signal', async ({ panel, startPackaged }) => {
  const tally = startPackaged();
  await panel.waitFor(({ tooltip }) => tooltip === 'Tally: no account', 'Tally');
  // Node opens its inspector on SIGUSR1, unless told not to; the signal is then what it is by itself, the end.
  process.kill(tally.pid, 'SIGUSR1');
  expect(await tally.ended).toBe(null);
  expect(tally.output()).not.toContain('Debugger listening');
});

test('19. no app but the one in the archive is loaded', async ({ panel, startPackaged, folder }) => {
  const copy = join(folder, 'Tally');
  mkdirSync(join(copy, 'resources'), { recursive: true });
  for (const name of readdirSync(packageFolder).filter((name) => name !== 'resources')) {
    // The program finds the rest by where it stands itself.
    if (name === 'tally') cpSync(join(packageFolder, name), join(copy, name));
    else symlinkSync(join(packageFolder, name), join(copy, name));
  }
  const archives = readdirSync(join(packageFolder, 'resources'));
  for (const name of archives)
    symlinkSync(join(packageFolder, 'resources', name), join(copy, 'resources', name));
  writeApp(join(copy, 'resources/app'), folder);

  const own = startPackaged({ folder: copy });
  await panel.waitFor(({ tooltip }) => tooltip === 'Tally: no account', 'Tally itself');
  await own.kill();
  await panel.waitForNoItem();

  for (const name of archives) rmSync(join(copy, 'resources', name));
  const none = startPackaged({ folder: copy });
  expect(await none.ended).not.toBe(0);
  expect(existsSync(join(folder, 'done'))).toBe(false);
});

test('switches for debugging and against the sandbox end it at once, with the reason', async ({
  panel,
  startPackaged,
  expectConsole,
}) => {
  expectConsole(/^Tally doesn’t start with --/);
  for (const [given, refused = given] of [
    ['remote-debugging-port=0'],
    ['remote-debugging-port'],
    ['remote-debugging-pipe'],
    ['inspect'],
    ['inspect=127.0.0.1:0'],
    ['inspect-brk=0'],
    ['inspect-port=0'],
    ['inspect-wait'],
    ['js-flags=--expose-gc'],
    ['gpu-launcher=/bin/echo'],
    ['renderer-cmd-prefix=/bin/echo'],
    ['utility-cmd-prefix=/bin/echo'],
    ['browser-subprocess-path=/bin/echo'],
    ['no-sandbox'],
    ['disable-seccomp-filter-sandbox'],
    ['disable-gpu-sandbox'],
    ['single-process'],
    ['disable-web-security'],
    ['disable-site-isolation-trials'],
  ] as const) {
    const tally = startPackaged({ args: [`--${given}`] });
    expect(await tally.ended, given).toBe(1);
    const [name] = refused.split('=');
    expect(tally.output()).toContain(`Tally doesn’t start with --${name}: `);
    expect(tally.output()).not.toMatch(/(Debugger|DevTools) listening/);
  }
  // One dash, as Chromium takes it too.
  expect(await startPackaged({ args: ['-remote-debugging-port=0'] }).ended).toBe(1);
  expect(panel.items()).toEqual([]);
});

test('an AppImage that may make no user namespaces says in a window what to do', async ({
  startPackaged,
  expectConsole,
}) => {
  expectConsole(/^Tally doesn’t start with --no-sandbox/);
  // As its starter does where `unshare` is refused.
  const tally = startPackaged({ args: ['--no-sandbox'], env: { APPIMAGE: '/somewhere/Tally.AppImage' } });
  const xdotool = (...words: string[]) => ended(spawn('xdotool', words));
  const { out } = await xdotool('search', '--sync', '--onlyvisible', '--pid', String(tally.pid));
  const [window = ''] = out.trim().split('\n');
  await xdotool('windowfocus', '--sync', window, 'key', 'Return');
  expect(await tally.ended).toBe(1);
});

test('no variable leads it to another Zoom or another window', async ({
  panel,
  practice,
  zoom,
  startPackaged,
}) => {
  const trap = createServer((_, response) => response.end('<title>evil</title>')).listen(0, '127.0.0.1');
  await once(trap, 'listening');
  const visits: string[] = [];
  trap.on('request', ({ url }) => visits.push(url ?? ''));
  try {
    startPackaged({
      env: {
        TALLY_ZOOM_API: practice.apiUrl,
        TALLY_ZOOM_OAUTH: practice.oauthUrl,
        TALLY_ZOOM_TOKEN: practice.accessToken,
        ELECTRON_RENDERER_URL: `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`,
      },
    });
    const refused = 'Tally: TALLY_ZOOM_API and TALLY_ZOOM_OAUTH aren’t taken by a packaged app.';
    await panel.waitFor(({ tooltip }) => tooltip === refused, 'the refusal');
    await panel.click(['Open Tally']);
    await panel.waitFor(({ tooltip }) => tooltip === refused, 'the refusal');
    expect(await zoom.requests()).toEqual([]);
    expect(visits).toEqual([]);
  } finally {
    trap.close();
  }
});
