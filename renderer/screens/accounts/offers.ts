import type { OfferView } from '../../../shared/accounts.ts';
import { wayBack } from '../../../shared/redirects.ts';

type Offered = Extract<OfferView, { phase: 'offered' }>;

/** Whether one can sign in by it without anything more. */
export function canAccept({ setup, hasSecret, isDoubtful }: Offered): boolean {
  return (setup.isPublic || hasSecret) && !isDoubtful;
}

/** What a setup says, in words, a line each. */
export function setupLines({ setup, hasSecret }: Offered): (readonly [name: string, words: string])[] {
  const { cloud, clientId, redirectUri, scopes, isPublic } = setup;
  const { host } = new URL(redirectUri);
  return [
    ['Zoom', cloud === 'government' ? 'zoomgov.com' : 'zoom.us'],
    ['Client ID', clientId],
    ['Comes back to', wayBack(redirectUri) === 'web' ? host : 'this computer'],
    ...(scopes.length > 0
      ? ([['Allows', scopes.length === 1 ? '1 scope' : `${scopes.length} scopes`]] as const)
      : []),
    ...(isPublic
      ? []
      : ([
          ['Client secret', hasSecret ? 'comes with it, and goes to your keychain' : 'not included'],
        ] as const)),
  ];
}
