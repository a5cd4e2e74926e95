import * as z from 'zod';
import { isObject } from '../../shared/json.ts';
import { settableStatuses } from '../../shared/zoom/presence.ts';
import { harnessId } from './grants.ts';
import { setPresence } from './handlers/presence.ts';
import { redirectForms } from './redirects.ts';
import type { Person } from './state/person.ts';
import { pictureHomes, pictureUrl } from './state/seed.ts';
import { type JsonObject, merge } from './state/settings.ts';
import { vintages } from './state/vintage.ts';
import {
  type Account,
  appInstalls,
  appStates,
  deadTokens,
  findPerson,
  lockedAnswers,
  unknownSettings,
  type World,
} from './world.ts';

/** One thing a control call may set: which values will do, and how one is set. */
interface Field {
  readonly schema: z.ZodType;
  readonly set: (value: unknown, world: World, person: Person) => void;
}

function field<T>(schema: z.ZodType<T>, set: (value: T, world: World, person: Person) => void): Field {
  return { schema, set: (value, world, person) => set(value as T, world, person) };
}

const isOn = z.boolean();
const text = z.string();
const texts = z.array(text);
const status = z.enum(settableStatuses);

function grantsOf(world: World, who: Person) {
  return world.grants.all().filter((grant) => grant.userId === who.id);
}

/** Numbers or switches, laid over those of the account under the same names. */
function accountPart(key: 'seats' | 'concurrentMeetings'): Field {
  return field(z.record(text, z.union([z.int(), isOn])), (value, world) => {
    Object.assign(world.account[key], value);
  });
}

function account<K extends keyof Account>(key: K, schema: z.ZodType<Account[K]>): Field {
  return field(schema, (value, world) => {
    world.account[key] = value;
  });
}

function person<K extends keyof Person>(key: K, schema: z.ZodType<Person[K]>): Field {
  return field(schema, (value, _world, who) => {
    who[key] = value;
  });
}

/** Everything `PATCH /practice/state` can set. What is about a person is about `user` (id or e-mail), else the practice user. */
const fields: Readonly<Record<string, Field>> = {
  loggedIn: person('loggedIn', isOn),
  clientVersion: person('clientVersion', text),
  displayName: person('displayName', text),
  presence: field(
    z.union([status, z.object({ status, minutes: z.int().optional() })]),
    (value, world, who) => {
      if (typeof value === 'string') setPresence(world, who, value);
      else setPresence(world, who, value.status, value.minutes);
    },
  ),
  type: person('type', z.int()),
  status: person('status', z.enum(['active', 'inactive', 'pending'])),
  roleId: person('roleId', text),
  kind: person('kind', z.enum(['person', 'room', 'api'])),
  loginType: person('loginType', z.int()),
  // 0: not set, which no call of Zoom's makes it again.
  pronounsOption: person('pronounsOption', z.int().min(0).max(3)),
  pictureHome: field(z.enum(pictureHomes), (home, world, who) => {
    if (who.picture) who.picture = { ...who.picture, url: pictureUrl(world.origin, 1, home) };
  }),
  pictureUrl: field(text, (url, _world, who) => {
    if (who.picture) who.picture = { ...who.picture, url };
  }),
  flags: field(
    z.array(z.enum(['invitation-expired', 'call-queue', 'managed-domain', 'events'])),
    (value, _world, who) => {
      who.flags = new Set(value);
    },
  ),
  settings: field(z.custom<JsonObject>(isObject), (value, _world, who) =>
    merge(who.settings, structuredClone(value)),
  ),
  plan: account('plan', z.enum(['free', 'pro', 'business'])),
  limits: field(isOn, (value, world) => {
    world.limitsOn = value;
    world.limits.clear();
  }),
  presenceWords: field(z.enum(['get', 'put']), (value, world) => {
    world.presenceWords = value;
  }),
  // Changes the person's living tokens too, where Zoom would want a new consent: tests need no second sign-in.
  scopes: field(texts, (value, world, who) => {
    for (const grant of grantsOf(world, who)) grant.scopes = value;
    for (const client of world.clients) if (client.id !== harnessId) client.scopes = value;
  }),
  grantScopes: field(texts.nullable(), (value, world) => {
    world.grantScopes = value;
  }),
  // Taken out of the person's living tokens alone, as when an administrator takes them away.
  removeScopes: field(texts, (value, world, who) => {
    for (const grant of grantsOf(world, who)) {
      grant.scopes = grant.scopes.filter((scope) => !value.includes(scope));
    }
  }),
  // As the maker of the app changes them: what was granted before stays as it is.
  appScopes: field(texts, (value, world) => {
    for (const client of world.clients) if (client.id !== harnessId) client.scopes = value;
  }),
  // By the person under Added Apps, or by a change of their password.
  endSignIns: field(z.literal(true), (_value, world, who) =>
    world.grants.end(({ userId, clientId }) => userId === who.id && clientId !== harnessId),
  ),
  bareTokens: field(isOn, (value, world) => {
    world.bareTokens = value;
  }),
  publicRevoke: field(isOn, (value, world) => {
    world.publicRevoke = value;
  }),
  locked: account('locked', texts),
  lockedAnswer: account('lockedAnswer', z.enum(lockedAnswers)),
  vintage: account('vintage', z.enum(vintages)),
  unknownSettings: account('unknownSettings', z.enum(unknownSettings)),
  adminOnly: account('adminOnly', texts),
  developer: account('developer', isOn),
  redirectForm: account('redirectForm', z.enum(redirectForms)),
  appInstall: account('appInstall', z.enum(appInstalls)),
  mustAdd: account('mustAdd', isOn),
  appState: account('appState', z.enum(appStates)),
  severalSignIns: account('severalSignIns', isOn),
  deadTokens: account('deadTokens', z.enum(deadTokens)),
  presenceAllowed: account('presenceAllowed', isOn),
  presenceReading: account('presenceReading', z.enum(['on', 'fails', 'refused'])),
  minuteTyped: account('minuteTyped', isOn),
  queriedGroups: account('queriedGroups', z.enum(['whole', 'values'])),
  shortDndAllowed: account('shortDndAllowed', isOn),
  createAllowed: account('createAllowed', isOn),
  sso: account('sso', z.enum(['off', 'on', 'provisioning'])),
  blockedDomains: account('blockedDomains', texts),
  limitedDomains: account('limitedDomains', texts),
  forbiddenWords: account('forbiddenWords', texts),
  seats: accountPart('seats'),
  concurrentMeetings: accountPart('concurrentMeetings'),
};

/** Sets what a control call asks for, all of it or, giving the reason, nothing. */
export function patchState(world: World, { user, ...changes }: JsonObject): string | undefined {
  const who = user === undefined ? world.me : findPerson(world, String(user));
  if (!who) return `Nobody has the id or e-mail ${String(user)}`;
  const unknown = Object.keys(changes).find((key) => !Object.hasOwn(fields, key));
  if (unknown !== undefined) return `${unknown} is not one of user, ${Object.keys(fields).join(', ')}`;
  const entries = Object.entries(changes);
  const bad = entries.find(([key, value]) => !fields[key]?.schema.safeParse(value).success);
  if (bad) return `${bad[0]} does not take ${JSON.stringify(bad[1])}`;
  for (const [key, value] of entries) fields[key]?.set(value, world, who);
  return undefined;
}
