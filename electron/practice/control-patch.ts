import { isObject } from '../../shared/json.ts';
import { isSettable, type SettableStatus } from '../../shared/zoom/presence.ts';
import { setPresence } from './handlers/presence.ts';
import type { Plan } from './limits.ts';
import type { Person, PersonFlag } from './state/person.ts';
import { type Json, type JsonObject, merge } from './state/settings.ts';
import { type Account, findPerson, type World } from './world.ts';

/** One thing a control call may set: whether a value will do, and how it is set. */
interface Field {
  readonly takes: (value: Json) => boolean;
  readonly set: (value: Json, world: World, person: Person) => void;
}

function field<T>(
  takes: (value: Json) => boolean,
  set: (value: T, world: World, person: Person) => void,
): Field {
  return { takes, set: (value, world, person) => set(value as T, world, person) };
}

const isBoolean = (value: Json) => typeof value === 'boolean';
const isText = (value: Json) => typeof value === 'string';
const isInteger = (value: Json) => Number.isInteger(value);
const isTexts = (value: Json) => Array.isArray(value) && value.every(isText);
const oneOf =
  (...items: readonly string[]) =>
  (value: Json) =>
    typeof value === 'string' && items.includes(value);

const flags: readonly PersonFlag[] = ['invitation-expired', 'call-queue', 'managed-domain', 'events'];

function isPresence(value: Json): boolean {
  if (isObject(value))
    return isSettable(value.status) && (value.minutes === undefined || isInteger(value.minutes));
  return isSettable(value);
}

function grantsOf(world: World, who: Person) {
  return world.grants.all().filter((grant) => grant.userId === who.id);
}

/** Numbers or switches, laid over those of the account under the same names. */
function accountPart<K extends 'seats' | 'concurrentMeetings'>(key: K): Field {
  return {
    takes: (value) =>
      isObject(value) && Object.values(value).every((one) => isInteger(one) || isBoolean(one)),
    set: (value, world) => {
      Object.assign(world.account[key], value);
    },
  };
}

function account<K extends keyof Account>(key: K, takes: (value: Json) => boolean): Field {
  return field<Account[K]>(takes, (value, world) => {
    world.account[key] = value;
  });
}

function person<K extends keyof Person>(key: K, takes: (value: Json) => boolean): Field {
  return field<Person[K]>(takes, (value, _world, who) => {
    who[key] = value;
  });
}

/** Everything `PATCH /practice/state` can set. What is about a person is about `user` (id or e-mail), else the practice user. */
const fields: Readonly<Record<string, Field>> = {
  loggedIn: person('loggedIn', isBoolean),
  clientVersion: person('clientVersion', isText),
  presence: field<SettableStatus | { status: SettableStatus; minutes?: number }>(
    isPresence,
    (value, world, who) => {
      if (typeof value === 'string') setPresence(world, who, value);
      else setPresence(world, who, value.status, value.minutes);
    },
  ),
  type: person('type', isInteger),
  status: person('status', oneOf('active', 'inactive', 'pending')),
  roleId: person('roleId', isText),
  kind: person('kind', oneOf('person', 'room', 'api')),
  loginType: person('loginType', isInteger),
  flags: field<PersonFlag[]>(
    (value) => isTexts(value) && (value as string[]).every((one) => flags.some((flag) => flag === one)),
    (value, _world, who) => {
      who.flags = new Set(value);
    },
  ),
  settings: field<JsonObject>(isObject, (value, _world, who) => merge(who.settings, structuredClone(value))),
  plan: field<Plan>(oneOf('free', 'pro', 'business'), (value, world) => {
    world.account.plan = value;
  }),
  limits: field<boolean>(isBoolean, (value, world) => {
    world.limitsOn = value;
    world.limits.clear();
  }),
  presenceWords: field<'get' | 'put'>(oneOf('get', 'put'), (value, world) => {
    world.presenceWords = value;
  }),
  // Changes the person's living tokens too, where Zoom would want a new consent: tests need no second sign-in.
  scopes: field<string[]>(isTexts, (value, world, who) => {
    for (const grant of grantsOf(world, who)) grant.scopes = value;
    for (const client of world.clients) if (client.id !== 'harness') client.scopes = value;
  }),
  grantScopes: field<string[] | null>(
    (value) => value === null || isTexts(value),
    (value, world) => {
      world.grantScopes = value;
    },
  ),
  // Taken out of the person's living tokens alone, as when an administrator takes them away.
  removeScopes: field<string[]>(isTexts, (value, world, who) => {
    for (const grant of grantsOf(world, who)) {
      grant.scopes = grant.scopes.filter((scope) => !value.includes(scope));
    }
  }),
  bareTokens: field<boolean>(isBoolean, (value, world) => {
    world.bareTokens = value;
  }),
  locked: account('locked', isTexts),
  adminOnly: account('adminOnly', isTexts),
  presenceAllowed: account('presenceAllowed', isBoolean),
  createAllowed: account('createAllowed', isBoolean),
  sso: account('sso', oneOf('off', 'on', 'provisioning')),
  blockedDomains: account('blockedDomains', isTexts),
  limitedDomains: account('limitedDomains', isTexts),
  forbiddenWords: account('forbiddenWords', isTexts),
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
  const bad = entries.find(([key, value]) => !fields[key]?.takes(value));
  if (bad) return `${bad[0]} does not take ${JSON.stringify(bad[1])}`;
  for (const [key, value] of entries) fields[key]?.set(value, world, who);
  return undefined;
}
