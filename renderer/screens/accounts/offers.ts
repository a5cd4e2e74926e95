import type { OfferView } from '../../../shared/accounts.ts';
import { wayBack } from '../../../shared/redirects.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';

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
    [t.zoomSite, cloud === 'government' ? 'zoomgov.com' : 'zoom.us'],
    [t.clientId, clientId],
    [t.comesBackTo, wayBack(redirectUri) === 'web' ? host : t.thisComputerInside],
    ...(scopes.length > 0 ? ([[t.allows, t.scopes(scopes.length)]] as const) : []),
    ...(isPublic ? [] : ([[t.clientSecret, hasSecret ? t.secretIncluded : t.secretNotIncluded]] as const)),
  ];
}
