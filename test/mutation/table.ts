import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../scripts/electron.mjs';
import { markdownTable, withPart } from '../../scripts/generate/table.ts';
import { equivalent, type Known, unseen } from './equivalent.ts';
import { type Module, modules } from './modules.ts';

export const reports = 'out/mutation';

/** Of the mutation testing report schema, https://github.com/stryker-mutator/mutation-testing-elements. */
interface Mutant {
  readonly status:
    | 'Killed'
    | 'Timeout'
    | 'Survived'
    | 'NoCoverage'
    | 'CompileError'
    | 'RuntimeError'
    | 'Ignored';
  readonly replacement?: string;
  readonly location: { readonly start: Place; readonly end: Place };
}
interface Place {
  readonly line: number;
  readonly column: number;
}

/** What is kept of a report. */
export interface Report {
  readonly files: Readonly<Record<string, { readonly source: string; readonly mutants: readonly Mutant[] }>>;
}

/** One that nothing noticed. */
interface Survivor {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly becomes: string;
  readonly why?: string;
  readonly isEquivalent: boolean;
}

interface Tally {
  readonly killed: number;
  readonly survivors: readonly Survivor[];
  /** Epoch ms. */
  readonly at: number;
}

export const reportOf = (file: string) => join(root, reports, `${file.replaceAll('/', '_')}.json`);

/** What came of breaking one file; undefined where that has not been done. */
export function resultOf(file: string): Tally | undefined {
  const path = reportOf(file);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
  const { files } = JSON.parse(text) as Report;
  const { source, mutants } = files[file] ?? { source: '', mutants: [] };
  const lines = source.split('\n');
  const survivors = mutants
    .filter(({ status }) => status === 'Survived' || status === 'NoCoverage')
    .map(({ location: { start, end }, replacement: becomes = '' }): Survivor => {
      const code = textBetween(lines, start, end);
      const isIt = (one: Known) =>
        one.file === file &&
        one.code === code &&
        one.becomes === becomes &&
        (lines[start.line - 1] ?? '').includes(one.within);
      const same = equivalent.find(isIt);
      const why = (same ?? unseen.find(isIt))?.why;
      return { file, line: start.line, code, becomes, isEquivalent: !!same, ...(why && { why }) };
    });
  const killed = mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout').length;
  return { killed, survivors, at: statSync(path).mtimeMs };
}

function textBetween(lines: readonly string[], start: Place, end: Place): string {
  const whole = lines.slice(start.line - 1, end.line);
  const last = whole.length - 1;
  return whole
    .map((line, at) => line.slice(at === 0 ? start.column - 1 : 0, at === last ? end.column - 1 : undefined))
    .join('\n');
}

/** `page` with a row for each module of which every file has been broken. Throws where a marker is missing. */
export function withScores(page: string): string {
  const head = ['module', 'score', 'changes', 'noticed', 'equivalent', 'not noticed', 'on'];
  const rows = Object.entries(modules).map(([name, module]) => rowOf(name, module));
  return withPart(page, 'mutations', markdownTable(head, rows));
}

function rowOf(name: string, { files }: Module): string[] {
  const results = files.map(resultOf);
  if (!results.every((result) => result !== undefined)) return [name, 'not run', '', '', '', '', ''];
  const killed = results.reduce((sum, one) => sum + one.killed, 0);
  const survivors = results.flatMap((one) => one.survivors);
  const same = survivors.filter(({ isEquivalent }) => isEquivalent).length;
  const all = killed + survivors.length;
  const day = new Date(Math.max(...results.map(({ at }) => at))).toISOString().slice(0, 10);
  // What cannot be noticed is no fault of the tests, and no merit of theirs.
  const score = `${((100 * killed) / (all - same)).toFixed(1)} %`;
  return [name, score, String(all), String(killed), String(same), String(survivors.length - same), day];
}
