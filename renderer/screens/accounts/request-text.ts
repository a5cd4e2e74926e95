import type { Connecting } from '../../../shared/connecting.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { needed } from '../../../shared/zoom/scopes.ts';
import { siteOf } from './marketplace.ts';
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
