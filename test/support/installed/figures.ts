import { globSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { fallback, findElectron, pinnedElectron, root } from '../../../scripts/electron.mjs';
import { markdownTable, withPart } from '../../../scripts/generate/table.ts';

const dist = join(root, 'dist');

/** Writes into docs/proof.md how large the packages are, and from when on Tally is in the tray; times in ms, taken in turns. */
export function writeFigures(times: Readonly<Record<'installed' | 'unpacked', readonly number[]>>): void {
  const sizeOf = (pattern: string) => {
    const found = globSync(pattern, { cwd: dist }).map((path) => lstatSync(join(dist, path)));
    const bytes = found.filter((one) => one.isFile()).reduce((sum, { size }) => sum + size, 0);
    return `${Math.round(bytes / 1e6)} MB`;
  };
  const rows = [
    ['the `.deb`', sizeOf('*.deb')],
    ['the `.rpm`', sizeOf('*.rpm')],
    ['unpacked', sizeOf('linux-unpacked/**')],
    ['in the tray, installed by apt', summary(times.installed)],
    ['in the tray, from `dist/linux-unpacked`', summary(times.unpacked)],
  ];
  const electron = findElectron()?.source === 'fallback' ? fallback.version : pinnedElectron();
  const where = `On ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores, Electron ${electron}, ${times.installed.length} starts each.`;
  const page = join(root, 'docs/proof.md');
  const table = markdownTable(['what', 'size, or time from the start'], rows);
  writeFileSync(page, withPart(readFileSync(page, 'utf8'), 'packages', `${where}\n\n${table}`));
}

/** The median, and how far the middle half of them lies apart. */
function summary(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (part: number) => sorted[Math.round((sorted.length - 1) * part)] ?? 0;
  return `${Math.round(at(0.5))} ms (spread ${Math.round(at(0.75) - at(0.25))})`;
}
