import type { SignInApp } from '../../../shared/accounts.ts';
import type { Connecting } from '../../../shared/connecting.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { Cloud } from '../../../shared/places.ts';
import { needed } from '../../../shared/zoom/scopes.ts';
import { features } from './permissions.ts';

/** What somebody sends to an administrator who may not make apps at Zoom: what Tally is, what it takes, and what to send back. */
export function requestText({ groups, cloud, redirectUri, isPublic }: Connecting): string {
  const scopes = needed(groups, 'granular');
  const uses = groups.map((group) => `- ${features[group].detail}`);
  const site = siteOf(cloud);
  return `Hello,

I would like to use Tally, a small desktop app with which people set their own Zoom status and settings. It runs on my computer, talks to Zoom only, and signs in as me, with OAuth and PKCE. Zoom lets it do that only through an app in our Zoom account, which I don’t have permission to create. One such app serves everybody here who uses Tally.

With it I would like to:
${uses.join('\n')}

Could you please create it? It takes about five minutes:
1. At ${site}: Develop > Build App > General App > Create.
2. Basic Information: User-managed.
3. App Credentials: ${isPublic ? 'switch “Use Public Client OAuth” on.' : 'note the Client ID and the Client Secret, under Development.'}
4. OAuth Redirect URL, and the same in the OAuth Allow List:
   ${redirectUri}
5. Scopes > Add Scopes:
${scopes.map((scope) => `   ${scope}`).join('\n')}

If our account has app manifests, the attached manifest does steps 2 to 5 in one upload. The app doesn’t need to be published.

Please send me back ${isPublic ? 'the Public Client ID' : 'the Client ID and the Client Secret'} from the Development credentials. Or open Tally, sign in with it, and send me the setup from Accounts > “Copy setup for a colleague”. If apps need your approval in our account, please approve this one, too.

Thank you!
`;
}

const siteOf = (cloud: Cloud) => (cloud === 'government' ? 'marketplace.zoomgov.com' : 'marketplace.zoom.us');

/** What somebody sends to an administrator whose Zoom account does not let the app in, or no longer. */
export function approvalText({ what, zoom }: TallyError, { cloud, clientId }: SignInApp): string {
  const words = zoom?.message ? ` Zoom’s own words are: “${zoom.message}”` : '';
  return `Hello,

I use Tally, a small desktop app with which I set my own Zoom status and settings. It signs in to Zoom as me, through an app with the client ID ${clientId} in the Zoom App Marketplace. Zoom doesn’t let it in: ${what}${words}

Could you please approve the app for me, at ${siteOf(cloud)} under Manage? If it must not be used, please tell me.

Thank you!
`;
}
