import type { Notice } from '../../../shared/app.ts';
import type { FeatureDeps } from '../feature.ts';
import type { Grants } from '../sign-in/grants.ts';
import type { AccountList } from './list.ts';

/** How soon Zoom is told again of a sign-out that it could not be told of, in ms. */
const again = 5 * 60_000;

interface SignOutsDeps extends Pick<FeatureDeps, 'clock' | 'notice'> {
  readonly list: AccountList;
  readonly grants: Pick<Grants, 'leave'>;
  removeNotice(id: Notice['id']): void;
}

/** Sign-outs that Zoom was not told of yet. */
export function createSignOuts({ clock, list, grants, notice, removeNotice }: SignOutsDeps) {
  let stopped = false;
  let cancel = () => {};

  async function tell(): Promise<void> {
    cancel();
    for (const one of list.leaving()) {
      if (stopped || !list.leaving().includes(one)) continue;
      const outcome = await grants.leave(one).catch(() => 'later');
      if (outcome === 'later') continue;
      if (outcome === 'refused') notice(revokeRefused);
      list.setLeaving(list.leaving().filter((other) => other !== one));
    }
    if (list.leaving().length === 0) return removeNotice('revoke-later');
    notice(revokeLater);
    if (!stopped) cancel = clock.setTimeout(() => void tell(), again);
  }

  return {
    /** Tells Zoom of all of them; again every few minutes until it could be, or has refused. */
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
  title: 'Zoom did not end the sign-in',
  detail:
    'Zoom refused to. Tally has forgotten the account. To end the sign-in at Zoom, too, remove the app there: in the Zoom App Marketplace, under Manage, Added Apps.',
};

const revokeLater: Notice = {
  id: 'revoke-later',
  title: 'Zoom does not know of the sign-out yet',
  detail: 'Zoom could not be reached. Tally has forgotten the account and tells Zoom as soon as it can.',
};
