// `npm test`: everything that must hold, one step after the other; `npm run test:trust`: what takes longer than a developer
// waits; `npm run test:package`: the .deb and the .rpm; `npm run check`, `test:unit` and `test:e2e`: parts of the first. What else is on the command line goes to the last step,
// so that `npm run test:e2e -- zak` runs one file. The last line counts the checks and tests of all steps.
import { spawnSync } from 'node:child_process';
import { chownSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { root } from './electron.mjs';
import { tool } from './run.ts';

interface Count {
  passed: number;
  failed: number;
  /** What failed, a line each. */
  readonly failures: readonly string[];
}

/** A step: a command, and the report from which its tests are counted; without one the step itself is one check. */
interface Step {
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly count?: (report: string) => Count;
  readonly report?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Only Linux has the desktop that it needs. */
  readonly onLinux?: boolean;
  /** Who runs it, where not the one who runs this; the folder of its report is then that user's. */
  readonly user?: number;
}

const build: Step = { name: 'build', command: [process.execPath, 'scripts/build.ts'] };

/** What fast-check makes up in the trust suite: something else each time. Printed, and taken from TALLY_SEED to see it again. */
const seed = { TALLY_SEED: process.env.TALLY_SEED ?? String(Date.now() % 1_000_000) };

/** Tests that need no app. */
const vitest = (name: string, projects: readonly string[], env: NodeJS.ProcessEnv = {}): Step => ({
  name,
  command: [
    ...tool('vitest'),
    'run',
    '--config=test/vitest.config.ts',
    ...projects.map((project) => `--project=${project}`),
    '--reporter=default',
    '--reporter=json',
    '--outputFile=out/unit.json',
  ],
  report: 'out/unit.json',
  count: countVitest,
  env,
});

/** Tests that drive the real app, each worker on a desktop of its own. */
const playwright = (
  name: string,
  project: string,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): Step => ({
  name,
  command: [
    ...tool('playwright', '@playwright/test'),
    'test',
    '--config=test/playwright.config.ts',
    `--project=${project}`,
    ...args,
  ],
  report: 'out/e2e.json',
  count: countPlaywright,
  env,
  onLinux: true,
});

/** An ordinary user for what root cannot show: Chromium has no sandbox for root. Debian's nobody; nothing belongs to it. */
const nobody = 65_534;

/** The same tests, run by an ordinary user whoever runs this; what they write stands in out/ordinary. */
const playwrightAsUser = (name: string, project: string): Step => {
  const report = 'out/ordinary/e2e.json';
  const step = playwright(name, project, ['--output=out/ordinary/test-results'], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    ...(process.getuid?.() === 0 && { HOME: join(root, 'out/ordinary') }),
  });
  return { ...step, report, ...(process.getuid?.() === 0 && { user: nobody }) };
};

const check: readonly Step[] = [
  { name: 'format and lint', command: [...tool('biome', '@biomejs/biome'), 'ci', '--error-on-warnings'] },
  { name: 'types', command: [...tool('tsc', 'typescript'), '-b'] },
  { name: 'dead code', command: tool('knip') },
  { name: 'words', command: [process.execPath, 'scripts/words.ts'] },
];
const unit = vitest('unit and contract tests', ['unit', 'contract']);
const e2e = playwright('end-to-end tests', 'e2e');

const suites: Readonly<Record<string, readonly Step[]>> = {
  test: [...check, unit, build, e2e],
  check,
  unit: [unit],
  e2e: [e2e],
  trust: [
    { name: 'package', command: [process.execPath, 'scripts/package.ts'] },
    vitest(`unit and contract tests, TALLY_SEED=${seed.TALLY_SEED}`, ['unit', 'contract'], seed),
    vitest('answers and connections gone wrong', ['trust'], seed),
    playwright('killed in the middle of a refresh', 'e2e', ['refresh-kill'], { TALLY_KILLS: '25' }),
    playwright('the app in trouble', 'trust'),
    playwrightAsUser('attacks on the package', 'package'),
  ],
  package: [
    { name: 'packages', command: [process.execPath, 'scripts/package.ts', 'deb', 'rpm'] },
    playwright('packages of Linux', 'installed'),
  ],
};

const [suite = 'test', ...more] = process.argv.slice(2);
const steps = suites[suite];
if (!steps) throw new Error(`There is no suite "${suite}". There are: ${Object.keys(suites).join(', ')}`);

const total = { passed: 0, failed: 0, failures: [] as string[] };
const isLeftOut = ({ onLinux = false }: Step) => onLinux && process.platform !== 'linux';
mkdirSync('out', { recursive: true });
for (const { name, command, count, report, env, user } of steps.filter((step) => !isLeftOut(step))) {
  process.stdout.write(`\n== ${name}\n`);
  if (report) rmSync(report, { force: true });
  if (report && user !== undefined) giveFolder(dirname(report), user);
  const [program, ...args] = name === steps.at(-1)?.name ? [...command, ...more] : command;
  const as = user === undefined ? {} : { uid: user, gid: user };
  const options = { cwd: root, stdio: 'inherit', env: { ...process.env, ...env }, ...as } as const;
  const ok = spawnSync(program, args, options).status === 0;
  const counted = count && report ? read(report, count) : undefined;
  const step = counted ?? { passed: ok ? 1 : 0, failed: ok ? 0 : 1, failures: [] };
  // A runner that failed with every test green (an unhandled error, no report) has failed all the same.
  if (!ok && step.failed === 0) step.failed = 1;
  if (ok && step.passed === 0) step.failed += 1;
  total.passed += step.passed;
  total.failed += step.failed;
  if (step.failed > 0) total.failures.push(`${name}: ${step.failed} failed`, ...step.failures);
}
for (const { name } of steps.filter(isLeftOut))
  process.stdout.write(`\n== ${name}: left out, it needs Linux\n`);
// Said again where it is found: at the end.
for (const failure of total.failures) process.stdout.write(`\n${failure}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

function giveFolder(folder: string, user: number): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  chownSync(folder, user, user);
}

function read(report: string, count: (report: string) => Count): Count | undefined {
  try {
    return count(readFileSync(report, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A test that did not run (skipped, pending) counts as failed: green means that it works. */
function countVitest(report: string): Count {
  const { numTotalTests = 0, numPassedTests = 0, testResults } = JSON.parse(report) as VitestReport;
  const failures = testResults.flatMap(({ name, message, assertionResults }) => [
    ...(message ? [`${relative(root, name)}: ${message}`] : []),
    ...assertionResults
      .filter(({ status }) => status !== 'passed')
      .map((test) => told(`${relative(root, name)} > ${test.fullName}`, test.failureMessages.join('\n'))),
  ]);
  return { passed: numPassedTests, failed: numTotalTests - numPassedTests, failures };
}

interface VitestReport {
  readonly numTotalTests?: number;
  readonly numPassedTests?: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

function countPlaywright(report: string): Count {
  const { stats, suites: files, errors } = JSON.parse(report) as PlaywrightReport;
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = stats;
  const failures = [...errors.map(({ message }) => told('', message)), ...files.flatMap(failuresOf)];
  return { passed: expected, failed: unexpected + flaky + skipped, failures };
}

interface PlaywrightError {
  readonly message?: string;
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly {
    readonly file: string;
    readonly title: string;
    readonly tests: readonly {
      readonly status: string;
      readonly results: readonly { readonly errors?: readonly PlaywrightError[] }[];
    }[];
  }[];
}

interface PlaywrightReport {
  readonly stats: Record<string, number>;
  readonly suites: readonly PlaywrightSuite[];
  readonly errors: readonly PlaywrightError[];
}

function failuresOf({ suites = [], specs }: PlaywrightSuite): readonly string[] {
  const own = specs.flatMap(({ file, title, tests }) =>
    tests
      .filter(({ status }) => status !== 'expected')
      .map(({ status, results }) => {
        const errors = results.flatMap((result) => result.errors ?? []);
        return told(`${file} > ${title} (${status})`, errors.map(({ message }) => message).join('\n'));
      }),
  );
  return [...own, ...suites.flatMap(failuresOf)];
}

/** The name of what failed and the beginning of why. */
function told(name: string, why = ''): string {
  return `${name}\n${stripVTControlCharacters(why)}`.trim().slice(0, 2_000);
}
