import { isBlocked } from '../../../shared/blocked.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { statusSlug } from '../../../shared/zoom/presence.ts';

/** Name of the icon in resources/tray: the confirmed status, with a mark where a change waits, or needs the person. */
export function trayIconName({ account, presence }: Snapshot): string {
  if (account.phase !== 'connected') {
    const ended =
      account.phase === 'failed' && (account.error.action === 'sign-in' || isBlocked(account.error));
    return `${statusSlug('Unknown')}${ended ? '-refused' : ''}`;
  }
  const mark = presence.failed ? '-refused' : presence.waiting ? '-waiting' : '';
  return `${statusSlug(presence.current.status)}${mark}`;
}
