import type { SignInApp } from '../../../shared/accounts.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { Cloud, WebPage } from '../../../shared/places.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';

/** Where one makes an app for an account of this cloud. */
export const marketplaceOf = (cloud: Cloud): WebPage =>
  cloud === 'government' ? 'government-marketplace' : 'marketplace';

/** The same as a person reads it. */
export const siteOf = (cloud: Cloud) =>
  cloud === 'government' ? 'marketplace.zoomgov.com' : 'marketplace.zoom.us';

/** What somebody sends to an administrator whose Zoom account does not let the app in, or no longer. */
export function approvalText({ what, zoom }: TallyError, { cloud, clientId }: SignInApp): string {
  const said = zoom?.message ? `${what} ${t.zoomsOwnWords(zoom.message)}` : what;
  return t.approvalRequest(said, clientId, siteOf(cloud));
}
