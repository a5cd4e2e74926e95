import type { PracticeClock } from './clock.ts';
import { createFaults, type Faults } from './faults.ts';
import { type Client, createGrants, type Grants } from './grants.ts';
import { createHolds, type Holds } from './holds.ts';
import { createLimits, type Limits, type Plan } from './limits.ts';
import { createRequestLog, type RequestLog } from './log.ts';
import type { RedirectForm } from './redirects.ts';
import type { Person } from './state/person.ts';
import { type SeededRandom, seededRandom } from './state/random.ts';
import { type PracticePictures, seedPeople } from './state/seed.ts';
import type { Vintage } from './state/vintage.ts';

export const lockedAnswers = ['named', 'unnamed', 'ignored'] as const;
type LockedAnswer = (typeof lockedAnswers)[number];

export const appInstalls = ['allowed', 'not-approved', 'other-account'] as const;
export type AppInstall = (typeof appInstalls)[number];

export const appStates = ['on', 'disabled', 'deleted'] as const;
type AppState = (typeof appStates)[number];

export const deadTokens = ['worded', 'numbered'] as const;
type DeadTokens = (typeof deadTokens)[number];

/** Facts of the account. Each list or number can be set by a control call, so that a test can meet every refusal. */
function newAccount(random: SeededRandom, { plan, vintage }: Pick<WorldOptions, 'plan' | 'vintage'>) {
  return {
    id: random.id(),
    number: random.digits(8),
    plan,
    /**
     * What only an administrator may change: name, host_key, pmi, vanity_name, picture, email. For the e-mail address Zoom's
     * reference asks for the right to edit users; the others are up to the account.
     */
    adminOnly: ['email'],
    /** Dotted paths of settings that the administrator has locked. */
    locked: ['in_meeting.e2e_encryption', 'recording.auto_delete_cmr'],
    /** Which settings there are, and by which names. */
    vintage,
    /**
     * What becomes of a setting in a PATCH that Zoom does not know, which nobody has documented: the call is `refused`, it is
     * `ignored`, or it is `taken` where the person has such a setting, as by Zoom's settings that the catalogue does not know.
     */
    unknownSettings: 'refused' as UnknownSettings,
    /**
     * What becomes of a change of a locked setting: refused with its name or without, or taken with 204 and no effect. Which it
     * is at Zoom is not known; the last was seen (github.com/JosephMcEvoy/PSZoom/pull/124).
     */
    lockedAnswer: 'named' as LockedAnswer,
    /** Whether this person's role has "Zoom for developers", without which nobody makes apps. */
    developer: true,
    redirectForm: 'any' as RedirectForm,
    /**
     * Whether people may let apps act for them: freely, not until an administrator approves (which ends the sign-ins that there
     * are), or not from this account.
     */
    appInstall: 'allowed' as AppInstall,
    /** Whether an app has to be added under "Local Test" before one signs in through it. Nobody says that Zoom wants it. */
    mustAdd: false,
    /** Of every app but the tests' own: it works, was switched off, or is gone. */
    appState: 'on' as AppState,
    /** Whether a person may be signed in through one app more than once; as far as people have seen, Zoom keeps the newest alone. */
    severalSignIns: false,
    /** How a refresh with a dead token is refused: in the words that were seen, or by the numbers of Zoom's documentation. */
    deadTokens: 'worded' as DeadTokens,
    /** Whether presence may be set over the API. */
    presenceAllowed: true,
    /** Whether do not disturb may be as short as Zoom's reference says; accounts with its older rule refuse that. */
    shortDndAllowed: true,
    /** What GET presence_status does: answers, fails (5301), or refuses (5411). */
    presenceReading: 'on' as 'on' | 'fails' | 'refused',
    /** The 429 of the presence minute has `X-RateLimit-Type: QPS`; nobody knows whether Zoom's has. */
    minuteTyped: false,
    /** What `custom_query_fields` gives of a group that it names: all that is in it, or its single values alone. */
    queriedGroups: 'whole' as 'whole' | 'values',
    /** Whether this account may create people over the API. */
    createAllowed: true,
    sso: 'off' as 'off' | 'on' | 'provisioning',
    blockedDomains: ['blocked.example'],
    /** When not empty, new people must have an address in one of these. */
    limitedDomains: [] as string[],
    forbiddenWords: ['forbiddenword'],
    /** E-mail addresses that hold an account elsewhere. */
    elsewhere: ['taken@elsewhere.example'],
    /** Seats of each kind; people beyond them are refused. */
    seats: {
      basic: 100,
      licensed: 100,
      zoomOne: 10,
      zoomPhone: 0,
      concurrentBasic: 1,
      concurrentPlus: 1,
      whiteboard: 1,
    },
    concurrentMeetings: { basic: true, plus: true },
    /** Features that the account does not have, by their names in a change of several people. */
    withoutFeatures: ['zoom_clips_plus'],
    /** Ids of the subscriptions that licences are given from. */
    subscriptions: ['SUBREF-practice-0001', 'SUBREF-practice-0002'],
  };
}

export const unknownSettings = ['refused', 'ignored', 'taken'] as const;
type UnknownSettings = (typeof unknownSettings)[number];

export type Account = ReturnType<typeof newAccount>;

/** Everything the practice Zoom has in mind. It lives as long as the server and is never stored. */
export interface World {
  readonly clock: PracticeClock;
  readonly random: SeededRandom;
  readonly account: Account;
  /** In listing order. */
  people: Person[];
  readonly me: Person;
  readonly admin: Person;
  readonly clients: Client[];
  readonly grants: Grants;
  /** Which apps people have added: `userId app`. */
  readonly added: Set<string>;
  readonly limits: Limits;
  readonly faults: Faults;
  readonly holds: Holds;
  readonly log: RequestLog;
  /** Ids of people who are being removed right now: Zoom takes one such call at a time. */
  readonly beingRemoved: Set<string>;
  readonly pages: Map<string, { readonly offset: number; readonly expiresAt: number }>;
  limitsOn: boolean;
  /** The words GET presence_status answers with: Zoom's own, or those a status is set with. */
  presenceWords: 'get' | 'put';
  /** What a new sign-in is granted, whatever it asks for; null: what it asks for. */
  grantScopes: readonly string[] | null;
  /** Token answers without `scope` and `api_url`, as they were in 2022. */
  bareTokens: boolean;
  /** Whether an app without a secret may revoke; Zoom documents it for apps with one alone. */
  publicRevoke: boolean;
  /** `http://127.0.0.1:PORT` */
  readonly origin: string;
}

interface WorldOptions {
  readonly clock: PracticeClock;
  readonly plan: Plan;
  readonly vintage: Vintage;
  readonly limits: boolean;
  readonly seed: number;
  readonly origin: string;
  readonly clients: Client[];
  readonly pictures?: PracticePictures | undefined;
}

export function createWorld(options: WorldOptions): World {
  const { clock, origin, clients } = options;
  const random = seededRandom(options.seed);
  const domain = 'practice.example';
  const people = seedPeople({ random, now: clock.now(), domain, origin, pictures: options.pictures });
  const [me, , admin] = people;
  if (!me || !admin) throw new Error('The practice account has too few people');
  const account = newAccount(random, options);
  const world: World = {
    clock,
    random,
    account,
    people,
    me,
    admin,
    clients,
    grants: createGrants(clock, account.id, () => account.severalSignIns),
    added: new Set(),
    limits: createLimits(clock, () => ({
      plan: account.plan,
      on: world.limitsOn,
      typed: account.minuteTyped,
    })),
    faults: createFaults(),
    holds: createHolds(),
    log: createRequestLog(clock.now),
    beingRemoved: new Set(),
    pages: new Map(),
    limitsOn: options.limits,
    presenceWords: 'get',
    grantScopes: null,
    bareTokens: false,
    publicRevoke: true,
    origin,
  };
  return world;
}

/** A person by id or, in any letter case, by e-mail. */
export function findPerson(world: World, idOrEmail: string): Person | undefined {
  const email = idOrEmail.toLowerCase();
  return world.people.find((person) => person.id === idOrEmail || person.email.toLowerCase() === email);
}
