/** Shortcuts by the real portal of Plasma 5, which takes the keys from the X server here and from KWin on Wayland. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { call, connectBus, daemon } from '../support/desktop/bus.ts';
import { expect, test } from '../support/desktop/tally.ts';

const libexec = '/usr/lib/x86_64-linux-gnu/libexec';

/** One after the other, each once the one before has its name on the bus. */
const parts = [
  { program: '/usr/libexec/xdg-permission-store', name: 'org.freedesktop.impl.portal.PermissionStore' },
  { program: '/usr/bin/kglobalaccel5', name: 'org.kde.kglobalaccel' },
  { program: `${libexec}/xdg-desktop-portal-kde`, name: 'org.freedesktop.impl.portal.desktop.kde' },
  { program: '/usr/libexec/xdg-desktop-portal', name: 'org.freedesktop.portal.Desktop' },
] as const;

async function startPlasma(home: string) {
  const bus = await connectBus();
  const hasOwner = async (name: string) => {
    const [found] = await call(bus, { ...daemon, member: 'NameHasOwner', signature: 's', body: [name] });
    return found === true;
  };
  const children = new Map<string, ChildProcess>();
  async function start({ program, name }: (typeof parts)[number]): Promise<void> {
    const env = { ...process.env, HOME: home, XDG_CURRENT_DESKTOP: 'KDE' };
    children.set(program, spawn(program, { env, stdio: 'ignore' }));
    await expect.poll(() => hasOwner(name)).toBe(true);
  }
  for (const part of parts) await start(part);
  const portal = parts[3];
  return {
    async restartPortal() {
      children.get(portal.program)?.kill();
      await expect.poll(() => hasOwner(portal.name)).toBe(false);
      await start(portal);
    },
    stop() {
      for (const child of children.values()) child.kill();
      bus.disconnect();
    },
  };
}

test('Plasma gives the popover and a preset their keys, and again after its portal has ended', async ({
  panel,
  launch,
}) => {
  const home = mkdtempSync(join(tmpdir(), 'tally-plasma-'));
  const userData = mkdtempSync(join(tmpdir(), 'tally-e2e-'));
  const own = { list: [{ name: 'Lunch', status: 'Away', time: '45', shortcut: 'Control+Alt+L' }] };
  writeFileSync(join(userData, 'presets.json'), JSON.stringify({ own }));
  const plasma = await startPlasma(home);
  try {
    const tally = await launch({ userData, env: { XDG_SESSION_TYPE: 'wayland' } });
    const isShown = async () => (await tally.popoverPlace()) !== undefined;
    const window = await tally.window();
    await window.open('Preferences');
    const { preferences } = window;
    await expect(preferences.presets()).toContainText('Your desktop says: “Ctrl+Alt+L”');
    await preferences.shortcut().press('Control+Alt+t');
    await expect(preferences.shortcut()).toHaveAccessibleDescription(/^Your desktop says: “Ctrl\+Alt\+T”/);
    await panel.waitForTooltip('Available');
    execFileSync('xdotool', ['key', 'ctrl+alt+t']);
    await expect.poll(isShown).toBe(true);
    execFileSync('xdotool', ['key', 'ctrl+alt+t']);
    await expect.poll(isShown).toBe(false);
    await plasma.restartPortal();
    await expect(preferences.shortcut()).toHaveAccessibleDescription(/^Your desktop says: “Ctrl\+Alt\+T”/);
    execFileSync('xdotool', ['key', 'ctrl+alt+l']);
    await panel.waitForTooltip('Away, 45 min left');
  } finally {
    plasma.stop();
    rmSync(home, { recursive: true, force: true });
  }
});
