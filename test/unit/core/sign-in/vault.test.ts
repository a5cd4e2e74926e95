import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault, type StoredGrant } from '../../../../electron/core/sign-in/vault.ts';
import { tallyError } from '../../../../shared/errors.ts';
import { createFakeKeychain } from '../../../support/fake-keychain.ts';

const whole: StoredGrant = { refreshToken: 'r1', former: 'r0', clientSecret: 's' };

function bench() {
  const keychain = createFakeKeychain();
  return { keychain, vault: createVault(keychain.store) };
}

const isLocked = { ok: false, error: { kind: 'keychain', action: 'unlock-keychain' } };

describe('a sign-in in the keychain', () => {
  it('is read as it was written, one item for an account', async () => {
    const { keychain, vault } = bench();
    expect(await vault.save('a', whole)).toEqual({ ok: true, value: null });
    expect([...keychain.items.keys()]).toEqual(['account:a']);
    expect(await vault.load('a')).toEqual({ ok: true, value: whole });
    expect(await vault.load('b')).toEqual({ ok: true, value: null });
    expect(await vault.save('a', { refreshToken: 'r2' })).toMatchObject({ ok: true });
    expect(await vault.load('a')).toEqual({ ok: true, value: { refreshToken: 'r2' } });
  });

  it('is forgotten by its account alone', async () => {
    const { vault } = bench();
    await vault.save('a', whole);
    await vault.save('b', whole);
    expect(await vault.forget('a')).toEqual({ ok: true, value: null });
    expect(await vault.load('a')).toEqual({ ok: true, value: null });
    expect(await vault.load('b')).toEqual({ ok: true, value: whole });
  });

  it('carries known fields only', async () => {
    const { keychain, vault } = bench();
    await vault.save('a', { ...whole, accessToken: 'SECRET' } as StoredGrant);
    expect(keychain.items.get('account:a')).not.toContain('SECRET');
  });

  it('is nothing in a new keychain, before anything was ever kept', async () => {
    expect(await bench().vault.load('a')).toEqual({ ok: true, value: null });
  });
});

describe('a locked keychain', () => {
  it('is never taken for an empty one', async () => {
    const { keychain, vault } = bench();
    await vault.save('a', whole);
    keychain.lock();
    expect(await vault.load('a')).toMatchObject(isLocked);
    expect(await vault.save('a', { refreshToken: 'r2' })).toMatchObject(isLocked);
    keychain.unlock();
    expect(await vault.load('a')).toEqual({ ok: true, value: whole });
  });

  it('does not let a sign-out pass for done', async () => {
    const { keychain, vault } = bench();
    await vault.save('a', whole);
    keychain.lock();
    expect(await vault.forget('a')).toMatchObject(isLocked);
    expect(keychain.items.has('account:a')).toBe(true);
  });

  it('that the person unlocks while it is asked gives the sign-in', async () => {
    const { keychain, vault } = bench();
    await vault.save('a', whole);
    keychain.lock();
    keychain.unlockAt('get');
    expect(await vault.load('a')).toEqual({ ok: true, value: whole });
  });

  it('that does not give the sign-in out is not taken for an empty one, nor asked to delete in vain', async () => {
    const { keychain, vault } = bench();
    await vault.save('a', whole);
    keychain.withhold(true);
    const no = { ok: false, error: { kind: 'keychain', action: 'unlock-keychain' } };
    expect(await vault.load('a')).toMatchObject(no);
    expect(await vault.forget('a')).toMatchObject(no);
    keychain.withhold(false);
    expect(await vault.load('a')).toEqual({ ok: true, value: whole });
  });

  it('or a missing one is told as the store tells it', async () => {
    const { keychain, vault } = bench();
    const error = tallyError('keychain', 'No keychain.', { action: 'retry' });
    keychain.fail(error);
    for (const result of [await vault.load('a'), await vault.save('a', whole), await vault.forget('a')]) {
      expect(result).toEqual({ ok: false, error });
    }
  });
});

describe('the place of the next sign-in', () => {
  it('is written before anything is asked of Zoom, and says that it was', async () => {
    const { vault } = bench();
    await vault.save('a', whole);
    expect(await vault.prepare('a', whole)).toEqual({ ok: true, value: whole });
    expect(await vault.load('a')).toEqual({ ok: true, value: { ...whole, trading: true } });
    await vault.save('a', { ...whole, refreshToken: 'r2', former: 'r1' });
    expect(await vault.load('a')).toEqual({
      ok: true,
      value: { ...whole, refreshToken: 'r2', former: 'r1' },
    });
  });

  it('keeps what another copy of Tally has put there, but nothing that is older', async () => {
    const { vault } = bench();
    const newer = { refreshToken: 'r2', former: 'r1' };
    await vault.save('a', newer);
    expect(await vault.prepare('a', whole)).toEqual({ ok: true, value: newer });
    await vault.save('a', { refreshToken: 'r0' });
    expect(await vault.prepare('a', whole)).toEqual({ ok: true, value: whole });
    expect(await vault.load('a')).toMatchObject({ value: { refreshToken: 'r1' } });
  });

  it('is not written in a locked keychain', async () => {
    const { keychain, vault } = bench();
    await vault.save('a', whole);
    keychain.lock();
    expect(await vault.prepare('a', whole)).toMatchObject(isLocked);
    expect(keychain.asked()).toEqual(['set account:a', 'delete __probe', 'get account:a']);
  });
});

it('what former versions wrote to see whether the keychain is locked is removed', async () => {
  const { keychain, vault } = bench();
  keychain.items.set('__probe', '1');
  await vault.save('a', whole);
  await keychain.store.settled();
  expect([...keychain.items.keys()]).toEqual(['account:a']);
});

describe('the 2,560 bytes of Windows', () => {
  const bytes = (text = '') => Buffer.byteLength(text);

  it('are kept by leaving the former token out', async () => {
    const { keychain, vault } = bench();
    const grant = { refreshToken: 'r'.repeat(1300), former: 'f'.repeat(1300), clientSecret: 's' };
    expect(await vault.save('a', grant)).toMatchObject({ ok: true });
    expect(await vault.load('a')).toEqual({
      ok: true,
      value: { refreshToken: grant.refreshToken, clientSecret: 's' },
    });
    expect(bytes(keychain.items.get('account:a'))).toBeLessThanOrEqual(2560);
  });

  it('refuse a token that is too large by itself, and keep what was there', async () => {
    const { vault } = bench();
    await vault.save('a', whole);
    expect(await vault.save('a', { refreshToken: 'é'.repeat(1280) })).toMatchObject({
      ok: false,
      error: { kind: 'keychain' },
    });
    expect(await vault.load('a')).toEqual({ ok: true, value: whole });
  });

  it('are never passed, and what was taken is read back', async () => {
    const part = fc.string({ minLength: 1, maxLength: 1500, unit: 'binary' });
    const grants = fc.record(
      { refreshToken: part, former: part, clientSecret: fc.string({ minLength: 1, maxLength: 40 }) },
      { requiredKeys: ['refreshToken'] },
    );
    await fc.assert(
      fc.asyncProperty(grants, async (grant) => {
        const { keychain, vault } = bench();
        const saved = await vault.save('a', grant);
        expect(bytes(keychain.items.get('account:a'))).toBeLessThanOrEqual(2560);
        if (!saved.ok) return;
        const loaded = await vault.load('a');
        const { former, ...rest } = grant;
        expect([
          { ok: true, value: grant },
          { ok: true, value: rest },
        ]).toContainEqual(loaded);
        if (former === undefined) expect(loaded).toEqual({ ok: true, value: rest });
      }),
      { numRuns: 300 },
    );
  });
});

describe('what else stands in the keychain', () => {
  it.each([
    '',
    'r1',
    'null',
    '[]',
    '{}',
    '{"refreshToken":""}',
    '{"refreshToken":7}',
    '{"refreshToken":"r1","former":null}',
    '{"refreshToken":"r1"',
  ])('%j is a damaged sign-in, and said to be one', async (text) => {
    const { keychain, vault } = bench();
    keychain.items.set('account:a', text);
    expect(await vault.load('a')).toMatchObject({
      ok: false,
      error: { kind: 'not-signed-in', action: 'sign-in', what: 'The sign-in in the keychain is damaged.' },
    });
  });

  it('is read without a throw, and gives known fields only', async () => {
    const nearly = fc.record(
      { refreshToken: fc.oneof(fc.string(), fc.jsonValue()), former: fc.jsonValue(), extra: fc.jsonValue() },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      nearly.map((value) => JSON.stringify(value)),
    );
    await fc.assert(
      fc.asyncProperty(text, async (json) => {
        const { keychain, vault } = bench();
        keychain.items.set('account:a', json);
        const loaded = await vault.load('a');
        if (loaded.ok) {
          expect(loaded.value?.refreshToken.length).toBeGreaterThan(0);
          expect(Object.keys(loaded.value ?? {})).not.toContain('extra');
        } else expect(loaded.error.kind).toBe('not-signed-in');
      }),
    );
  });
});
