/**
 * Breaks the code that guards people's accounts, one small change at a time, and sees whether a quick test notices. Takes hours
 * for everything; what was done stays in out/mutation/, and the scores go into docs/proof.md.
 *
 *     npm run test:mutation -- [module or file...]
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Stryker } from '@stryker-mutator/core';
import { root } from '../../scripts/electron.mjs';
import { modules } from './modules.ts';
import { type Report, reportOf, reports, resultOf, withScores } from './table.ts';

const asked = process.argv.slice(2);
const all = Object.entries(modules).flatMap(([name, { files, tests, nearest }]) =>
  files.map((file) => ({ name, file, tests: nearest?.[file] ?? tests })),
);
const wanted = all.filter(
  ({ name, file }) => asked.length === 0 || asked.includes(name) || asked.includes(file),
);
if (wanted.length === 0) throw new Error(`There are: ${Object.keys(modules).join(', ')}, and their files`);

process.chdir(root);
const sandbox = join(tmpdir(), `tally-mutation-${process.pid}`);
const whole = `${sandbox}.json`;

/** Of a report, what a score is made of. The whole one has the tests' texts in it. */
function keep(file: string): void {
  const { files } = JSON.parse(readFileSync(whole, 'utf8')) as { files: Report['files'] };
  const { source, mutants } = files[file] ?? { source: '', mutants: [] };
  const kept: Report = {
    files: {
      [file]: {
        source,
        mutants: mutants.map(({ status, replacement = '', location }) => ({ status, replacement, location })),
      },
    },
  };
  writeFileSync(reportOf(file), JSON.stringify(kept));
}

/** Those that are named like the file come first, and the unit tests before those that start a server. */
function nearestFirst(tests: readonly string[], file: string): string[] {
  const rank = (test: string) =>
    (basename(test, '.test.ts').includes(basename(file, '.ts')) ? 0 : 2) +
    (test.startsWith('test/unit/') ? 0 : 1);
  return tests.toSorted((a, b) => rank(a) - rank(b));
}

mkdirSync(reports, { recursive: true });
for (const { file, tests } of wanted) {
  // Not as Stryker's own testFiles: with these, what is run once at load is never broken.
  process.env.MUTATION_TESTS = nearestFirst(tests, file).join(' ');
  await new Stryker({
    mutate: [file],
    testRunner: 'vitest',
    // As in npm test: what a thread trusts cannot be changed while it runs.
    vitest: { configFile: 'test/mutation/vitest.config.ts', related: false, pool: 'forks' },
    plugins: ['@stryker-mutator/vitest-runner'],
    // Two of the tests' servers at a time would wait for each other on a small machine.
    concurrency: 1,
    // Only what hangs may run out of time, not what is slow because the machine has other work.
    timeoutMS: 20_000,
    timeoutFactor: 2,
    ignorePatterns: ['out', 'dist', 'test-results', '.git'],
    // Not in out/: the end-to-end tests search that for secrets, and the tests that are copied have some.
    tempDirName: sandbox,
    reporters: ['json', 'progress-append-only'],
    jsonReporter: { fileName: whole },
    // The tsconfigs are one for each layer and need no rewriting: nothing is compiled.
    tsconfigFile: 'none',
    allowEmpty: true,
  }).runMutationTest();
  keep(file);
  const { killed = 0, survivors = [] } = resultOf(file) ?? {};
  const left = survivors.filter(({ why }) => why === undefined);
  process.stdout.write(`\n${file}: ${killed} noticed, ${left.length} not\n`);
  for (const { line, code, becomes } of left) process.stdout.write(`  ${line}: ${code}  ->  ${becomes}\n`);
}
for (const one of [sandbox, whole]) rmSync(one, { recursive: true, force: true });
const page = join(root, 'docs/proof.md');
writeFileSync(page, withScores(readFileSync(page, 'utf8')));
