import { describe, expect, it } from 'vitest';
import { scopesFor } from '../../electron/practice/scopes.ts';
import type { TallyError } from '../../shared/errors.ts';
import { type Case, caseOf, withAccounts } from '../support/accounts-rig.ts';
import { minute } from '../support/presence-script.ts';
import { ready, tallyRig } from '../support/tally-rig.ts';

interface Ending {
  readonly cause: string;
  /** What happens at Zoom, and what undoes it there. */
  readonly patch: Record<string, unknown>;
  readonly what: string;
  readonly why: string;
}

const notSaid = 'Zoom no longer accepts this sign-in.';

/** Only a new sign-in helps. */
const final: readonly Ending[] = [
  {
    cause: 'the app lost a scope that the sign-in has',
    patch: { appScopes: ['user:read:user'] },
    what: 'The scopes of your Zoom app have changed.',
    why: 'former ones',
  },
  {
    cause: 'the person was moved or deactivated',
    patch: { status: 'inactive' },
    what: 'Zoom no longer has you in the account of this sign-in.',
    why: 'moved to another Zoom account, deactivated or removed; Zoom doesn’t say which',
  },
  { cause: 'the person removed the app', patch: { endSignIns: true }, what: notSaid, why: 'Added Apps' },
  {
    cause: 'the password or the company’s sign-in was changed',
    patch: { endSignIns: true },
    what: notSaid,
    why: 'your password or your company’s sign-in (SSO) changed',
  },
  {
    cause: 'the app was removed, told by a number',
    patch: { endSignIns: true, deadTokens: 'numbered' },
    what: notSaid,
    why: 'Zoom doesn’t say why',
  },
];

interface Blocked extends Ending {
  readonly undo: Record<string, unknown>;
  readonly action: TallyError['action'];
}

/** Somebody has to act at Zoom, and then the sign-in goes on. */
const blocked: readonly Blocked[] = [
  {
    cause: 'an administrator no longer allows the app',
    patch: { appInstall: 'not-approved' },
    undo: { appInstall: 'allowed' },
    what: 'An administrator of your Zoom account no longer allows the app.',
    why: 'approve it again',
    action: 'ask-administrator',
  },
  {
    cause: 'the app was switched off',
    patch: { appState: 'disabled' },
    undo: { appState: 'on' },
    what: 'The app that you sign in through is switched off in Zoom.',
    why: 'Whoever made it',
    action: 'open-apps',
  },
  {
    cause: 'the app was deleted',
    patch: { appState: 'deleted' },
    undo: { appState: 'on' },
    what: 'Zoom no longer knows the app that you sign in through.',
    why: 'deleted, or its secret was changed',
    action: 'open-apps',
  },
];

const tokenCalls = async ({ rig }: Case) =>
  (await rig.state()).requests.filter(({ path }) => path === '/oauth/token').length;

/** Started again, connected as far as that goes. The keychain is read once more a second after a refusal. */
async function next(made: Case): Promise<Case> {
  made.clock.skipWaits(1_000);
  const again = made.restart();
  await again.tally.connect();
  return again;
}

describe('a sign-in that ends because', () => {
  it.each(final)('$cause says so, also after a restart, and Zoom is asked no more', ({ patch, what, why }) =>
    withAccounts(async (made) => {
      await made.signIn();
      await made.rig.patch(patch);
      const first = await next(made);
      const told = { phase: 'failed', error: { action: 'sign-in', what, why: expect.stringContaining(why) } };
      expect(first.tally.snapshot().account).toMatchObject(told);
      const asked = await tokenCalls(made);
      await first.clock.advance(120 * minute);
      const second = await next(first);
      expect(second.tally.snapshot().account).toMatchObject(told);
      expect(await tokenCalls(made)).toBe(asked);
    }),
  );

  it('the same person signed in with the same app on a second computer says that', () =>
    withAccounts(async (made) => {
      await made.signIn();
      await made.rig.patch({ deadTokens: 'numbered' });
      const second = tallyRig(made.rig, made.clock, { account: null, browser: made.web.browser });
      await caseOf(second, made.web).signIn();
      made.clock.skipWaits(1_000);
      made.tally.run({ type: 'presence.check' });
      const { account } = await made.until((snapshot) => snapshot.account.phase === 'failed');
      expect(account).toMatchObject({
        error: { action: 'sign-in', what: 'Another sign-in has taken the place of this one.' },
      });
      expect(second.tally.snapshot().account).toMatchObject({ phase: 'connected' });
    }));

  it.each([false, true])(
    'a second computer signs in goes on where Zoom keeps both (%s), else it says so',
    (kept) =>
      withAccounts(async (made) => {
        await made.signIn();
        await made.rig.patch({ severalSignIns: kept });
        const second = tallyRig(made.rig, made.clock, { account: null, browser: made.web.browser });
        await caseOf(second, made.web).signIn();
        made.clock.skipWaits(1_000);
        made.clock.jump(61 * minute);
        made.tally.run({ type: 'presence.check' });
        const { account } = await made.until(
          (snapshot) => snapshot.account.phase === (kept ? 'connected' : 'failed'),
        );
        if (!kept)
          expect(account).toMatchObject({
            error: {
              action: 'sign-in',
              why: expect.stringContaining('with the same app on another computer'),
            },
          });
        second.tally.run({ type: 'presence.check' });
        expect(second.tally.snapshot().account).toMatchObject({ phase: 'connected' });
      }),
  );

  it('it was in memory only says that after each start', () =>
    withAccounts(async (made) => {
      made.keychain.lock();
      await made.signIn();
      made.keychain.unlock();
      made.keychain.items.clear();
      const once = await next(made);
      const twice = await next(once);
      expect(twice.tally.snapshot().account).toEqual(once.tally.snapshot().account);
    }));
});

describe('an app that Zoom refuses because', () => {
  it.each(blocked)('$cause says so with its way out, and goes on once that is undone', (refused) =>
    withAccounts(async (made) => {
      const { patch, undo, what, why, action } = refused;
      await made.signIn();
      await made.until(ready);
      await made.rig.patch(patch);
      made.tally.run({ type: 'presence.check' });
      const { account } = await made.until((snapshot) => snapshot.account.phase === 'failed');
      const told = { phase: 'failed', error: { action, what, why: expect.stringContaining(why) } };
      expect(account).toMatchObject(told);
      const again = await next(made);
      expect(again.tally.snapshot().account).toMatchObject(told);
      expect(again.tally.snapshot().accounts[0]).toMatchObject({
        app: { clientId: made.rig.practice.clientId },
      });
      await made.rig.patch(undo);
      await again.clock.advance(60 * minute);
      await again.until((snapshot) => snapshot.account.phase === 'connected');
    }),
  );

  it('it was switched off is told by its page, too', () =>
    withAccounts(async (made) => {
      await made.rig.patch({ appState: 'disabled' });
      const page = await (await fetch(await made.begin())).text();
      made.tally.run({ type: 'account.sign-in.paste', address: page });
      expect(made.tally.snapshot().signIn).toMatchObject({
        phase: 'failed',
        error: { action: 'open-apps' },
        app: { cloud: 'commercial', clientId: made.rig.practice.clientId },
      });
    }));
});

it('scopes that were added to the app at Zoom end no sign-in', () =>
  withAccounts(async (made) => {
    await made.rig.patch({ appScopes: ['user:read:user', 'user:read:presence_status'] });
    await made.signIn();
    await made.rig.patch({ appScopes: scopesFor('user') });
    const again = await next(made);
    expect(again.tally.snapshot().account).toMatchObject({ phase: 'connected' });
  }));
