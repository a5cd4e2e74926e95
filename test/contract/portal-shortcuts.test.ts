/** Shortcuts by the desktop's portal, at a real bus where the test is the portal. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createPortalShortcuts } from '../../electron/desktop/portal-shortcuts.ts';
import type { ToldShortcuts } from '../../electron/desktop/shortcut.ts';
import {
  type DesktopMemory,
  type DesktopPortal,
  rememberingDesktop,
  startPortal,
} from '../support/desktop/portal.ts';
import { startSessionBus } from '../support/desktop/session-bus.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { createWatch } from '../support/waiting.ts';

const cleanUps: (() => Promise<void> | void)[] = [];
const portals: DesktopPortal[] = [];
let address = '';
let stopBus = async () => {};

beforeEach(async () => {
  const bus = await startSessionBus();
  ({ address, stop: stopBus } = bus);
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  const mistakes = portals.splice(0).flatMap((portal) => portal.mistakes);
  await stopBus();
  vi.unstubAllEnvs();
  expect(mistakes).toEqual([]);
});

async function startDesktop(
  options: Parameters<typeof startPortal>[0] = {},
  memory?: DesktopMemory,
): Promise<DesktopPortal> {
  const portal = await startPortal(options, address, memory);
  portals.push(portal);
  cleanUps.push(portal.stop);
  return portal;
}

/** A Tally that has just started; `memory` is what the one before has kept. */
function startTally(memory: { kept: unknown } = { kept: undefined }, clock: FakeClock = createFakeClock()) {
  const watch = createWatch();
  const told: ToldShortcuts[] = [];
  const done: string[] = [];
  const set = createPortalShortcuts({
    clock,
    memory: {
      read: () => memory.kept,
      keep: (turnedDown) => {
        memory.kept = turnedDown;
      },
    },
    told(shortcuts) {
      told.push(shortcuts);
      watch.changed();
    },
  });
  const want = (wanted: Readonly<Record<string, string>>) =>
    set(
      new Map(
        Object.entries(wanted).map(([keys, does]) => [
          keys,
          {
            does,
            act() {
              done.push(does);
              watch.changed();
            },
          },
        ]),
      ),
    );
  cleanUps.unshift(() => want({}));
  return {
    want,
    done,
    told,
    memory,
    clock,
    tells: (refused: ToldShortcuts['refused'], triggers: ToldShortcuts['triggers'] = {}) =>
      watch.until(
        () => JSON.stringify(told.at(-1)),
        (last) => last === JSON.stringify({ refused, triggers }),
      ),
    does: (what: readonly string[]) =>
      watch.until(
        () => done,
        (all) => JSON.stringify(all) === JSON.stringify(what),
      ),
  };
}

const popover = 'Open the popover';
const lunch = 'Choose “Lunch”';

describe('a shortcut on Wayland', () => {
  it.each([
    ['today’s Plasma', {}],
    ['GNOME', { desktop: 'gnome', version: 1 }],
    ['a portal before 1.20', { isOld: true, version: 1 }],
    ['a portal in haste', { isHasty: true }],
  ] as const)('is given by %s after it has asked, told in its words, and works', async (_what, options) => {
    const desktop = await startDesktop(options);
    const tally = startTally();
    tally.want({ 'Control+Alt+T': popover, 'Shift+Super+F9': lunch });
    await tally.tells({ 'Control+Alt+T': 'asking', 'Shift+Super+F9': 'asking' });
    await desktop.answer('yes');
    await tally.tells({}, { 'Control+Alt+T': 'Ctrl+Alt+T', 'Shift+Super+F9': 'Shift+Meta+F9' });
    expect(desktop.asked).toEqual([[popover, lunch]]);
    desktop.press(lunch);
    desktop.press(popover);
    await tally.does([lunch, popover]);
  });

  it('is pressed as the person has chosen in the desktop, now and later', async () => {
    const desktop = await startDesktop();
    const tally = startTally();
    tally.want({ 'Control+Alt+T': popover });
    await desktop.answer({ keys: 'Meta+Y' });
    await tally.tells({}, { 'Control+Alt+T': 'Meta+Y' });
    desktop.change(popover, 'F12');
    await tally.tells({}, { 'Control+Alt+T': 'F12' });
    desktop.change(popover, '');
    await tally.tells({}, { 'Control+Alt+T': '' });
  });

  it('is asked for only while one is wanted, and each change by a session of its own', async () => {
    const desktop = await startDesktop({ says: 'yes' });
    const tally = startTally();
    tally.want({});
    tally.want({ 'Alt+A': popover });
    await desktop.until({ [popover]: 'Alt+A' });
    tally.want({ 'Alt+A': popover });
    tally.want({ 'Alt+A': popover, 'Alt+L': lunch });
    await desktop.until({ [popover]: 'Alt+A', [lunch]: 'Alt+L' });
    tally.want({ 'Alt+L': lunch, 'Alt+A': popover });
    tally.want({ 'Alt+L': 'Choose “Dinner”' });
    await desktop.until({ 'Choose “Dinner”': 'Alt+L' });
    await tally.tells({}, { 'Alt+L': 'Alt+L' });
    tally.want({});
    await desktop.until({});
    expect(desktop.asked).toEqual([[popover], [lunch]]);
    expect(desktop.calls.filter((call) => call.endsWith('Register'))).toHaveLength(1);
    expect(desktop.calls.filter((call) => call.endsWith('CreateSession'))).toHaveLength(3);
  });

  it.each(['kde', 'gnome'] as const)(
    'that was given is there after a restart without a question (%s)',
    async (kind) => {
      const memory = rememberingDesktop();
      const desktop = await startDesktop({ desktop: kind, says: 'yes' }, memory);
      const first = startTally();
      first.want({ 'Alt+A': popover });
      await first.tells({}, { 'Alt+A': 'Alt+A' });
      first.want({});
      await desktop.until({});
      const second = startTally();
      second.want({ 'Alt+A': popover });
      await second.tells({}, { 'Alt+A': 'Alt+A' });
      desktop.press(popover);
      await second.does([popover]);
      expect(desktop.asked).toEqual([[popover]]);
    },
  );

  it('is there without a word from a Plasma that would open its settings each time', async () => {
    const memory = rememberingDesktop();
    const desktop = await startDesktop({ isOldKde: true, isOld: true, version: 1 }, memory);
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
    desktop.press(popover);
    await tally.does([popover]);
    expect(desktop.asked).toEqual([]);
  });
});

describe('a shortcut that was turned down', () => {
  it('is not asked for again, also after a restart, until it is set anew', async () => {
    const desktop = await startDesktop();
    const first = startTally();
    first.want({ 'Alt+A': popover });
    await desktop.answer('no');
    await first.tells({ 'Alt+A': 'declined' });
    first.want({});
    // To end it takes nothing of what is kept.
    const second = startTally({ kept: { 'Alt+A': 'declined' } });
    second.want({ 'Alt+A': popover });
    await second.tells({ 'Alt+A': 'declined' });
    second.want({ 'Alt+A': popover, 'Alt+L': lunch });
    await desktop.answer('yes');
    await second.tells({ 'Alt+A': 'declined' }, { 'Alt+L': 'Alt+L' });
    second.want({});
    expect(second.memory.kept).toEqual({});
    second.want({ 'Alt+A': popover });
    await desktop.answer('yes');
    await second.tells({}, { 'Alt+A': 'Alt+A' });
    expect(desktop.asked).toEqual([[popover], [lunch], [popover]]);
  });

  it('leaves those that had been given, which are taken again without it', async () => {
    const desktop = await startDesktop();
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await desktop.answer('yes');
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
    tally.want({ 'Alt+A': popover, 'Alt+L': lunch });
    await desktop.answer('cancel');
    await tally.tells({ 'Alt+L': 'declined' }, { 'Alt+A': 'Alt+A' });
    expect(tally.memory.kept).toEqual({ 'Alt+L': 'declined' });
    await desktop.until({ [popover]: 'Alt+A' });
  });

  it('leaves those that had been given where the desktop does so', async () => {
    const desktop = await startDesktop({ desktop: 'gnome' });
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await desktop.answer('yes');
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
    tally.want({ 'Alt+A': popover, 'Alt+L': lunch });
    await desktop.answer('no');
    await tally.tells({ 'Alt+L': 'withheld' }, { 'Alt+A': 'Alt+A' });
    desktop.press(popover);
    await tally.does([popover]);
  });

  it('as another app has it is told, and the others work', async () => {
    const desktop = await startDesktop();
    const tally = startTally();
    tally.want({ 'Alt+A': popover, 'Alt+L': lunch });
    await desktop.answer('some');
    await tally.tells({ 'Alt+A': 'withheld' }, { 'Alt+L': 'Alt+L' });
    expect(tally.memory.kept).toEqual({ 'Alt+A': 'withheld' });
  });

  it('while it is asked about is taken back where it is no longer wanted', async () => {
    const desktop = await startDesktop();
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({ 'Alt+A': 'asking' });
    tally.want({});
    await desktop.unanswered();
    tally.want({ 'Alt+L': lunch });
    await desktop.answer('yes');
    await tally.tells({}, { 'Alt+L': 'Alt+L' });
  });

  it.each([[null], ['text'], [{ 'Alt+A': 'maybe', 'Alt+L': 7 }]])(
    'is read from %j as nothing that was turned down',
    async (kept) => {
      await startDesktop({ says: 'yes' });
      const tally = startTally({ kept });
      tally.want({ 'Alt+A': popover });
      await tally.tells({}, { 'Alt+A': 'Alt+A' });
    },
  );
});

describe('where the desktop', () => {
  it.each([
    ['has no portal', undefined, 'wayland'],
    ['has a portal without shortcuts', { version: null }, 'wayland'],
    ['doesn’t know Tally as an app', { installed: [] }, 'unknown'],
  ] as const)('%s, that is told', async (_what, options, why) => {
    if (options) await startDesktop(options);
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({ 'Alt+A': why });
  });

  it('fails at it, that is told, and it is tried again with the next change', async () => {
    const desktop = await startDesktop();
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await desktop.answer('failure');
    await tally.tells({ 'Alt+A': 'failed' });
    expect(tally.memory.kept).toBeUndefined();
    tally.want({ 'Alt+B': popover });
    await desktop.answer('yes');
    await tally.tells({}, { 'Alt+B': 'Alt+B' });
  });

  it('takes them back while it asks, that is told, and an answer no longer counts', async () => {
    const desktop = await startDesktop();
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await desktop.open();
    desktop.closeSessions();
    await tally.tells({ 'Alt+A': 'closed' });
    await desktop.unanswered();
  });

  it('takes them back, that is told, and nothing is pressed any more', async () => {
    const desktop = await startDesktop({ says: 'yes' });
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
    desktop.closeSessions();
    await tally.tells({ 'Alt+A': 'closed' });
    tally.want({});
    tally.want({ 'Alt+A': popover });
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
  });

  it('has lost its portal, that is told, and they are there again with it', async () => {
    const memory = rememberingDesktop();
    const before = await startDesktop({ says: 'yes' }, memory);
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
    before.stop();
    await tally.tells({ 'Alt+A': 'gone' });
    const after = await startDesktop({ says: 'yes' }, memory);
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
    after.press(popover);
    await tally.does([popover]);
    expect(after.asked).toEqual([]);
  });

  it('loses its portal while it asks, the question comes again with it', async () => {
    const before = await startDesktop();
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({ 'Alt+A': 'asking' });
    before.stop();
    await tally.tells({ 'Alt+A': 'gone' });
    const after = await startDesktop();
    await after.answer('yes');
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
  });

  it('gets its portal later, they are taken then', async () => {
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({ 'Alt+A': 'wayland' });
    await startDesktop({ says: 'yes' });
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
  });

  it('loses its bus, it is looked for again', async () => {
    const desktop = await startDesktop({ says: 'yes' });
    const tally = startTally();
    tally.want({ 'Alt+A': popover });
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
    desktop.stop();
    await stopBus();
    await tally.tells({ 'Alt+A': 'gone' });
    const next = await startSessionBus();
    ({ address, stop: stopBus } = next);
    vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', address);
    await startDesktop({ says: 'yes' });
    await tally.clock.waitForTimers();
    await tally.clock.advance(30_000);
    await tally.tells({}, { 'Alt+A': 'Alt+A' });
  });

  it('is not who says that one was pressed, nothing happens', async () => {
    const desktop = await startDesktop({ says: 'yes' });
    const tally = startTally();
    tally.want({ 'Alt+A': popover, 'Alt+L': lunch });
    await tally.tells({}, { 'Alt+A': 'Alt+A', 'Alt+L': 'Alt+L' });
    await desktop.forge(popover);
    desktop.press(lunch);
    await tally.does([lunch]);
  });
});
