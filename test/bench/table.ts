import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { markdownTable, withPart } from '../../scripts/generate/table.ts';
import type { Figure } from './numbers.ts';

/** `page` with the table of what was measured between its two markers. Throws where one is missing. */
export function withMeasured(page: string, figures: readonly Figure[], where: string): string {
  return withPart(page, 'measured', `${where}\n\n${tableOf(figures)}\n\n${growthOf(figures)}`);
}

/** The day and the computer, in a sentence. Linux alone. */
export function measuredWhere(electron: string, now: number): string {
  const system = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1] ?? 'Linux';
  const day = new Date(now).toISOString().slice(0, 10);
  return `Measured on ${day}: ${cpus().length} cores, ${system}, Electron ${electron}.`;
}

function tableOf(figures: readonly Figure[]): string {
  const head = ['figure', 'unit', 'measured', 'spread', 'baseline', 'spread', 'ratio', 'aim', 'met', 'runs'];
  const rows = figures.map((one) => [
    `\`${one.figure}\``,
    one.unit,
    short(one.value),
    short(one.spread),
    short(one.baseline),
    short(one.baselineSpread),
    short(one.ratio),
    one.aim,
    one.met ? 'yes' : '**no**',
    String(one.runs),
  ]);
  return markdownTable(head, rows);
}

/** How screens and main's memory grow with what there is. */
function growthOf(figures: readonly Figure[]): string {
  const head = ['figure', 'there are', 'first opened, ms', 'opened again, ms', 'main, MB'];
  const rows = figures.flatMap(({ figure, growth = [] }) =>
    growth.map(({ count, first, again, memory }) => [
      `\`${figure}\``,
      String(count),
      short(first),
      short(again),
      short(memory),
    ]),
  );
  return markdownTable(head, rows);
}

/** Three digits that count: more would be noise to a reader. */
function short(value: number | undefined): string {
  if (value === undefined) return '';
  return String(Math.abs(value) < 1000 ? Number(value.toPrecision(3)) : Math.round(value));
}
