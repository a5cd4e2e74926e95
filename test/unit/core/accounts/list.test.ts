import { describe, expect, it } from 'vitest';
import { createAccountList, givenKey, practiceKey } from '../../../../electron/core/accounts/list.ts';
import { ringColours } from '../../../../electron/core/accounts/stored.ts';
import { connectingStart } from '../../../../shared/connecting.ts';

const a = {
  key: 'commercial:a',
  practice: false,
  cloud: 'commercial',
  clientId: 'abc',
  redirectUri: 'http://127.0.0.1/tally',
  scopes: ['user:read:user'],
  isPublic: true,
  userId: 'a',
  name: 'A',
  email: 'a@example.org',
  colour: 0,
  kept: true,
  stored: true,
  ended: false,
} as const;
const b = {
  ...a,
  key: 'commercial:b',
  cloud: 'government',
  clientId: 'def',
  userId: 'b',
  colour: 1,
} as const;
const left = {
  key: b.key,
  cloud: 'commercial',
  clientId: 'abc',
  stored: true,
  told: false,
  withLibrary: false,
} as const;

/** A list over a file that has this in it, and what was saved since: each with whether it shall outlast nowhere. */
function rig(json: object = { accounts: [a, b], active: a.key }) {
  const saved: { json: Record<string, unknown>; inCopies: boolean | undefined }[] = [];
  const list = createAccountList({
    accounts: () => json,
    saveAccounts: (next, inCopies) => saved.push({ json: next, inCopies }),
  });
  return { list, saved, last: () => saved.at(-1) };
}

describe('the list of accounts', () => {
  it('is what the file has, and nothing is saved before something changes', () => {
    const { list, saved } = rig();
    expect(list.damaged).toBe(false);
    expect(list.all()).toEqual([a, b]);
    expect(list.find(b.key)).toEqual(b);
    expect(list.find('other')).toBeUndefined();
    expect(list.find(undefined)).toBeUndefined();
    expect(list.active()).toBe(a.key);
    expect(list.leaving()).toEqual([]);
    expect(list.connecting()).toEqual(connectingStart);
    expect(saved).toEqual([]);
  });

  it('is kept with the account that is active', () => {
    const { list, last } = rig();
    list.activate(b.key);
    expect(last()).toEqual({ json: { accounts: [a, b], active: b.key, leaving: [] }, inCopies: false });
    list.activate(undefined);
    expect(last()?.json).toEqual({ accounts: [a, b], leaving: [] });
  });

  it('keeps nothing of the account that a run was given from outside', () => {
    const { list, saved, last } = rig();
    list.add(list.blank(givenKey, true));
    list.activate(givenKey);
    expect(list.all().map(({ key }) => key)).toEqual([a.key, b.key, 'given']);
    expect(last()?.json).toEqual({ accounts: [a, b], leaving: [] });
    list.update(givenKey, { name: 'G' });
    expect(list.find(givenKey)?.name).toBe('G');
    expect(saved).toHaveLength(1);
  });

  it('saves a change of an account, and no change that is none', () => {
    const { list, saved, last } = rig();
    list.update('other', { name: 'X' });
    list.update(a.key, { name: 'A', ended: false });
    expect(saved).toEqual([]);
    list.update(a.key, { name: 'Z' });
    expect(last()?.json).toMatchObject({ accounts: [{ ...a, name: 'Z' }, b] });
    expect(list.find(b.key)).toEqual(b);
  });

  it('puts an account in the place of the one with its key', () => {
    const { list, saved } = rig();
    list.add({ ...a, name: 'New' });
    expect(list.all().map(({ key, name }) => [key, name])).toEqual([
      [b.key, 'A'],
      [a.key, 'New'],
    ]);
    expect(saved).toEqual([]);
  });

  it('forgets also in copies what is removed, with the next thing that is saved', () => {
    const { list, saved } = rig();
    list.remove(b.key);
    expect(saved).toEqual([]);
    list.activate(a.key);
    list.activate(a.key);
    expect(saved).toEqual([
      { json: { accounts: [a], active: a.key, leaving: [] }, inCopies: true },
      { json: { accounts: [a], active: a.key, leaving: [] }, inCopies: false },
    ]);
  });

  it('keeps sign-outs that are not over, and forgets them in copies, too', () => {
    const { list, last } = rig();
    list.setLeaving([left]);
    expect(list.leaving()).toEqual([left]);
    expect(last()).toMatchObject({ json: { leaving: [left] }, inCopies: true });
  });

  it('keeps how far somebody is on the way to an app, but not that they are nowhere', () => {
    const { list, last } = rig();
    const begun = { ...connectingStart, clientId: 'abc' };
    list.setConnecting(begun);
    expect(list.connecting()).toEqual(begun);
    expect(last()).toEqual({
      json: { accounts: [a, b], active: a.key, leaving: [], connecting: begun },
      inCopies: false,
    });
    list.setConnecting(connectingStart);
    expect(last()?.json).not.toHaveProperty('connecting');
  });

  it('writes what it could not read as it was, but for an account that is there anew', () => {
    const later = { key: 'sovereign:c', cloud: 'sovereign' };
    const other = { ...later, key: 'sovereign:d' };
    const { list, last } = rig({ accounts: [a, later, other, null], leaving: [later] });
    expect(list.damaged).toBe(true);
    list.activate(a.key);
    expect(last()?.json).toMatchObject({ accounts: [{ key: a.key }, later, other, null], leaving: [later] });
    list.add({ ...b, key: later.key });
    list.setLeaving([left]);
    expect(last()?.json).toEqual({
      accounts: [a, { ...b, key: later.key }, other, null],
      active: a.key,
      leaving: [left, later],
    });
  });
});

describe('a new account', () => {
  it('is one of which nothing is known', () => {
    expect(rig().list.blank(practiceKey, true)).toEqual({
      key: 'practice',
      practice: true,
      cloud: 'commercial',
      clientId: '',
      redirectUri: 'http://127.0.0.1/tally',
      scopes: [],
      isPublic: true,
      userId: '',
      name: '',
      email: '',
      colour: 2,
      kept: false,
      stored: false,
      ended: false,
    });
  });

  it('has the first color that is free, and the next in turn once none is', () => {
    const accounts = [1, 0, 3, 4, 5].map((colour) => ({ ...a, key: `commercial:${colour}`, colour }));
    const { list } = rig({ accounts });
    expect(list.blank('x', false).colour).toBe(2);
    list.add({ ...list.blank('x', false), key: 'x' });
    expect(list.blank('y', false).colour).toBe(6 % ringColours);
    list.add(list.blank('y', false));
    expect(list.blank('z', false).colour).toBe(7 % ringColours);
  });
});

describe('the app of a sign-in', () => {
  it('is known where an account went through it, in the same cloud', () => {
    const { list } = rig();
    const { cloud, clientId, redirectUri, scopes, isPublic } = b;
    expect(list.setup({ cloud, clientId })).toEqual({ cloud, clientId, redirectUri, scopes, isPublic });
    expect(list.setup({ cloud: 'commercial', clientId })).toBeUndefined();
    expect(list.setup({ cloud, clientId: a.clientId })).toBeUndefined();
  });
});
