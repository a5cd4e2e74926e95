import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { readShot, type Screen } from './screen.ts';

const run = promisify(execFile);

async function xdotool(...args: readonly string[]): Promise<string> {
  return (await run('xdotool', [...args])).stdout.trim();
}

async function windows(): Promise<readonly string[]> {
  const found = await xdotool('search', '--onlyvisible', '--name', '^Tally$').catch(() => '');
  const current = await xdotool('get_desktop').catch(() => '');
  const large = [];
  for (const id of found.split('\n').filter(Boolean)) {
    // KWin keeps those of other workspaces mapped.
    const desktop = await xdotool('get_desktop_for_window', id).catch(() => current);
    if (desktop !== current && desktop !== '-1') continue;
    const geometry = await xdotool('getwindowgeometry', '--shell', id).catch(() => '');
    if (Number(/WIDTH=(\d+)/.exec(geometry)?.[1] ?? 0) > 200) large.push(id);
  }
  return large;
}

/** The X display of this process. */
export const xScreen: Screen = {
  async takeShot() {
    const options = { encoding: 'buffer', maxBuffer: 64 * 2 ** 20 } as const;
    const args = ['-silent', '-window', 'root', '-depth', '8', 'ppm:-'];
    return readShot((await run('/usr/bin/import', args, options)).stdout);
  },
  async savePicture(file) {
    await run('/usr/bin/import', ['-silent', '-window', 'root', file]);
  },
  async move({ x, y }) {
    await xdotool('mousemove', String(x), String(y));
  },
  async click(at, button) {
    await xScreen.move(at);
    await xdotool('click', String(button));
  },
  async press(key) {
    await xdotool('key', key);
  },
  windows,
  async hasKeys() {
    const active = await xdotool('getactivewindow').catch(() => '');
    return (await windows()).includes(active);
  },
  async putAway(window) {
    await xdotool('windowminimize', window);
  },
  async leave() {
    await xdotool('set_desktop', '1');
  },
  close() {},
};
