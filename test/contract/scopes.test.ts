import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Grant } from '../../electron/practice/grants.ts';
import { checkScopes } from '../../electron/practice/scopes.ts';
import { type Operation, type OperationGroup, operations } from '../../shared/zoom/operations.gen.ts';
import { featureGroups, missingOperations, needed } from '../../shared/zoom/scopes.ts';
import { authorizeUrl, signIn } from '../support/oauth.ts';
import { withPractice } from '../support/practice-client.ts';

const all: readonly Operation[] = Object.values(operations);
const groups = fc.subarray([...featureGroups]);
const kinds = ['granular', 'classic'] as const;

/** What a user-managed app can do in these groups, and the call that tells who signed in. */
const wanted = (of: readonly OperationGroup[]) =>
  all.filter(({ id, group, adminOnly }) => !adminOnly && (of.includes(group) || id === 'user'));

/** Whether the practice Zoom lets a token with these scopes through, for its owner's own things. */
function passes(operation: Operation, scopes: readonly string[]): boolean {
  try {
    checkScopes(operation, { scopes } as Grant, false);
    return true;
  } catch {
    return false;
  }
}

describe.each(kinds)('the %s scopes for any choice of features', (kind) => {
  it('are enough for every call of them, and with any one less some call is refused', () => {
    fc.assert(
      fc.property(groups, (chosen) => {
        const scopes = needed(chosen, kind);
        expect(wanted(chosen).filter((operation) => !passes(operation, scopes))).toEqual([]);
        for (const left of scopes) {
          const rest = scopes.filter((scope) => scope !== left);
          expect(
            wanted(chosen).some((operation) => !passes(operation, rest)),
            left,
          ).toBe(true);
        }
      }),
    );
  });

  it('are sorted, each once, none for administrators, and leave nothing missing', () => {
    fc.assert(
      fc.property(groups, (chosen) => {
        const scopes = needed(chosen, kind);
        expect(scopes).toEqual([...new Set(scopes)].sort());
        expect(scopes.filter((scope) => scope.endsWith(':admin'))).toEqual([]);
        const missing = missingOperations(scopes.join(' ')).map(({ operation }) => operation);
        for (const { id } of wanted(chosen)) expect(missing).not.toContain(id);
      }),
    );
  });
});

it('the scopes are what a person finds in Zoom’s lists', () => {
  expect(needed([], 'granular')).toEqual(['user:read:user']);
  expect(needed([], 'classic')).toEqual(['user:read']);
  expect(needed(['Presence'], 'granular')).toEqual([
    'user:read:presence_status',
    'user:read:user',
    'user:update:presence_status',
  ]);
  expect(needed(['Presence'], 'classic')).toEqual(['user:read', 'user:write']);
  expect(needed(['Access'], 'classic')).toEqual(['user:write', 'user_zak:read']);
});

it('a sign-in at Zoom with just these scopes makes these calls and no others', async () => {
  await withPractice({ limits: false }, async (rig) => {
    const scope = needed(['Presence', 'Settings'], 'granular').join(' ');
    const tokens = await signIn(rig.practice, { scope });
    expect(tokens.scope.split(' ').sort().join(' ')).toBe(scope);
    const status = async (id: 'user' | 'userPresenceStatus' | 'userSettings' | 'userZak') =>
      (await rig.call(id, {}, tokens.access_token)).code ?? 200;
    expect(await status('user')).toBe(200);
    expect(await status('userPresenceStatus')).toBe(200);
    expect(await status('userSettings')).toBe(200);
    expect(await status('userZak')).toBe(4711);
    expect(missingOperations(tokens.scope)).toContainEqual({
      operation: 'userZak',
      scopes: ['user:read:zak'],
    });
    // Zoom shows its consent page for all features at once.
    const every = needed(featureGroups, 'granular').join(' ');
    expect((await fetch(authorizeUrl(rig.practice, { scope: every, code_challenge: 'x' }))).status).toBe(200);
  });
});

describe('what a sign-in does not cover', () => {
  it('is not known where Zoom tells no scopes', () => {
    expect(missingOperations('')).toEqual([]);
    expect(missingOperations('  ')).toEqual([]);
  });

  it('is what the practice Zoom refuses, whatever was granted', () => {
    const known = [...new Set(all.flatMap(({ scopes }) => [...scopes.classic, ...scopes.granular]))];
    const granted = fc.subarray([...known, 'meeting:read', 'zoomapp:inmeeting'], { minLength: 1 });
    fc.assert(
      fc.property(granted, (scopes) => {
        const missing = missingOperations(scopes.join(' '));
        const refused = all.filter((operation) => !operation.adminOnly && !passes(operation, scopes));
        expect(missing.map(({ operation }) => operation)).toEqual(refused.map(({ id }) => id));
        for (const { operation, scopes: enough } of missing) {
          expect(enough.length).toBeGreaterThan(0);
          for (const scope of enough) expect(passes(operations[operation], [...scopes, scope])).toBe(true);
        }
      }),
    );
  });

  it('is named in the kind of scopes that the app has', () => {
    const zak = (granted: string) =>
      missingOperations(granted).find(({ operation }) => operation === 'userZak')?.scopes;
    expect(zak('user:read user:write')).toEqual(['user_zak:read']);
    expect(zak('user:read:user zoomapp:inmeeting')).toEqual(['user:read:zak']);
  });
});

it('the features are the groups of the catalogue that need no administrator', () => {
  const possible = all.filter(({ adminOnly }) => !adminOnly).map(({ group }) => group);
  expect([...featureGroups].sort()).toEqual([...new Set(possible)].sort());
  expect(featureGroups[0]).toBe('Presence');
});
