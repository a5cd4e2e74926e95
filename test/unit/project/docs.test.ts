import { existsSync, globSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { settingLeaves } from '../../../shared/zoom/settings.gen.ts';
import { withMeasured } from '../../bench/table.ts';
import { modules } from '../../mutation/modules.ts';
import { withScores } from '../../mutation/table.ts';

const pages = globSync(['*.md', 'docs/**/*.md', '.github/**/*.md']);

/** A path of the project in backticks: below one of its folders, or a file beside the pages. What commands make is not in the project. */
const path =
  /`((?:electron|renderer|shared|resources|scripts|test|docs|\.github)\/[^\s`]*|[\w.-]+\.(?:md|json|yml))`/g;
const link = /\]\((?!https?:|#)([^)#\s]+)/g;

/** A script of npm, as it is written in a sentence or a line of a shell. */
const script = /npm run (?:--silent )?([\w:-]+)/g;

const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found]) => found as string);

describe.each(pages)('%s', (page) => {
  const text = readFileSync(page, 'utf8');

  it('names files that are there', () => {
    const missing = all(text, path).filter((name) => globSync(name).length === 0);
    expect(missing).toEqual([]);
  });

  it('links to pages and pictures that are there', () => {
    const missing = all(text, link).filter((to) => !existsSync(join(dirname(page), to)));
    expect(missing).toEqual([]);
  });

  it('names scripts that are there', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(all(text, script).filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
  });
});

it('the README is short, begins with the two commands, and its pictures are light', () => {
  expect(statSync('README.md').size).toBeLessThanOrEqual(8_000);
  const top = readFileSync('README.md', 'utf8').split('\n').slice(0, 10).join('\n');
  expect(top).toMatch(/^npm start\b.*\nnpm test\b/m);
  for (const picture of globSync('resources/screenshots/*'))
    expect(statSync(picture).size, picture).toBeLessThan(150_000);
});

it.each(['README.md', 'CHANGELOG.md'])('%s tells how many settings there are', (page) => {
  const told = all(
    readFileSync(page, 'utf8'),
    /\bAll (?:of Zoom's )?(\d+) (?:of them in one list|settings)/g,
  );
  expect(told).toEqual([String(settingLeaves.length)]);
});

it('the bench finds its place in the page of what was measured, and leaves the rest alone', () => {
  const page = readFileSync('docs/proof.md', 'utf8');
  const figure = {
    figure: 'idle',
    unit: 'ms',
    value: 1234.5,
    spread: 7,
    baseline: 0.12345,
    ratio: 1,
    aim: '< 2',
    met: false,
    runs: 3,
    growth: [{ count: 2, first: 61.25, again: 28.05, memory: 86.06 }],
  } as const;
  const written = withMeasured(page, [figure], 'Measured here.');
  expect(written).toContain('Measured here.\n\n| figure');
  expect(written).toMatch(
    /^\| `idle` +\| ms +\| 1235 +\| 7 +\| 0\.123 +\| +\| 1 +\| < 2 \| \*\*no\*\* \| 3 +\|$/m,
  );
  expect(written).toMatch(/^\| `idle` +\| 2 +\| 61\.3 +\| 28\.1 +\| 86\.1 +\|$/m);
  const rest = (text: string) => text.replace(/(<!-- measured).*(<!-- \/measured)/s, '$1$2');
  expect(rest(withMeasured(written, [], ''))).toBe(rest(page));
});

it('the scores of broken guards find theirs, with a row for each module', () => {
  const page = readFileSync('docs/proof.md', 'utf8');
  const written = withScores(page);
  for (const name of Object.keys(modules)) expect(written).toContain(`\n| ${name} `);
  const rest = (text: string) => text.replace(/(<!-- mutations).*(<!-- \/mutations)/s, '$1$2');
  expect(rest(written)).toBe(rest(page));
});

it('the files of each module are there, and so are the tests that must notice', () => {
  const named = Object.values(modules).flatMap(({ files, tests }) => [...files, ...tests]);
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
