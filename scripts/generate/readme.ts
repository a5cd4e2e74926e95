import type { Operation } from '../../shared/zoom/operations.gen.ts';
import type { Catalogue, Entry } from './catalogue.ts';
import { operationOf } from './operations.ts';

const begin = '<!-- operations: made by npm run generate -->';
const end = '<!-- /operations -->';

/** The README with the table of operations between its two markers. Throws where they are missing. */
export function makeReadme(catalogue: Catalogue, readme: string): string {
  const [before, rest] = split(readme, begin);
  const [, after] = split(rest, end);
  return `${before}${begin}\n\n${tableOf(catalogue)}\n\n${end}${after}`;
}

function split(text: string, marker: string): [string, string] {
  const at = text.indexOf(marker);
  if (at < 0) throw new Error(`README.md: there is no ${marker}`);
  return [text.slice(0, at), text.slice(at + marker.length)];
}

function tableOf({ entries }: Catalogue): string {
  const head = ['operation', 'request', 'what for', 'Zoom’s limit', 'note'];
  const rows = [head, ...entries.map(row)];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [head, rule, ...rows.slice(1)].map(line).join('\n');
}

function row(entry: Entry): string[] {
  const { id, method, path, title, label, ...more } = operationOf(entry) as unknown as Operation;
  return [`\`${id}\``, `\`${method} ${path}\``, title, label, notes(more).join(', ')];
}

function notes({
  adminOnly,
  danger,
  perUserLimit,
  perDayLimit,
  since,
}: Pick<Operation, 'adminOnly' | 'danger' | 'perUserLimit' | 'perDayLimit' | 'since'>): string[] {
  return [
    ...(since ? [`later addition (${since})`] : []),
    ...(adminOnly ? ['administrators only'] : []),
    ...(danger === 'destructive' ? ['asks before it sends'] : []),
    ...(perUserLimit ? [`${perUserLimit.count} for a user in ${perUserLimit.seconds} seconds`] : []),
    ...(perDayLimit === undefined ? [] : [`${perDayLimit} for a user a day`]),
  ];
}
