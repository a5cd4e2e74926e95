import { describe, expect, it } from 'vitest';
import { createAccountList, givenKey, practiceKey } from '../../../../electron/core/accounts/list.ts';
import { createLiveAccounts } from '../../../../electron/core/accounts/live.ts';
import type { AccountRecord } from '../../../../electron/core/accounts/stored.ts';
import type { AccountSource, Connection } from '../../../../electron/core/ports.ts';
import { ends } from '../../../../electron/core/sign-in/ends.ts';
import type { Grants } from '../../../../electron/core/sign-in/grants.ts';
import { type Result, type TallyError, tallyError } from '../../../../shared/errors.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

const noWay = tallyError('network', 'No way.');
const locked = tallyError('keychain', 'Locked.');

/** A way to Zoom by a sign-in that Zoom has ended. */
const overWith = (error: TallyError): Result<Connection> => {
  const token = async () => ({ ok: false, error }) as const;
  const session = { accessToken: token, refresh: token };
  return {
    ok: true,
    value: { apiUrl: () => 'https://zoom.test/v2', session, scope: () => '', retryNow() {} },
  };
};

interface World {
  readonly keys?: string[];
  readonly active?: string;
  readonly given?: boolean;
  /** What connecting comes to, by key; no way to Zoom where it is not named. */
  readonly opens?: Readonly<Record<string, Result<Connection>>>;
}

/** Accounts that are on the list, none of which finds a way to Zoom unless told. */
function rig({ keys = ['a', 'b'], active = keys[0], given = false, opens = {} }: World = {}) {
  const clock = createFakeClock();
  const asked: string[] = [];
  let changes = 0;
  const list = createAccountList({ accounts: () => undefined, saveAccounts() {} });
  for (const key of keys) list.add({ ...list.blank(key, key === practiceKey), email: `${key}@example.org` });
  list.activate(active);
  const source = (name: string): AccountSource => ({
    practice: name === practiceKey,
    async connect() {
      asked.push(`source ${name}`);
      return { ok: false, error: noWay };
    },
  });
  const grants: Pick<Grants, 'open' | 'unkept'> = {
    async open(record, waiting) {
      const { key, email } = record as AccountRecord;
      asked.push(`open ${key} ${email}`);
      waiting();
      return opens[key] ?? { ok: false, error: noWay };
    },
    unkept: (key) => (key === 'b' ? locked : undefined),
  };
  const live = createLiveAccounts({
    clock,
    list,
    random: () => 0,
    changed() {
      changes += 1;
    },
    grants,
    practice: source(practiceKey),
    ...(given && { given: source(givenKey) }),
    media: { library: (key: string) => ({ exists: () => key === 'a' }) },
  } as never);
  return { live, list, clock, asked, changes: () => changes };
}

const phases = ({ live }: ReturnType<typeof rig>) => live.summaries().map(({ key, phase }) => [key, phase]);

describe('the accounts of the list', () => {
  it('are there from the start, and one of them is active', () => {
    const { live } = rig({ active: 'b' });
    expect(live.get('a')?.view()).toEqual({ phase: 'connecting', key: 'a', practice: false });
    expect(live.get('x')).toBeUndefined();
    expect(live.active()).toBe(live.get('b'));
    expect(rig({ keys: [] }).live.active()).toBeUndefined();
  });

  it('are shown as they are', () => {
    const { live, list } = rig({ keys: ['a', practiceKey] });
    list.update('a', { name: 'A', cloud: 'government', clientId: 'abc', isPublic: false });
    expect(live.summaries()).toEqual([
      {
        key: 'a',
        practice: false,
        name: 'A',
        email: 'a@example.org',
        cloud: 'government',
        colour: 0,
        active: true,
        phase: 'connecting',
        hasLibrary: true,
        app: { clientId: 'abc', isPublic: false },
      },
      {
        key: practiceKey,
        practice: true,
        name: '',
        email: 'practice@example.org',
        cloud: 'commercial',
        colour: 1,
        active: false,
        phase: 'connecting',
      },
    ]);
    expect(rig().live.summaries()[1]).toMatchObject({ key: 'b', unkept: locked });
  });

  it('that are listed but not alive yet are connecting', () => {
    const { live, list } = rig({ keys: ['a'] });
    list.add(list.blank('late', false));
    expect(live.summaries()[1]).toMatchObject({ key: 'late', phase: 'connecting' });
    expect(live.moments().map(({ key }) => key)).toEqual(['a']);
  });

  it('have a moment each, by name or address', () => {
    const { live, list } = rig();
    list.update('a', { name: 'A' });
    expect(live.moments()).toMatchObject([
      { key: 'a', name: 'A', account: { phase: 'connecting' }, presence: { current: { status: 'Unknown' } } },
      { key: 'b', name: 'b@example.org' },
    ]);
  });
});

describe('connecting', () => {
  it('goes from the active one to the others, one after the other, each by its own way', async () => {
    const made = rig({ keys: ['a', 'b', practiceKey, givenKey], active: 'b', given: true });
    await made.live.connect();
    expect(made.asked).toEqual([
      'open b b@example.org',
      'open a a@example.org',
      `source ${practiceKey}`,
      `source ${givenKey}`,
    ]);
    expect(phases(made).map(([, phase]) => phase)).toEqual(Array(4).fill('failed'));
  });

  it('by a given account that is not given goes by the keychain', async () => {
    const { live, asked } = rig({ keys: [givenKey] });
    await live.connect();
    expect(asked).toEqual(['open given given@example.org']);
  });

  it('of one that left the list meanwhile finds nothing of it', async () => {
    const { live, list, asked } = rig({ keys: ['a'] });
    list.remove('a');
    await live.get('a')?.connect();
    expect(asked).toEqual(['open a ']);
  });

  it('tells the list of a sign-in that is over, and why', async () => {
    const { live, list } = rig({ opens: { a: overWith(ends.scopes), b: overWith(locked) } });
    await live.connect();
    expect(list.find('a')).toMatchObject({ ended: true, whyEnded: 'scopes' });
    expect(list.find('b')).toMatchObject({ ended: false });
  });

  it('goes on to no other once it is stopped', async () => {
    const { live, asked, clock } = rig();
    const connecting = live.connect();
    await live.stop();
    await connecting;
    expect(asked).toEqual(['open a a@example.org']);
    expect(clock.pending()).toEqual([]);
  });

  it('begins again for all that failed when the computer wakes', async () => {
    const { live, asked } = rig();
    await live.connect();
    live.wake();
    expect(asked.slice(2)).toEqual(['open a a@example.org', 'open b b@example.org']);
  });

  it('is over with the app', async () => {
    const { live, clock } = rig();
    await live.connect();
    expect(clock.pending()).toHaveLength(2);
    await live.stop();
    expect(clock.pending()).toEqual([]);
  });
});

describe('an account', () => {
  it('becomes the active one, which is shown', () => {
    const { live, list, changes } = rig();
    live.activate('b');
    expect(list.active()).toBe('b');
    expect(live.active()).toBe(live.get('b'));
    expect(changes()).toBe(1);
    live.activate(undefined);
    expect(live.active()).toBeUndefined();
  });

  it('in the place of another begins anew, and the other ends', async () => {
    const { live, clock } = rig();
    await live.connect();
    const former = live.get('a');
    const next = live.replace('a');
    await clock.advance(0);
    expect(live.get('a')).toBe(next);
    expect(next).not.toBe(former);
    expect(next.view().phase).toBe('connecting');
    expect(clock.pending()).toHaveLength(1);
    expect(live.replace('new').view()).toMatchObject({ key: 'new' });
  });

  it('that is removed is gone, and asks nothing any more', async () => {
    const { live, clock } = rig();
    await live.connect();
    live.remove('a');
    live.remove('x');
    await clock.advance(0);
    expect(live.get('a')).toBeUndefined();
    expect(clock.pending()).toHaveLength(1);
  });
});

describe('without an account', () => {
  it('nothing can be looked at, connected or chosen, and nothing goes wrong', async () => {
    const { live, list, changes } = rig({ keys: [] });
    live.watch(true);
    live.activate('a');
    await live.connect();
    live.wake();
    expect(list.active()).toBe('a');
    expect([live.summaries(), live.moments(), changes()]).toEqual([[], [], 1]);
    await live.stop();
  });
});
