import type { OauthRefusal } from './answers.ts';
import { type Client, type Grant, harnessId } from './grants.ts';
import { findPerson, type World } from './world.ts';

/** What keeps an app from being used at all; undefined when nothing does. */
export function appTrouble({ account }: World, client: Pick<Client, 'id'>): OauthRefusal | undefined {
  if (client.id === harnessId) return undefined;
  if (account.appState !== 'on') return account.appState === 'deleted' ? 'client' : 'app-disabled';
  return account.appInstall === 'not-approved' ? 'not-approved' : undefined;
}

/** What keeps a sign-in from being used; undefined when nothing does. That calls are refused as refreshes are is not known of Zoom. */
export function grantTrouble(
  world: World,
  { userId, clientId }: Pick<Grant, 'userId' | 'clientId'>,
): OauthRefusal | undefined {
  const isOwned = findPerson(world, userId)?.status === 'active';
  return appTrouble(world, { id: clientId }) ?? (isOwned ? undefined : 'owner-gone');
}

/** Why a refresh is refused with a number of Zoom's; undefined where it is not, or only in words. */
export function whyNotRenewed(world: World, client: Client, token: string): OauthRefusal | undefined {
  const grant = world.grants.byRefreshToken(token, client.id);
  if (!grant) {
    if (world.account.deadTokens === 'worded') return undefined;
    return world.grants.isReplaced(token) ? 'newer' : 'not-found';
  }
  const isCovered = grant.scopes.every((scope) => client.scopes.includes(scope));
  return grantTrouble(world, grant) ?? (isCovered ? undefined : 'scopes-changed');
}
