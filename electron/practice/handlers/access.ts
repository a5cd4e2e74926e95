import { invalidFields } from '../errors.ts';
import { zak } from '../tokens.ts';
import { type HandlersFor, noContent, ok } from './call.ts';

/** Lives in seconds: a ZAK of one's own five minutes, by the token operation (as on behalf) two hours, an API user's 90 days. */
const life = { zak: 300, token: 7200, apiUser: 7_776_000, legacy: 14 * 86_400 } as const;

/** Google and Facebook sign-ins have no legacy token. */
const withoutLegacyToken: readonly number[] = [0, 1];

const permissions = {
  '0': [
    'Account:Read',
    'Account:Edit',
    'Branding:Read',
    'Branding:Edit',
    'Role:Read',
    'Role:Edit',
    'User:Read',
    'User:Edit',
  ],
  '1': ['Account:Read', 'Branding:Read', 'User:Read', 'User:Edit'],
  '2': ['Meeting:Read', 'Meeting:Edit', 'Recording:Read', 'Recording:Edit'],
} as const satisfies Record<string, readonly string[]>;

export const access: HandlersFor<'userZak' | 'userToken' | 'userSSOTokenDelete' | 'userPermission'> = {
  userZak: ({ world, person }) =>
    ok({ token: zak(person.id, world.account.id, world.clock.now(), life.zak) }),

  userToken: ({ world, person, query }) => {
    const { type = 'token' } = query;
    // [U] What Zoom says where no meeting is named.
    if (type === 'onbehalf' && !query.meeting_id) throw invalidFields(['meeting_id']);
    const isLegacy = type === 'token';
    if (isLegacy && withoutLegacyToken.includes(person.loginType)) return ok({ token: null });
    const usual = person.kind === 'api' ? life.apiUser : life.token;
    const seconds = isLegacy ? life.legacy : (query.ttl ?? usual);
    return ok({ token: zak(person.id, world.account.id, world.clock.now(), seconds) });
  },

  userSSOTokenDelete: ({ person }) => {
    // Only who signs in by SSO is signed out by this.
    if (person.loginType === 101) person.loggedIn = false;
    return noContent;
  },

  userPermission: ({ person }) =>
    ok({ permissions: Object.entries(permissions).find(([id]) => id === person.roleId)?.[1] ?? [] }),
};
