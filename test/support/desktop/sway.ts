import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, ended } from '../program.ts';

/** A Wayland compositor without a screen, and its clipboard as anybody else on it sees it. */
export interface Sway {
  /** What a program needs to be one of its windows; beside the rest of the environment. */
  readonly env: Readonly<Record<string, string>>;
  copy(text: string): Promise<void>;
  /** What is in the clipboard, by wl-paste; empty where nothing is. */
  clipboard(): Promise<string>;
  /** Somebody touches the mouse. */
  touch(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts sway, which refuses root. Throws with what it said where it does not come up. */
export async function startSway(): Promise<Sway> {
  const folder = mkdtempSync(join(tmpdir(), 'tally-sway-'));
  const config = join(folder, 'config');
  writeFileSync(config, `xwayland disable\nexec touch ${folder}/up\n`);
  const base = { ...process.env, XDG_RUNTIME_DIR: folder, XDG_SESSION_TYPE: 'wayland' };
  const headless = { WLR_BACKENDS: 'headless', WLR_LIBINPUT_NO_DEVICES: '1', WLR_RENDERER: 'pixman' };
  const isUp = new Promise<undefined>((resolve) => {
    const watcher = watch(folder, (_event, name) => {
      if (name !== 'up') return;
      watcher.close();
      resolve(undefined);
    });
  });
  const child = spawn('sway', ['--config', config], { env: { ...base, ...headless } });
  const gone = ended(child);
  const early = await Promise.race([gone, isUp]);
  const display = readdirSync(folder).find((name) => /^wayland-\d+$/.test(name));
  if (early || !display) throw new Error(`sway did not start: ${(early ?? (await gone)).err.slice(-2_000)}`);
  const env = { XDG_SESSION_TYPE: 'wayland', WAYLAND_DISPLAY: join(folder, display) };

  /** What wl-copy leaves in the background holds no pipe. */
  function run(program: string, args: readonly string[], input?: string): Promise<Ended> {
    const one = spawn(program, args, { env: { ...base, ...env } });
    one.stdin.end(input);
    return ended(one);
  }

  return {
    env,
    async copy(text) {
      const one = spawn('wl-copy', ['--type', 'text/plain', text], {
        env: { ...base, ...env },
        stdio: 'ignore',
      });
      await new Promise((resolve) => one.once('exit', resolve));
    },
    clipboard: async () => (await run('wl-paste', ['--no-newline', '--type', 'text/plain'])).out,
    async touch() {
      const socket = readdirSync(folder).find((name) => name.startsWith('sway-ipc.')) ?? '';
      const touched = 'seat - cursor move 5 5; seat - cursor press button1; seat - cursor release button1';
      const { code, err } = await run('swaymsg', ['--socket', join(folder, socket), touched]);
      if (code !== 0) throw new Error(`sway has no mouse: ${err}`);
    },
    async stop() {
      child.kill();
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
