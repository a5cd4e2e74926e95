import { globSync, readFileSync } from 'node:fs';
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

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

describe.each(globSync('.github/workflows/*.yml', { cwd: root }))('%s', (path) => {
  const workflow: Workflow = parse(readFileSync(join(root, path), 'utf8'));
  const jobs = Object.entries(workflow.jobs);

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
