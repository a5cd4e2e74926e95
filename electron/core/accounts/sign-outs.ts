import type { Notice } from '../../../shared/app.ts';
import type { FeatureDeps } from '../feature.ts';
import type { Grants, Leave } from '../sign-in/grants.ts';
import type { AccountList } from './list.ts';
import type { Leaving } from './stored.ts';

/** How soon Zoom is told again of a sign-out that it could not be told of, in ms. */
const again = 5 * 60_000;
/** How soon a locked keychain is asked again, in ms: it may ask the person each time. */
const keychainAgain = 60 * 60_000;

interface SignOutsDeps extends Pick<FeatureDeps, 'clock' | 'notice'> {
  readonly list: AccountList;
  readonly grants: Pick<Grants, 'leave' | 'untilOpen'>;
  removeNotice(id: Notice['id']): void;
}

/** Sign-outs that Zoom was not told of yet, or that the keychain still has something of. */
export function createSignOuts({ clock, list, grants, notice, removeNotice }: SignOutsDeps) {
  let stopped = false;
  let cancel = () => {};

  async function tell(): Promise<void> {
    cancel();
    const waits = new Set<Leave['waitsFor']>();
    for (const one of list.leaving()) {
      // Signed in again meanwhile.
      if (stopped || !list.leaving().includes(one)) continue;
      const outcome = await grants.leave(one).catch((): Leave => ({ waitsFor: 'zoom' }));
      if (!list.leaving().includes(one)) continue;
      waits.add(outcome.waitsFor);
      if (outcome.told === 'refused') notice(revokeRefused);
      if (outcome.waitsFor === 'keychain') grants.untilOpen(one.key, () => void tell());
      settle(one, outcome);
    }
    show(waits);
  }

  function settle(one: Leaving, { told, waitsFor }: Leave): void {
    if (waitsFor && told === undefined) return;
    const next = waitsFor ? [{ ...one, told: true }] : [];
    list.setLeaving(list.leaving().flatMap((other) => (other === one ? next : [other])));
  }

  function show(waits: ReadonlySet<Leave['waitsFor']>): void {
    if (stopped) return;
    if (waits.has('zoom')) notice(revokeLater);
    else removeNotice('revoke-later');
    if (waits.has('keychain')) notice(forgetLater);
    else removeNotice('forget-later');
    if (waits.has('zoom') || waits.has('keychain')) {
      cancel = clock.setTimeout(() => void tell(), waits.has('zoom') ? again : keychainAgain);
    }
  }

  return {
    /** Tells Zoom of all of them; again every few minutes until it could be, or has refused, and the keychain has nothing left. */
    async tell(): Promise<void> {
      if (list.leaving().length > 0) await tell();
    },
    stop(): void {
      stopped = true;
      cancel();
    },
  };
}

const revokeRefused: Notice = {
  id: 'revoke-refused',
  title: 'Zoom didn’t end the sign-in',
  detail:
    'Zoom refused to. Tally has forgotten the account. To end the sign-in in Zoom, too, remove the app there: in the Zoom App Marketplace, under Manage, Added Apps.',
};

const revokeLater: Notice = {
  id: 'revoke-later',
  title: 'Zoom doesn’t know of the sign-out yet',
  detail: 'Zoom couldn’t be reached. Tally has forgotten the account and tells Zoom as soon as it can.',
};

const forgetLater: Notice = {
  id: 'forget-later',
  title: 'The sign-out isn’t finished',
  detail:
    'The keychain still holds the sign-in, and Tally can’t get at it now. Once it is unlocked, Tally removes the sign-in from it.',
};
