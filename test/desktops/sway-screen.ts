import { execFile, spawn } from 'node:child_process';
import { chmodSync, chownSync, existsSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { readShot, type Screen, until } from '../support/desktop/screen.ts';
import { openPointer } from './wayland-pointer.ts';

const run = promisify(execFile);

const size = { width: 1280, height: 900 };

/**
 * Its X server counts as there once it lets in programs of whoever runs the trial. The bar of its own is left out: it is a panel like
 * others, and restarts as they do.
 */
const config = (display: string, more: string) => `output HEADLESS-1 resolution ${size.width}x${size.height}
exec xhost +local: && printenv DISPLAY > ${display}
${more}
bar {
  id bar-0
  swaybar_command true
  position top
  tray_output *
}
`;

/** Debian's nobody: sway does not run for root. */
const nobody = 65_534;

/** Whether something is a window of Tally's in sway's tree, and what is below it. */
interface Node {
  readonly id: number;
  readonly name: string | null;
  readonly visible?: boolean;
  readonly focused?: boolean;
  readonly pid?: number;
  readonly nodes?: readonly Node[];
  readonly floating_nodes?: readonly Node[];
}

/**
 * sway without a screen or a graphics card, with the X server that it brings for programs such as Tally. What finds a Wayland
 * compositor is set in the environment of this process. `more` are further lines of its configuration.
 */
export async function startSway(folder: string, more = ''): Promise<Screen> {
  const runtime = process.env.XDG_RUNTIME_DIR as string;
  const file = join(runtime, 'sway.conf');
  const display = join(runtime, 'x-display');
  writeFileSync(file, config(display, more));
  delete process.env.DISPLAY;
  Object.assign(process.env, {
    WLR_BACKENDS: 'headless',
    WLR_RENDERER: 'pixman',
    WLR_LIBINPUT_NO_DEVICES: '1',
    SWAYSOCK: join(runtime, 'sway.sock'),
    XDG_SESSION_TYPE: 'wayland',
    XDG_CURRENT_DESKTOP: 'sway',
  });
  const isRoot = process.getuid?.() === 0;
  if (isRoot) {
    chmodSync(dirname(runtime), 0o711);
    chownSync(runtime, nobody, nobody);
  }
  const log = openSync(join(folder, 'sway.log'), 'a');
  spawn('sway', ['-c', file], {
    stdio: ['ignore', log, log],
    ...(isRoot && { uid: nobody, gid: nobody }),
  });
  const socket = join(runtime, 'wayland-1');
  await until(async () => existsSync(socket) && existsSync(display) && readFileSync(display, 'utf8'), 'sway');
  process.env.WAYLAND_DISPLAY = 'wayland-1';
  process.env.DISPLAY = readFileSync(display, 'utf8').trim();
  const pointer = await openPointer(socket, size);

  async function tallys(): Promise<readonly Node[]> {
    const { stdout } = await run('swaymsg', ['-r', '-t', 'get_tree']);
    const all = (node: Node): Node[] => [
      node,
      ...[...(node.nodes ?? []), ...(node.floating_nodes ?? [])].flatMap(all),
    ];
    return all(JSON.parse(stdout)).filter(({ pid, name, visible }) => pid && name === 'Tally' && visible);
  }

  const screen: Screen = {
    async takeShot() {
      const options = { encoding: 'buffer', maxBuffer: 64 * 2 ** 20 } as const;
      return readShot((await run('grim', ['-t', 'ppm', '-'], options)).stdout);
    },
    async savePicture(picture) {
      await run('grim', [picture]);
    },
    async move(to) {
      pointer.move(to);
    },
    async click(at, button) {
      pointer.move(at);
      pointer.click(button);
    },
    async press(key) {
      await run('wtype', ['-k', key]);
    },
    windows: async () => (await tallys()).map(({ id }) => String(id)),
    hasKeys: async () => (await tallys()).some(({ focused }) => focused),
    async putAway(window) {
      await run('swaymsg', [`[con_id=${window}]`, 'move', 'scratchpad']);
    },
    async leave() {
      await run('swaymsg', ['workspace', '2']);
    },
    close: pointer.close,
  };
  return screen;
}
