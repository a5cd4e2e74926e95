import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readCatalogue } from '../../../scripts/generate/catalogue.ts';
import { compare } from '../../../scripts/reference/compare.ts';
import { factsFromText, factsToText } from '../../../scripts/reference/facts.ts';
import { commonErrors, factsOfCatalogue } from '../../../scripts/reference/ours.ts';
import { explain, readReasons } from '../../../scripts/reference/reasons.ts';
import { tempFolders } from '../../support/temp-folder.ts';

const tempFolder = tempFolders();

const newest = globSync('test/fixtures/zoom/reference-*.json').sort().at(-1) as string;
const text = readFileSync(newest, 'utf8');
const reasons = readReasons(readFileSync('test/fixtures/zoom/differences.yaml', 'utf8'));
const catalogue = readCatalogue('shared/zoom/openapi.yaml');
const explained = explain(
  compare(factsOfCatalogue(catalogue), factsFromText(text), commonErrors(catalogue)),
  reasons,
);

it('the catalogue differs from Zoom’s reference only where a reason is given', () => {
  const unexplained = explained.differences.filter(({ reason }) => !reason).map(({ line }) => line);
  expect(unexplained).toEqual([]);
});

it('every line of the reasons explains something still', () => {
  expect(explained.faults).toEqual([]);
});

it.each(reasons)('$kind, $explains times: $reason', (reason) => {
  expect(explained.counts.get(reason)).toBe(reason.explains);
});

it('the facts are as they would be written today, and none of them is a sentence', () => {
  expect(factsToText(factsFromText(text))).toBe(text);
  const { operations } = JSON.parse(text);
  const words = JSON.stringify(operations).match(/"(?:[^"\\]|\\.)*"/g) ?? [];
  // The longest are reasons that Zoom answers for people of a bulk change, and the places of settings.
  expect(words.filter((word) => word.split(' ').length > 7)).toEqual([]);
});

function run(...args: string[]) {
  return spawnSync(process.execPath, ['scripts/compare-reference.ts', ...args], { encoding: 'utf8' });
}

it('the command prints each difference with its kind, the reasons, and the count at the end', () => {
  const { status, stdout, stderr } = run();
  expect(stderr).toBe('');
  expect(status).toBe(0);
  for (const { line, reason } of explained.differences) {
    expect(stdout).toContain(`  ${reason?.kind.padEnd(12)}${line}\n`);
  }
  const last = stdout.trimEnd().split('\n').at(-1);
  expect(last).toMatch(
    new RegExp(`^${explained.differences.length} differences: .* later, \\d+ unknown, 0 unexplained$`),
  );
});

it.each([
  ['reference-2026-01.json', '{"paths": {\n  "/users": {]}}', 'reference-2026-01.json: line 2, column 14: '],
  ['reference-2026-01.json', '<!doctype html>', 'reference-2026-01.json: line 1, column 1: '],
  ['reference-2026-01.json', '', 'reference-2026-01.json: line 1, column 1: '],
  ['reference-2026-01.json', '{"paths": {"/users": []}}', 'reference-2026-01.json: at /paths/~1users: '],
  ['reference.json', '{}', 'the name has no month'],
])('a reference that cannot be read stops the command with the place: %s %j', (name, content, told) => {
  const file = join(tempFolder(), name);
  writeFileSync(file, content);
  const { status, stdout, stderr } = run('--take', file);
  expect(stderr).toContain(told);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(stdout).toBe('');
  expect(status).toBe(2);
  expect(globSync('test/fixtures/zoom/reference-2026-01.json')).toEqual([]);
});

it.each([
  [['--take', 'there-is-none-2026-01.json'], 'there-is-none-2026-01.json: '],
  [['--tkae', 'x'], 'the command line: '],
])('says what is wrong with %j', (args, told) => {
  const { status, stderr } = run(...args);
  expect(stderr).toContain(told);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  expect(status).toBe(2);
});
