/** The desktop's do not disturb, as GNOME's real settings keep it: what Tally makes of them, its person by hand, and a crash. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Message } from 'dbus-next';
import { afterEach, expect, it, vi } from 'vitest';
import { createQuiet } from '../../electron/core/outwards/quiet.ts';
import { clock } from '../../electron/desktop/clock.ts';
import { desktopQuiet } from '../../electron/desktop/quiet.ts';
import type { Status } from '../../shared/zoom/presence.ts';
import { connectBus, daemon } from '../support/desktop/bus.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { snapshot } from '../support/snapshot.ts';
import { tempFolders } from '../support/temp-folder.ts';
import { eventually } from '../support/waiting.ts';

const tempFolder = tempFolders();
const cleanUps: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  vi.unstubAllEnvs();
});

/** GNOME's settings of nobody else, with the program that keeps them. */
async function startSettings(): Promise<void> {
  const { address, stop } = await startSessionBus();
  for (const [name, value] of Object.entries({
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_CONFIG_HOME: tempFolder(),
    XDG_RUNTIME_DIR: tempFolder(),
    GSETTINGS_BACKEND: 'dconf',
  })) {
    vi.stubEnv(name, value);
  }
  const bus = await connectBus(address);
  const service: ChildProcess = spawn('/usr/libexec/dconf-service', { stdio: 'ignore' });
  const ended = once(service, 'exit');
  cleanUps.push(async () => {
    bus.disconnect();
    service.kill();
    await ended;
    await stop();
  });
  const list = new Message({ ...daemon, member: 'ListNames' });
  await eventually(async () => expect((await bus.call(list))?.body[0]).toContain('ca.desrt.dconf'));
}

const banners = ['org.gnome.desktop.notifications', 'show-banners'];
const isQuiet = () => execFileSync('gsettings', ['get', ...banners], { encoding: 'utf8' }).trim() === 'false';
const byHand = (quiet: boolean) => execFileSync('gsettings', ['set', ...banners, String(!quiet)]);

/** Tally with what it has kept, which is there for the next one, too. */
function start(kept: { json?: unknown }) {
  const told: (boolean | undefined)[] = [];
  let isAlive = true;
  const desktop = desktopQuiet({ clock, platform: 'linux', env: { XDG_CURRENT_DESKTOP: 'GNOME' } });
  const stops: (() => void)[] = [];
  const made = createQuiet({
    clock,
    quiet: {
      ...desktop,
      watch(listener) {
        const watched = desktop.watch((quiet) => void (isAlive && listener(quiet)));
        stops.push(watched.stop);
        return watched;
      },
    },
    files: {
      kept: () => kept.json,
      keep: (_name, _key, json) => {
        if (isAlive) kept.json = json;
      },
    },
    changed() {},
  });
  made.watch((quiet) => told.push(quiet));
  made.set(true);
  const kill = () => {
    isAlive = false;
    for (const stop of stops) stop();
  };
  cleanUps.unshift(kill);
  return {
    ...made,
    told,
    kill,
    status: (status: Status) => made.look(snapshot({ current: { status, since: 0, cause: 'you' } })),
  };
}

it('follows the status and is put back, without being taken for the person’s', async () => {
  await startSettings();
  const kept: { json?: unknown } = {};
  const { status, told } = start(kept);
  for (let turn = 0; turn < 3; turn += 1) {
    status('Do_Not_Disturb');
    await eventually(() => expect(kept.json).toEqual({ on: true, phase: 'on' }));
    expect(isQuiet()).toBe(true);
    status('Available');
    await eventually(() => expect(kept.json).toEqual({ on: true, phase: 'idle' }));
    expect(isQuiet()).toBe(false);
  }
  expect(told).not.toContain(true);
});

it('stays as the person has switched it by hand, and is theirs then', async () => {
  await startSettings();
  const kept: { json?: unknown } = {};
  const { status, told } = start(kept);
  await eventually(() => expect(told).toContain(false));
  status('Do_Not_Disturb');
  await eventually(() => expect(kept.json).toEqual({ on: true, phase: 'on' }));
  byHand(false);
  await eventually(() => expect(kept.json).toEqual({ on: true, phase: 'left' }));
  byHand(true);
  await eventually(() => expect(told.at(-1)).toBe(true));
  status('Available');
  expect(kept.json).toEqual({ on: true, phase: 'idle' });
  expect(isQuiet()).toBe(true);
});

it('is put back by the start after a crash', async () => {
  await startSettings();
  const kept: { json?: unknown } = {};
  const first = start(kept);
  await eventually(() => expect(first.told).toContain(false));
  first.status('Do_Not_Disturb');
  await eventually(() => expect(kept.json).toEqual({ on: true, phase: 'on' }));
  first.kill();
  const second = start(kept);
  second.status('Unknown');
  await eventually(() => expect(second.told).toContain(false));
  expect(isQuiet()).toBe(true);
  second.status('Away');
  await eventually(() => expect(isQuiet()).toBe(false));
  expect(second.told).not.toContain(true);
});

it('is put back when Tally quits', async () => {
  await startSettings();
  const kept: { json?: unknown } = {};
  const { status, stop } = start(kept);
  status('Do_Not_Disturb');
  await eventually(() => expect(kept.json).toEqual({ on: true, phase: 'on' }));
  await stop();
  expect(isQuiet()).toBe(false);
});
