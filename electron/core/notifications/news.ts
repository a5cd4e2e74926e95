import type { AccountView } from '../../../shared/accounts.ts';
import { isBlocked } from '../../../shared/blocked.ts';
import type { News } from '../../../shared/notifications.ts';
import type { CurrentPresence } from '../../../shared/presence.ts';
import type { ZakView } from '../../../shared/zak.ts';
import { isSettable } from '../../../shared/zoom/presence.ts';
import type { FeatureViews } from '../accounts/feature-set.ts';

/** An account and what its features show. */
export interface Moment extends Pick<FeatureViews, 'presence' | 'zak' | 'backgrounds'> {
  readonly key: string;
  /** The person's, or the address. */
  readonly name: string;
  readonly account: AccountView;
}

const minute = 60_000;

/** What has happened to an account between two moments, `now` in epoch ms. Uploads, which take many moments, are told by their rounds. */
export function newsOf(before: Moment | undefined, after: Moment, now: number): readonly News[] {
  if (!before) return [];
  return [...signInNews(before, after), ...presenceNews(before, after, now), ...zakNews(before, after)];
}

function signInNews({ account: before }: Moment, { account }: Moment): readonly News[] {
  const ended =
    account.phase === 'failed' && (account.error.action === 'sign-in' || isBlocked(account.error));
  return ended && before.phase !== 'failed' ? [{ kind: 'sign-in', error: account.error }] : [];
}

function presenceNews(before: Moment, after: Moment, now: number): readonly News[] {
  // What was there before this start, or before the connection was lost, is no news.
  if (before.account.phase !== 'connected' || after.account.phase !== 'connected') return [];
  const { failed } = after.presence;
  const ended = endedTimer(before.presence.current, after.presence.current, now);
  // What a rule wanted is told on its screen: nobody waits for it.
  const isNews = failed && failed !== before.presence.failed && failed.change.cause !== 'rule';
  return [...(isNews ? [{ kind: 'refused', ...failed } as const] : []), ...(ended ? [ended] : [])];
}

/** A timer of Tally's has ended once Zoom has what follows; one of Zoom's once Zoom says something else about its end, or before it. */
function endedTimer(before: CurrentPresence, after: CurrentPresence, now: number): News | undefined {
  const { status } = before;
  if (!isSettable(status) || status === after.status || before.cause === 'rule') return undefined;
  const byZoom = after.cause === 'zoom' && before.until !== undefined && now >= before.until - minute;
  const byTally = after.cause === 'restored' && before.cause !== 'restored';
  if (after.ended && before.until !== undefined && !byZoom)
    return { kind: 'ended-early', status: after.ended };
  return byZoom || byTally ? { kind: 'ended', status, now: after.status } : undefined;
}

function zakNews({ zak: before }: Moment, { zak }: Moment): readonly News[] {
  if (before?.phase !== 'fetching' || !zak) return [];
  return zakEnd(zak);
}

function zakEnd({ phase, expiresAt, error }: ZakView): readonly News[] {
  if (phase === 'held') return [{ kind: 'zak-copied', ...(expiresAt !== undefined && { expiresAt }) }];
  return phase === 'failed' && error ? [{ kind: 'zak-failed', error }] : [];
}

/** When a timer is about to end, epoch ms: a minute before; undefined where none runs, is too short for it, or is to be replaced. */
export function endingAt({ account, presence }: Moment): number | undefined {
  const { current, sending, waiting } = presence;
  const { until, since, cause } = current;
  if (cause === 'rule') return undefined;
  if (account.phase !== 'connected' || until === undefined || sending || waiting) return undefined;
  return until - since > 2 * minute ? until - minute : undefined;
}

/** The news that a timer is about to end. */
export function endingNews({ presence: { current } }: Moment): readonly News[] {
  const { status, until, restoreTo } = current;
  if (!isSettable(status) || until === undefined) return [];
  return [{ kind: 'ending', status, until, ...(restoreTo && { next: restoreTo }) }];
}
