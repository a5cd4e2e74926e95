import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accountLine,
  accountName,
  initials,
  missingFor,
  signInLeadsTo,
} from '../../../renderer/lib/accounts.ts';
import { addressProblem, clientIdProblem, secretProblem } from '../../../renderer/screens/accounts/checks.ts';
import {
  features,
  missingFeatures,
  scopesToAdd,
  usualGroups,
} from '../../../renderer/screens/accounts/permissions.ts';
import type { AccountView, SignInView } from '../../../shared/accounts.ts';
import { actionSchema } from '../../../shared/actions.ts';
import { tallyError } from '../../../shared/errors.ts';
import { featureGroups, needed } from '../../../shared/zoom/scopes.ts';
import { connected, snapshot, summary } from '../../support/snapshot.ts';

const taken = (clientId: string) =>
  actionSchema.safeParse({ type: 'account.sign-in', clientId, cloud: 'commercial' }).success;

describe('a typed client id', () => {
  it.each([
    ['', 'Paste'],
    ['  ', 'Paste'],
    ['https://marketplace.zoom.us/x', 'address'],
    ['robin@example.org', 'email'],
    ['AbC 123', 'no spaces'],
    ['AbC/123', '“/”'],
    ['a'.repeat(201), 'too long'],
  ])('"%s" is told what is wrong with it', (typed, word) => {
    expect(clientIdProblem(typed)).toContain(word);
  });

  it('is right exactly when main takes it', () => {
    expect(clientIdProblem(' AbC_12.3-x ')).toBeUndefined();
    const almost = fc.string({ unit: fc.constantFrom(...'aZ9_.- @/é\n'), maxLength: 8 });
    fc.assert(
      fc.property(fc.oneof(fc.string(), almost, fc.string({ minLength: 195, maxLength: 205 })), (typed) => {
        expect(clientIdProblem(typed) === undefined).toBe(taken(typed));
      }),
    );
  });
});

describe('a typed secret', () => {
  it('is right exactly when main takes it', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 510, size: 'max' }), (typed) => {
        const action = { type: 'account.sign-in', clientId: 'x', clientSecret: typed, cloud: 'commercial' };
        expect(secretProblem(typed) === undefined).toBe(actionSchema.safeParse(action).success);
      }),
    );
  });
});

describe('a pasted address', () => {
  const registered = 'http://127.0.0.1/some-path';
  const problem = (typed: string) => addressProblem(typed, registered);

  it.each([
    ['http://127.0.0.1:4711/some-path?code=abc&state=x'],
    [' http://127.0.0.1/some-path?error=access_denied\n'],
  ])('%s is taken, on whatever port', (typed) => {
    expect(problem(typed)).toBeUndefined();
  });

  it.each([
    ['', 'Paste'],
    ['127.0.0.1', 'This isn’t a whole address'],
    ['https://zoom.us/oauth/authorize?code=x', 'another page'],
    ['http://127.0.0.1:4711/other?code=abc', 'another page'],
    ['http://127.0.0.1:4711/some-path', 'end of the address'],
    [`http://127.0.0.1/some-path?code=${'x'.repeat(4_000)}`, 'too long'],
  ])('%s is told what is wrong with it', (typed, word) => {
    expect(problem(typed)).toContain(word);
  });

  it('never throws, and never says again what was pasted', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl({ withQueryParameters: true })), (typed) => {
        expect(problem(`${typed}?code=SECRET-CODE`) ?? '').not.toContain('SECRET-CODE');
      }),
    );
  });
});

describe('features', () => {
  it('have words for all that can be chosen, and the risky ones are off at first', () => {
    for (const group of featureGroups) expect(features[group].word).not.toBe('');
    expect(usualGroups).toContain('Presence');
    expect(usualGroups).not.toContain('Account');
    expect(needed(usualGroups, 'granular')).not.toContain('user:delete:user');
  });

  it('that are missing stand under their words, each permission once', () => {
    const assistant = ['user:delete:assistant'];
    const missing = [
      { operation: 'userAssistantsDelete', scopes: assistant },
      { operation: 'updatePresenceStatus', scopes: ['user:update:presence_status'] },
      { operation: 'userAssistantDelete', scopes: assistant },
      { operation: 'user', scopes: ['user_info:read', 'user:read'] },
    ] as const;
    const shown = missingFeatures(missing);
    expect(shown.map(({ word }) => word)).toEqual(['Assistants', 'Status', 'Profile']);
    expect(shown[0]?.parts.map(({ scopes }) => scopes)).toEqual([assistant]);
    expect(shown[0]?.parts[0]?.title).toContain(', ');
    expect(scopesToAdd(missing)).toEqual([
      'user:delete:assistant',
      'user:update:presence_status',
      'user_info:read',
    ]);
    expect(missingFor({ ...connected, missing }, 'updatePresenceStatus')?.scopes).toEqual([
      'user:update:presence_status',
    ]);
    expect(missingFor(connected, 'updatePresenceStatus')).toBeUndefined();
  });
});

describe('where a sign-in leads', () => {
  const redirectUri = 'http://127.0.0.1/some-path';
  const app = { cloud: 'commercial', clientId: 'abc' } as const;
  const waiting: SignInView = {
    phase: 'waiting',
    until: 1,
    browser: true,
    listening: true,
    redirectUri,
    app,
  };
  const finishing: SignInView = { phase: 'finishing' };
  const failure: SignInView = {
    phase: 'failed',
    error: tallyError('timeout', 'Too late.'),
    redirectUri,
    app,
  };
  const failed: AccountView = { phase: 'failed', key: 'robin', practice: false, error: failure.error };
  const none: AccountView = { phase: 'none' };
  const now = (account: AccountView, signIn?: SignInView) => snapshot({}, account, signIn ? { signIn } : {});

  it('begins on Accounts, and stays where the person goes meanwhile', () => {
    expect(signInLeadsTo(undefined, now(connected, waiting), connected)).toBe('accounts');
    expect(signInLeadsTo(waiting, now(connected, finishing), connected)).toBeUndefined();
  });

  it.each([
    ['the first account', none, connected],
    ['another account', connected, { ...connected, key: 'alex' }],
    ['the same account, which had failed', failed, connected],
    ['the same account by another app', connected, connected],
    [
      'the same account, allowed more',
      { ...connected, missing: [{ operation: 'userPicture', scopes: ['x'] }] },
      connected,
    ],
  ] as [string, AccountView, AccountView][])('ends on Status with %s', (_, start, account) => {
    expect(signInLeadsTo(finishing, now(account), start)).toBe('status');
  });

  it('leaves the person where they are after a cancel, a failure, or nothing new', () => {
    expect(signInLeadsTo(waiting, now(connected), connected)).toBeUndefined();
    expect(signInLeadsTo(waiting, now(none), none)).toBeUndefined();
    expect(signInLeadsTo(waiting, now(failed), failed)).toBeUndefined();
    expect(signInLeadsTo(failure, now(connected), none)).toBeUndefined();
    expect(signInLeadsTo(undefined, now(connected), none)).toBeUndefined();
  });
});

describe('the names of an account', () => {
  it('are its name, else its address, and at most two letters of it', () => {
    expect(accountName(summary('x', { name: ' ' }))).toBe('x@example.org');
    expect(accountName(summary('x', { name: '', email: '' }))).not.toBe('');
    expect(initials('Robin van der Ashdown')).toBe('RA');
    expect(initials('👩‍💻 Ada')).toBe('👩A');
    expect(initials('')).toBe('');
  });

  it('come with what keeps it from being used', () => {
    expect(accountLine(summary('x'))).toBe('x@example.org');
    expect(accountLine(summary('x', { practice: true }))).toBe('Practice account');
    expect(accountLine(summary('x', { practice: true, phase: 'failed' }))).toBe('Not connected');
  });
});
