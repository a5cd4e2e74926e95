import type { SignInApp } from '../../../shared/accounts.ts';
import type { Connecting } from '../../../shared/connecting.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { Cloud } from '../../../shared/places.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { needed } from '../../../shared/zoom/scopes.ts';
import { features } from './permissions.ts';

/** What somebody sends to an administrator who may not make apps at Zoom: what Tally is, what it takes, and what to send back. */
export function requestText({ groups, cloud, redirectUri, isPublic }: Connecting): string {
  const scopes = needed(groups, 'granular');
  const uses = groups.map((group) => `- ${features[group].detail}`);
  return t.createRequest({
    uses: uses.join('\n'),
    site: siteOf(cloud),
    redirectUri,
    isPublic,
    scopes: scopes.map((scope) => `   ${scope}`).join('\n'),
  });
}

const siteOf = (cloud: Cloud) => (cloud === 'government' ? 'marketplace.zoomgov.com' : 'marketplace.zoom.us');

/** What somebody sends to an administrator whose Zoom account does not let the app in, or no longer. */
export function approvalText({ what, zoom }: TallyError, { cloud, clientId }: SignInApp): string {
  const said = zoom?.message ? `${what} ${t.zoomsOwnWords(zoom.message)}` : what;
  return t.approvalRequest(said, clientId, siteOf(cloud));
}
