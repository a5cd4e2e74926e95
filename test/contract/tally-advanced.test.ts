import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CallInput } from '../../shared/advanced.ts';
import { ready, status, type TallyRig, withTally } from '../support/tally-rig.ts';

const me = (operation: CallInput['operation'], body?: CallInput['body']): CallInput => ({
  operation,
  path: { userId: 'me' },
  query: {},
  ...(body !== undefined && { body }),
});

async function connected({ tally, until }: TallyRig) {
  await tally.connect();
  await until(ready);
  const advanced = await tally.feature('advanced');
  if (!advanced) throw new Error('There is no advanced panel');
  return advanced;
}

it('a status set by hand shows in the tray at once, and other screens read anew what was changed of them', () =>
  withTally(async (made) => {
    const { tally, until } = made;
    const advanced = await connected(made);
    tally.run({ type: 'profile.open' });
    await until(({ profile }) => profile?.phase === 'ready');
    await advanced.send({ call: 'a', input: me('updatePresenceStatus', { status: 'Away' }) });
    await until((snapshot) => status(snapshot) === 'Away');
    await advanced.send({ call: 'b', input: me('userUpdate', { dept: 'Lighthouse' }) });
    const { profile } = await until((snapshot) => JSON.stringify(snapshot.profile).includes('Lighthouse'));
    expect(profile?.phase).toBe('ready');
    expect(tally.snapshot()).not.toHaveProperty('settings');
  }));

it('there is none before the account is connected', () =>
  withTally(async ({ tally }) => {
    expect(await tally.feature('advanced')).toBeUndefined();
  }));

it('signing out takes the history along', () =>
  withTally(async (made) => {
    const advanced = await connected(made);
    await advanced.send({ call: 'a', input: me('user') });
    expect(await advanced.history.list({})).toMatchObject({ total: 1 });
    const folder = join(made.folder, 'history');
    expect(readdirSync(folder)).toHaveLength(1);
    made.tally.run({ type: 'account.sign-out', key: 'given' });
    await expect.poll(() => existsSync(folder) && readdirSync(folder)).toEqual([]);
  }));
