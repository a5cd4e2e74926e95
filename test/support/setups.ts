import fc from 'fast-check';
import { fixedPort } from '../../shared/redirects.ts';
import type { Setup } from '../../shared/setup.ts';

const letters = (unit: string, minLength: number, maxLength: number) =>
  fc.string({ unit: fc.constantFrom(...unit), minLength, maxLength });

const word = letters('abcdefghijklmnopqrstuvwxyz0123456789', 1, 12);

const redirectUri = fc.oneof(
  word.map((path) => `http://127.0.0.1/${path}`),
  fc
    .tuple(fc.integer({ min: 1, max: 65_535 }), word)
    .map(([port, path]) => `http://127.0.0.1:${port}/${path}`),
  fc.tuple(word, word).map(([host, path]) => `https://${host}.example.com/${path}/`),
);

/** Any setup that Tally takes. */
export const setups: fc.Arbitrary<Setup> = fc.record({
  cloud: fc.constantFrom('commercial', 'government'),
  clientId: letters('abcXYZ019_.-', 1, 200),
  redirectUri,
  scopes: fc.array(
    fc.tuple(word, word, word).map((parts) => parts.join(':')),
    { maxLength: 40 },
  ),
  isPublic: fc.boolean(),
});

export const setup: Setup = {
  cloud: 'commercial',
  clientId: 'AbC_12-3',
  redirectUri: `http://127.0.0.1:${fixedPort}/tally`,
  scopes: ['user:read:user', 'user:update:presence_status'],
  isPublic: true,
};
