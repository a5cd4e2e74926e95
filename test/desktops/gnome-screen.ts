import { execFile, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { call, connectBus } from '../support/desktop/bus.ts';
import { readShot, type Screen, until } from '../support/desktop/screen.ts';

const run = promisify(execFile);

/** Keys by their names in X, as X numbers them. */
const keys: Readonly<Record<string, number>> = {
  Left: 0xff51,
  Right: 0xff53,
  Down: 0xff54,
  Return: 0xff0d,
  Escape: 0xff1b,
};

const shell = { destination: 'org.gnome.Shell', path: '/org/gnome/Shell', interface: 'org.gnome.Shell' };
const camera = 'org.gnome.Shell.Screenshot';

/**
 * GNOME Shell as a Wayland compositor without a screen or a graphics card, with the X server that it brings for programs such as
 * Tally. What finds it is set in the environment of this process.
 */
export async function startGnome(folder: string): Promise<Screen> {
  delete process.env.DISPLAY;
  process.env.XDG_SESSION_TYPE = 'wayland';
  const log = openSync(join(folder, 'gnome-shell.log'), 'a');
  const options = ['--headless', '--wayland', '--virtual-monitor', '1280x900', '--unsafe-mode'];
  spawn('gnome-shell', options, { stdio: ['ignore', log, log] });
  const bus = await connectBus(process.env.DBUS_SESSION_BUS_ADDRESS);
  /** What JavaScript gives in the shell, which takes such in its unsafe mode. Rejects with what it throws. */
  const evaluate = async (script: string): Promise<unknown> => {
    const body = [`(() => { ${script} })()`];
    const [done, text] = await call(bus, { ...shell, member: 'Eval', signature: 's', body });
    if (done !== true) throw new Error(`The shell says: ${text}`);
    return text === '' ? undefined : JSON.parse(String(text));
  };
  const isReady = () => evaluate('return Main.layoutManager._startingUp === false').catch(() => false);
  await until(async () => (await isReady()) === true, 'the shell');
  // It begins with the overview, in which every window is small.
  await evaluate('Main.overview.hide()');
  await evaluate(`const { Clutter } = imports.gi;
    const seat = Clutter.get_default_backend().get_default_seat();
    global.pointer = seat.create_virtual_device(Clutter.InputDeviceType.POINTER_DEVICE);
    global.keyboard = seat.create_virtual_device(Clutter.InputDeviceType.KEYBOARD_DEVICE);`);
  const env = (await evaluate(
    "const { GLib } = imports.gi; return ['DISPLAY', 'XAUTHORITY', 'WAYLAND_DISPLAY'].map((name) => GLib.getenv(name))",
  )) as readonly (string | null)[];
  Object.assign(process.env, { DISPLAY: env[0], XAUTHORITY: env[1], WAYLAND_DISPLAY: env[2] ?? 'wayland-0' });
  const picture = join(folder, 'screen.png');

  async function savePicture(file: string): Promise<void> {
    const place = { destination: camera, path: '/org/gnome/Shell/Screenshot', interface: camera };
    await call(bus, {
      ...place,
      member: 'Screenshot',
      signature: 'bbs',
      body: [false, false, resolve(file)],
    });
  }

  const tallys = `const active = global.workspace_manager.get_active_workspace();
    const all = global.get_window_actors().map((actor) => actor.meta_window).filter((one) => one.title === 'Tally');
    const shown = all.filter((one) => one.showing_on_its_workspace() && one.located_on_workspace(active));`;
  return {
    async takeShot() {
      await savePicture(picture);
      const options = { encoding: 'buffer', maxBuffer: 64 * 2 ** 20 } as const;
      return readShot((await run('convert', [picture, '-depth', '8', 'ppm:-'], options)).stdout);
    },
    savePicture,
    async move({ x, y }) {
      await evaluate(`global.pointer.notify_absolute_motion(global.get_current_time(), ${x}, ${y})`);
    },
    async click({ x, y }, button) {
      await evaluate(`global.pointer.notify_absolute_motion(global.get_current_time(), ${x}, ${y})`);
      for (const state of [1, 0]) {
        await evaluate(`global.pointer.notify_button(global.get_current_time(), ${button}, ${state})`);
      }
    },
    async press(key) {
      for (const state of [1, 0]) {
        await evaluate(`global.keyboard.notify_keyval(global.get_current_time(), ${keys[key]}, ${state})`);
      }
    },
    windows: async () =>
      (await evaluate(`${tallys} return shown.map((one) => String(one.get_stable_sequence()))`)) as string[],
    hasKeys: async () => (await evaluate("return global.display.focus_window?.title === 'Tally'")) === true,
    async putAway(window) {
      await evaluate(
        `${tallys} for (const one of shown) if (String(one.get_stable_sequence()) === '${window}') one.minimize()`,
      );
    },
    async leave() {
      await evaluate(
        'global.workspace_manager.get_workspace_by_index(1).activate(global.get_current_time())',
      );
    },
    close: () => bus.disconnect(),
  };
}
