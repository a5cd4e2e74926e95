// `npm run test:desktops`: Tally in the real panels of Debian, each on a desktop, bus and home of its own; what was seen becomes
// docs/desktops.md. Names on the command line choose panels; the table keeps the rows of the others.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from '../../scripts/run.ts';
import { runInDesktop } from '../support/desktop/desktop.ts';
import { panels } from './panels.ts';
import { writeTable } from './table.ts';

const named = process.argv.slice(2);
const chosen = named.length > 0 ? named : Object.keys(panels);
installPackages();
build();
mkdirSync('out/desktops', { recursive: true });
let failures = 0;
for (const name of chosen) {
  const home = mkdtempSync(join(tmpdir(), 'tally-home-'));
  for (const left of [name, `${name}.json`]) rmSync(`out/desktops/${left}`, { recursive: true, force: true });
  process.stdout.write(`== ${name}\n`);
  const trial = [process.execPath, fileURLToPath(new URL('trial.ts', import.meta.url)), name];
  const code = await runInDesktop(trial, { HOME: home });
  rmSync(home, { recursive: true, force: true });
  if (code !== 0) failures += 1;
}
writeTable(Object.keys(panels).flatMap((name) => readSeen(name)));
process.stdout.write(`\n${chosen.length - failures} passed, ${failures} failed\n`);
process.exitCode = failures === 0 ? 0 : 1;

function readSeen(name: string): [string, Record<string, string>][] {
  const file = `out/desktops/${name}.json`;
  return existsSync(file) ? [[name, JSON.parse(readFileSync(file, 'utf8'))]] : [];
}

/** Panels are large and are needed by nothing else, so `npm run setup` does not bring them. */
function installPackages(): void {
  const wanted = ['imagemagick', 'xdotool', ...chosen.flatMap((name) => panels[name]?.packages ?? [])];
  const missing = wanted.filter(
    (name) => !spawnSync('dpkg', ['-s', name], { encoding: 'utf8' }).stdout.includes('Status: install ok'),
  );
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) throw new Error(`Please run: sudo apt-get ${install.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  execFileSync('apt-get', ['update'], { env, stdio: 'ignore' });
  execFileSync('apt-get', install, { env, stdio: 'ignore' });
}
