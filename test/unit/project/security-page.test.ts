import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

/** The part of a page under a heading, up to the next one. */
const part = (page: string, heading: string) =>
  readFileSync(page, 'utf8')
    .split(/^## /m)
    .find((text) => text.startsWith(`${heading}\n`)) ?? '';

/** What the README promises, one sentence each; the last paragraph only leads on. */
const promises = part('README.md', 'Security')
  .split(/^- /m)
  .slice(1)
  .flatMap((item) =>
    (item.split('\n\n')[0] ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .split(/(?<=\.) /),
  );

const rows = [
  ...part('docs/security.md', 'What the README says, and what proves it').matchAll(
    /^\| (\S[^|]*?) +\| `([^`]+)`: ([^|]*?) +\|$/gm,
  ),
].map(([, sentence = '', file = '', title = '']) => ({ sentence, file, title }));

it('each sentence of the README’s Security section has a test, and no other has', () => {
  expect(promises.length).toBeGreaterThan(5);
  expect([...new Set(rows.map(({ sentence }) => sentence))].sort()).toEqual([...promises].sort());
});

it.each(rows)('$file has the test “$title”', ({ file, title }) => {
  const titles = readFileSync(file, 'utf8').matchAll(/\b(?:it|test)\(\s*(['`])(.*?)\1,/gs);
  expect([...titles].map(([, , name]) => name?.replace(/ \$\{.*/, ''))).toContain(title);
});
