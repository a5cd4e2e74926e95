import { chmodSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

interface Wrapping {
  /** Milliseconds by which the main process's clock is ahead of the computer's from its first line on. */
  readonly ahead?: number;
  /** Folders closed for writing are closed for root too, as they are for everybody else. */
  readonly obeyModes?: boolean;
}

/** A program that starts Electron differently, and the folder it stands in, which the caller removes. */
export function wrapElectron(electron: string, wrapping: Wrapping): { path: string; folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'tally-wrapped-'));
  const before: string[] = [];
  if (wrapping.obeyModes && process.getuid?.() === 0) before.push('setpriv', '--bounding-set=-dac_override');
  if (wrapping.ahead !== undefined) {
    const clock = join(folder, 'clock.cjs');
    writeFileSync(clock, `const now = Date.now.bind(Date);\nDate.now = () => now() + ${wrapping.ahead};\n`);
    // Playwright takes NODE_OPTIONS out of the environment it is given.
    before.push('env', `NODE_OPTIONS=--require=${clock}`);
  }
  const path = join(folder, 'electron');
  writeFileSync(path, `#!/bin/sh\nexec ${[...before, electron].map((word) => `'${word}'`).join(' ')} "$@"\n`);
  chmodSync(path, 0o755);
  return { path, folder };
}
