import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findElectron, root } from './electron.mjs';

/** The installed program of a package, as npm scripts find it. */
export function bin(name: string): string {
  return join(root, 'node_modules/.bin', process.platform === 'win32' ? `${name}.cmd` : name);
}

/** Runs a program in the project folder with the terminal's own streams; returns its exit code. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): number {
  const shell = command.endsWith('.cmd');
  const options = { cwd: root, stdio: 'inherit', shell, env: { ...process.env, ...env } } as const;
  return spawnSync(command, args, options).status ?? 1;
}

/** Builds main, preload and window into out/; ends the process with the builder's exit code when that fails. */
export function build(): void {
  const code = run(bin('electron-vite'), ['build', '--logLevel', 'warn']);
  if (code !== 0) process.exit(code);
}

/** Runs the built app and waits for its end. Chromium's sandbox does not work for root, which only containers are. */
export function runElectron(args: readonly string[]): number {
  const electron = findElectron();
  if (!electron) throw new Error('There is no Electron; run npm run setup.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return run(electron.path, [...sandbox, root, ...args]);
}
