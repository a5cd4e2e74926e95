import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findElectron, pinnedElectron, root } from './electron.mjs';
import { writeNotices } from './package/notices.ts';

/**
 * How a program of an installed package is run: by this Node. What npm puts into node_modules/.bin needs a shell on Windows, which
 * takes a path with a space apart.
 */
export function tool(name: string, packageName = name): [string, string] {
  const folder = join(root, 'node_modules', packageName);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return [process.execPath, join(folder, bin[name])];
}

/** Runs a program in the project folder with the terminal's own streams; returns its exit code. */
export function run(command: string, args: readonly string[], env: Record<string, string> = {}): number {
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } } as const;
  return spawnSync(command, args, options).status ?? 1;
}

/** Builds main, preload and window into out/, with the licenses of what is in them; ends the process with the builder's exit code when that fails. */
export function build(): void {
  const [node, vite] = tool('electron-vite');
  const code = run(node, [vite, 'build', '--logLevel', 'warn']);
  if (code !== 0) process.exit(code);
  writeNotices(pinnedElectron());
}

/** Runs the built app and waits for its end. Chromium's sandbox does not work for root, which only containers are. */
export function runElectron(args: readonly string[]): number {
  const electron = findElectron();
  if (!electron) throw new Error('There is no Electron; run npm run setup.');
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return run(electron.path, [...sandbox, root, ...args]);
}
