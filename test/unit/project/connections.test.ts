import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const files = globSync('electron/**/*.ts').filter(
  (file) => !file.startsWith('electron/practice/') && !file.endsWith('.d.ts'),
);
const textOf = (file: string) => readFileSync(file, 'utf8');

/** What can speak TLS; each says itself that certificates are checked, which other tests see it do. */
const known = [
  // Only writes code for others to run.
  'electron/core/advanced/code.ts',
  'electron/core/http/undici.ts',
  'electron/core/mqtt/connection.ts',
  // Only says whom all of them trust.
  'electron/desktop/certificates.ts',
];

it('TLS is spoken where it is known that certificates are checked, and nowhere else', () => {
  const speak =
    /(?:from|import|require)\s*\(?'(?:node:)?(?:tls|https|http2|undici)[/']|\bfetch\(|\bnet\.request\(/;
  const speaking = files.filter((file) => speak.test(textOf(file).replace(/^import type .*$/gm, '')));
  expect(speaking.sort()).toEqual(known);
});

it('the variable that would have all certificates taken is gone before anything else is begun', () => {
  const [begun = ''] = textOf('electron/main.ts').split('app.setName');
  expect(begun).toMatch(/^delete process\.env\.NODE_TLS_REJECT_UNAUTHORIZED;$/m);
});
