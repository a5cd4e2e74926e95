import { spawn } from 'node:child_process';
import { copyFileSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../../scripts/electron.mjs';
import { type Colour, findIcon, type Shot, until } from '../support/desktop/screen.ts';
import { test as base, expect } from '../support/desktop/tally.ts';
import { xScreen } from '../support/desktop/x-screen.ts';
import { xfcePanelFiles } from '../support/desktop/xfce-panel.ts';
import { writeFigures } from '../support/installed/figures.ts';
import { type DebianSystem, home, makeDebian, ownBus } from '../support/installed/system.ts';
import { ended, must } from '../support/program.ts';

const dist = join(root, 'dist');
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const deb = join(dist, `tally_${version}_amd64.deb`);

const run = (program: string, ...args: string[]) => must(ended(spawn(program, args)), program);

const test = base.extend<{ readonly system: DebianSystem }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  system: async ({}, use) => {
    const system = await makeDebian();
    await use(system);
    system.remove();
  },
});

/** The same package under an earlier version, as somebody may have it already. */
async function makeFormer(folder: string): Promise<void> {
  const tree = join(folder, 'former');
  await run('dpkg-deb', '--raw-extract', deb, tree);
  const control = join(tree, 'DEBIAN/control');
  writeFileSync(control, readFileSync(control, 'utf8').replace(/^Version: .*$/m, 'Version: 0.1.0'));
  await run('dpkg-deb', '--root-owner-group', '-Znone', '--build', tree, join(folder, 'former.deb'));
}

/** Of Available, in the panel. */
const green: Colour = [31, 157, 77];
/** Pixels of words and signs: neither of the empty screen nor of the ground of panel and window. */
function inked({ rgb }: Shot): number {
  let count = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(at, at + 3);
    if (red + green + blue > 30 && Math.min(red, green, blue) < 235) count += 1;
  }
  return count;
}

/** Waits for what a panel that was never started here shows, on a busy machine. */
const seen = <T>(look: () => Promise<T | undefined | false>, what: string) => until(look, what, 120_000);

/** How often each of the two is started to be timed, after a first time that does not count. */
const turns = 9;

test('the .deb on a new Debian: installed, used, upgraded with what was kept, removed without a trace', async ({
  system,
  panel,
  keyring: _,
}) => {
  test.setTimeout(1_200_000);
  const apt = (...words: string[]) =>
    must(system.asRoot('apt-get', '-y', '--no-install-recommends', ...words), 'apt');
  const inHome = (path: string) => join(system.folder, home, path);
  const known = new Set<string>();
  /** Installs what is not Tally's. */
  async function bring(...words: string[]): Promise<void> {
    const before = new Set(system.files());
    await apt(...words);
    for (const path of system.files()) if (!before.has(path)) known.add(path);
  }
  for (const path of system.files()) known.add(path);
  const { out: depends } = await run('dpkg-deb', '--field', deb, 'Depends');
  await bring('satisfy', depends.trim());
  // Any desktop has it; by it, programs find who opens links.
  await bring('install', 'desktop-file-utils');
  const debs = join(system.folder, 'debs');
  mkdirSync(debs);
  await makeFormer(debs);
  copyFileSync(deb, join(debs, 'tally.deb'));

  await test.step('installed by apt, it is started by its command and clicked', async () => {
    await apt('install', '/debs/former.deb');
    const tally = system.start(['tally', '--practice']);
    await panel.waitForTooltip('Available');
    await panel.click(['Away']);
    await panel.waitFor(({ tooltip }) => tooltip === 'Away (you)', 'Away');
    expect(await system.asPerson('tally', 'status')).toEqual({ code: 0, out: 'Away.\n', err: '' });
    await panel.click(['Quit']);
    expect(await tally.ended).toBe(0);
    expect(tally.output()).not.toContain('sandbox');
  });

  await test.step('an upgrade keeps the account, and what the person chose', async () => {
    const kept = inHome('.config/Tally/preferences.json');
    const chosen = { theme: 'dark', startHidden: true, allowLinks: true };
    writeFileSync(kept, JSON.stringify(chosen));
    await apt('install', '/debs/tally.deb');
    expect(JSON.parse(readFileSync(kept, 'utf8'))).toEqual(chosen);
    const { code, out } = await system.asPerson('tally', '--version');
    expect([code, out]).toEqual([0, `Tally ${version}\n`]);
    const help = await system.asPerson('tally', '--help');
    expect([help.code, help.out]).toEqual([0, expect.stringContaining('tally status')]);
    const tally = system.start(['tally']);
    await panel.waitForTooltip('Available');
    // The link of another program. Zoom takes one change a minute, and the last was a moment ago.
    await must(system.asPerson('xdg-open', 'tally://status/busy'), 'xdg-open');
    await panel.waitFor(({ tooltip }) => tooltip.includes('Busy'), 'Busy, now or soon');
    await panel.click(['Quit']);
    expect(await tally.ended).toBe(0);
  });

  await test.step('root is told what to do instead', async () => {
    const { code, err } = await system.asRoot('tally');
    expect([code, err]).toEqual([1, expect.stringMatching(/^Tally doesn’t start as root\..*sudo\.$/m)]);
  });

  await test.step('in a panel that people have, its icon is seen, and a click opens what it should', async () => {
    await bring('install', 'xfce4-panel', 'xfconf', 'dbus-daemon');
    for (const [path, text] of Object.entries(xfcePanelFiles)) {
      mkdirSync(dirname(inHome(path)), { recursive: true });
      writeFileSync(inHome(path), text);
    }
    await must(system.asRoot('chown', '-R', 'ada:ada', home), 'chown');
    const own = 'its own bus';
    const bus = system.start(['dbus-daemon', '--session', `--address=${ownBus}`, '--nofork'], own);
    await seen(async () => existsSync(inHome('session-bus')), 'the bus');
    const xfce = system.start(['xfce4-panel', '--disable-wm-check'], own);
    const tally = system.start(
      ['tally', '--practice', '--hidden', `--user-data-dir=${home}/in-a-panel`],
      own,
    );
    const icon = await seen(async () => findIcon(await xScreen.takeShot(), green), 'the icon');
    expect(await xScreen.windows()).toEqual([]);
    await xScreen.click(icon, 1);
    await seen(async () => (await xScreen.windows()).length > 0, 'what a click opens');
    await seen(async () => inked(await xScreen.takeShot()) > 3_000, 'its words');
    await xScreen.savePicture(join(root, 'out/installed.png'));
    for (const one of [tally, xfce, bus]) await one.kill();
  });

  const times = { installed: [] as number[], unpacked: [] as number[] };
  await test.step('it is in the tray as soon as what was not packed', async () => {
    cpSync(join(dist, 'linux-unpacked'), inHome('unpacked'), { recursive: true });
    const programs = { installed: '/opt/Tally/tally', unpacked: `${home}/unpacked/tally` };
    for (let turn = 0; turn <= turns; turn += 1) {
      for (const which of ['installed', 'unpacked'] as const) {
        const began = performance.now();
        const tally = system.start([programs[which], '--hidden', `--user-data-dir=${home}/timed`]);
        await panel.waitForItem();
        if (turn > 0) times[which].push(performance.now() - began);
        await panel.waitFor(({ menu }) => menu.some(({ label }) => label === 'Quit'), 'Quit');
        await panel.click(['Quit']);
        expect(await tally.ended).toBe(0);
        await panel.waitForNoItem();
      }
    }
  });

  await test.step('removed and purged, nothing of it is left but what the person has', async () => {
    await apt('remove', 'tally');
    await apt('purge', 'tally');
    await must(system.asRoot('rm', '-r', '/debs'), 'rm');
    // Written anew whenever a package brings icons, or takes some away.
    const iconCache = '/usr/share/icons/hicolor/icon-theme.cache';
    expect(readFileSync(join(system.folder, iconCache), 'latin1')).not.toContain('tally');
    const left = system.files().filter((path) => !known.has(path) && path !== iconCache);
    expect(left).toEqual([]);
    // Nor is it named anywhere: by the cache of who opens what, by alternatives, among what dpkg knows.
    const named = ['-rliE', '--exclude=status-old', 'tallyauthors|opt/tally|bin/tally'];
    const { out } = await system.asRoot('grep', ...named, '/etc', '/usr/share', '/usr/bin', '/var/lib/dpkg');
    expect(out).toBe('');
    expect(existsSync(inHome('.config/Tally/preferences.json'))).toBe(true);
  });

  writeFigures(times);
});
