import type { Notice } from '../../../shared/app.ts';
import { isBlocked } from '../../../shared/blocked.ts';
import type { Result, TallyError } from '../../../shared/errors.ts';
import type { Cloud } from '../../../shared/places.ts';
import type { Clock, Clouds, Connection, Network, SecretStore } from '../ports.ts';
import { type End, ends } from './ends.ts';
import { createKeychainAccess } from './keychain-access.ts';
import { createOauth, type Tokens, type ZoomOauth } from './oauth.ts';
import { createSession } from './session.ts';
import { locked, type StoredGrant, type Vault } from './vault.ts';

/** A keychain that takes longer than this, in ms, may be asking the person something; they are told. */
const unremarkable = 1_500;

/** The app at Zoom that an account is signed in through. */
export interface ZoomApp {
  readonly cloud: Cloud;
  readonly clientId: string;
  readonly clientSecret?: string | undefined;
}

/** A sign-in by the key of its account, and the app at Zoom that it went through. */
interface Granted {
  readonly key: string;
  readonly cloud: Cloud;
  readonly clientId: string;
}

/** What is known of a sign-in whose grant is in the keychain. */
interface KnownGrant extends Granted {
  /** The keychain took it. */
  readonly kept: boolean;
  /** The keychain may have something of it all the same. */
  readonly stored: boolean;
  /** Zoom has ended it. */
  readonly ended: boolean;
  readonly whyEnded?: End | undefined;
}

/** Whether the keychain has the newest grant of an account; `perhaps`: it was asked to take it, and has not answered. */
type Kept = 'yes' | 'no' | 'perhaps';

export interface GrantsDeps {
  readonly clock: Clock;
  readonly network: Network;
  readonly clouds: Clouds;
  readonly vault: Vault;
  readonly secrets: Pick<SecretStore, 'settled' | 'busy'>;
  random(): number;
  /** New tokens came, perhaps with other scopes. */
  refreshed(): void;
  kept(key: string, kept: Kept): void;
  /** The sign-in of an account works for a moment yet, and cannot be renewed before the keychain can keep the next one. */
  waits(key: string, why: TallyError | undefined): void;
  /** The keychain may answer again, after it was locked or a call to it was given up. */
  unlocked(key: string): void;
  notice(notice: Notice): void;
}

/** A sign-in that is to be ended. */
interface Left extends Granted {
  /** Zoom has been told; only the keychain is left to do. */
  readonly told: boolean;
  /** The keychain has taken something of it at some time. */
  readonly stored: boolean;
}

type AtZoom = 'ended' | 'refused' | 'later';

/** What came of a sign-out, and what it still waits for. Told by `refused`, Zoom has not ended the sign-in and never will. */
export interface Leave {
  readonly told?: 'ended' | 'refused';
  readonly waitsFor?: 'zoom' | 'keychain';
}

export type Grants = ReturnType<typeof createGrants>;

interface Entry {
  readonly app: ZoomApp;
  readonly session: ReturnType<typeof createSession>;
  readonly connection: Connection;
  key?: string;
  /** The keychain has its newest grant. */
  kept: boolean;
  /** Why it has not. */
  unkept?: TallyError | undefined;
  /** What a refresh asks of the keychain now. */
  preparing?: Promise<unknown> | undefined;
  /** Told that the keychain takes its time. */
  waiting: () => void;
  /** Being signed out of: the next grant is not meant to be kept. */
  leaving: boolean;
  /** Signed out of: nothing of it goes to the keychain any more. */
  over: boolean;
}

/** The sign-ins of real accounts: from the keychain, fresh from the browser, and back to Zoom. */
export function createGrants(deps: GrantsDeps) {
  const { clock, vault, clouds, secrets } = deps;
  const entries = new Map<string, Entry>();
  /** Signed out of, and Zoom could not be told yet: the keychain may not have what they are ended with. */
  const leaving = new Map<string, Entry>();
  /** Sign-outs under way, by the keys of their accounts. */
  const leaves = new Map<string, Promise<Leave>>();
  /** Wait for these, and are told that the keychain takes its time. */
  const onlookers = new Set<() => void>();
  /** How many of them the keychain keeps waiting. */
  let held = 0;
  const oauth = (app: ZoomApp) => oauthOf(deps, app);
  const keychain = createKeychainAccess(deps);

  function make(app: ZoomApp, grant: StoredGrant, first?: Tokens): Entry {
    let tokens = first;
    const session = createSession({
      clock,
      random: deps.random,
      grant,
      ...(first && { access: { token: first.accessToken, expiresAt: first.expiresAt } }),
      prepare: (present) => prepare(entry, present),
      refresh: oauth(app).refresh,
      save: (next) => keep(entry, next),
      // What is in memory only is nowhere else, and a locked keychain has nothing to say of it.
      reload: async () =>
        entry.key === undefined || !entry.kept ? { ok: true, value: null } : vault.load(entry.key),
      ended: () => {
        if (entry.key !== undefined && entries.get(entry.key) === entry) entries.delete(entry.key);
      },
      refreshed(next) {
        tokens = next;
        deps.refreshed();
      },
    });
    const entry: Entry = {
      app,
      session,
      kept: false,
      waiting() {},
      leaving: false,
      over: false,
      connection: {
        apiUrl: () => tokens?.apiUrl ?? clouds[app.cloud].apiUrl,
        session,
        scope: () => tokens?.scope ?? '',
        retryNow: session.retryNow,
      },
    };
    return entry;
  }

  /** As it is kept: with its app. */
  const whole = ({ app: { clientId, clientSecret } }: Entry, grant: StoredGrant): StoredGrant => ({
    ...grant,
    clientId,
    ...(clientSecret !== undefined && { clientSecret }),
  });

  async function prepare(entry: Entry, grant: StoredGrant): Promise<Result<StoredGrant>> {
    const { key } = entry;
    // What the keychain never had is not lost to it, and what is signed out of shall not be kept.
    if (key === undefined || !entry.kept || entry.leaving) return { ok: true, value: grant };
    const asked = keychain.ask(key, () => vault.prepare(key, whole(entry, grant)));
    const answered = () => {
      entry.preparing = undefined;
    };
    entry.preparing = asked.then(answered, answered);
    const prepared = await remarked(clock, asked, () => entry.waiting());
    if (entries.get(key) !== entry) return prepared;
    deps.waits(key, prepared.ok || !entry.session.works() ? undefined : prepared.error);
    if (!prepared.ok) keychain.until(key, () => void goOn(entry, key));
    return prepared;
  }

  /** The keychain may take the next grant now. */
  async function goOn(entry: Entry, key: string): Promise<void> {
    if (entries.get(key) !== entry) return;
    const { session } = entry;
    session.retryNow();
    await session.accessToken();
    deps.unlocked(key);
  }

  async function save({ kept, unkept }: Entry, key: string, grant: StoredGrant): Promise<Result<null>> {
    const write = () => vault.save(key, grant);
    // It was let in for this one a moment ago.
    if (kept) return write();
    if (!unkept) {
      keychain.allow();
      return keychain.ask(key, write);
    }
    // Told that it is not kept, the person is not asked again while the keychain is locked.
    const seen = await vault.isLocked(key);
    return seen.ok && seen.value ? { ok: false, error: locked } : write();
  }

  async function keep(entry: Entry, grant: StoredGrant): Promise<void> {
    const { key } = entry;
    if (key === undefined || entry.over) return;
    const saved = await save(entry, key, whole(entry, grant));
    if (entries.get(key) !== entry) return;
    entry.kept = saved.ok;
    entry.unkept = saved.ok ? undefined : saved.error;
    deps.kept(key, saved.ok ? 'yes' : secrets.busy() ? 'perhaps' : 'no');
    if (saved.ok) return;
    deps.notice(notKept(saved.error));
    keychain.until(key, () => void keep(entry, entry.session.grant()));
  }

  /** The sign-in as the keychain has it; null where it has none. */
  async function load({ key, cloud, clientId }: Granted, isNewest: boolean): Promise<Result<Entry | null>> {
    const loaded = await keychain.ask(key, () => vault.load(key));
    if (!loaded.ok) return loaded;
    // One that was signed out of through another app, while the keychain was in the way, may still stand there.
    const isOther = loaded.value?.clientId !== undefined && loaded.value.clientId !== clientId;
    if (!loaded.value || isOther) return { ok: true, value: null };
    const { clientSecret } = loaded.value;
    const grant: StoredGrant = { ...loaded.value, ...(!isNewest && { trading: true }) };
    return {
      ok: true,
      value: Object.assign(make({ cloud, clientId, clientSecret }, grant), { key, kept: true }),
    };
  }

  function notOpened({ key, kept, stored }: KnownGrant, error: TallyError): Result<never> {
    const mayBeThere = kept || (stored && error.action === 'unlock-keychain');
    if (!mayBeThere) return { ok: false, error: ends.memory };
    if (error.kind === 'keychain') keychain.until(key, () => deps.unlocked(key));
    return { ok: false, error };
  }

  /** A sign-in that is to be ended, taken out of use; null where there is nothing left to tell Zoom by. */
  async function takeOut({ told, ...granted }: Left): Promise<Result<Entry | null>> {
    const { key } = granted;
    const known = entries.get(key) ?? leaving.get(key);
    entries.delete(key);
    leaving.delete(key);
    if (known || told) return { ok: true, value: known ?? null };
    return load(granted, true);
  }

  /** What a sign-out asks of the keychain. */
  async function watched<T>(work: Promise<T>): Promise<T> {
    let isHeld = false;
    const hold = () => {
      isHeld = true;
      held += 1;
      for (const waiting of onlookers) waiting();
    };
    try {
      return await remarked(clock, work, hold);
    } finally {
      if (isHeld) held -= 1;
    }
  }

  async function leaveNow(left: Left): Promise<Leave> {
    const { key, stored } = left;
    const found = await watched(takeOut(left));
    if (!found.ok && found.error.kind === 'keychain') return { waitsFor: 'keychain' };
    const entry = found.ok ? found.value : null;
    if (entry) entry.leaving = true;
    // A refresh that began before goes on only when the keychain has answered it, and Zoom is told after that.
    if (entry?.preparing) await watched(entry.preparing);
    // What is damaged can be removed here, but Zoom cannot be told by it.
    const atZoom = found.ok ? await endAtZoom(entry, oauth) : 'refused';
    if (atZoom === 'later') {
      if (entry) leaving.set(key, entry);
      return { waitsFor: 'zoom' };
    }
    if (entry) entry.over = true;
    const forgotten = await watched(keychain.ask(key, () => vault.forget(key)));
    return { told: atZoom, ...(!forgotten.ok && stored && { waitsFor: 'keychain' }) };
  }

  return {
    oauth,
    /** A sign-in that is not in the keychain yet, as it is not known whose it is. */
    fresh(app: ZoomApp, tokens: Tokens) {
      const entry = make(app, { refreshToken: tokens.refreshToken }, tokens);
      return {
        connection: entry.connection,
        /** Puts it into the keychain. Without one it is kept in memory, which the person is told. */
        async keep(key: string, waiting: () => void): Promise<void> {
          // What a former sign-out still removes from the keychain would be this one.
          await leaves.get(key);
          leaving.delete(key);
          entry.key = key;
          entries.set(key, entry);
          await remarked(clock, keep(entry, entry.session.grant()), waiting);
        },
      };
    },
    /** The way to Zoom for an account, with what the keychain holds. Asks Zoom nothing yet. */
    async open(record: KnownGrant, waiting: () => void): Promise<Result<Connection>> {
      const { key } = record;
      const known = entries.get(key);
      if (known) {
        known.waiting = waiting;
        return { ok: true, value: known.connection };
      }
      if (record.ended) return { ok: false, error: ends[record.whyEnded ?? 'unknown'] };
      const loaded = await remarked(clock, load(record, record.kept), waiting);
      if (!loaded.ok) return notOpened(record, loaded.error);
      if (!loaded.value) return { ok: false, error: record.kept ? ends.lost : ends.memory };
      const entry = loaded.value;
      entry.waiting = waiting;
      entries.set(key, entry);
      return { ok: true, value: entry.connection };
    },
    /** The person wants something of the keychain: it may ask them again. */
    allowQuestion: keychain.allow,
    /** Calls back once when the keychain may be asked again for an account. */
    untilOpen: keychain.until,
    /** The secret of the account's app, where it has one and the keychain gives it out. */
    async clientSecret(key: string): Promise<string | undefined> {
      const known = entries.get(key);
      if (known) return known.app.clientSecret;
      const loaded = await vault.load(key);
      return loaded.ok ? loaded.value?.clientSecret : undefined;
    },
    /** Why the keychain does not have the sign-in; undefined where it has it. */
    unkept: (key: string) => entries.get(key)?.unkept,
    /** Ends a sign-in at Zoom and forgets it, also where Zoom refuses. Where Zoom was not told, it stays in the keychain until then. */
    leave(left: Left): Promise<Leave> {
      const { key } = left;
      const underWay =
        leaves.get(key) ??
        leaveNow(left).finally(() => {
          leaves.delete(key);
        });
      leaves.set(key, underWay);
      return underWay;
    },
    /**
     * Resolves when the sign-outs that are under way have ended: one that Zoom hears of late may end a newer sign-in.
     * @param waiting told that the keychain takes its time
     */
    async left(waiting: () => void): Promise<void> {
      onlookers.add(waiting);
      if (held > 0) waiting();
      await Promise.allSettled(leaves.values());
      onlookers.delete(waiting);
    },
    stop: keychain.stop,
  };
}

function oauthOf({ clouds, clock, network }: GrantsDeps, app: ZoomApp): ZoomOauth {
  const { clientId, clientSecret } = app;
  const { oauthUrl } = clouds[app.cloud];
  const settings = { oauthUrl, clientId, ...(clientSecret !== undefined && { clientSecret }) };
  return createOauth(settings, clock, network);
}

/** Ends a sign-in that Zoom has not ended by itself. */
async function endAtZoom(entry: Entry | null, oauth: Grants['oauth']): Promise<AtZoom> {
  if (!entry) return 'ended';
  const { app, session } = entry;
  // Zoom documents the revoking of access tokens only, so an old sign-in is refreshed once more to be ended.
  session.retryNow();
  const access = await session.accessToken();
  if (!access.ok) {
    if (access.error.kind === 'not-signed-in') return 'ended';
    // Zoom no longer knows the app by what Tally has of it, or does not renew its sign-ins.
    return isBlocked(access.error) || access.error.kind === 'refused' ? 'refused' : 'later';
  }
  const revoked = await oauth(app).revoke(access.token);
  if (revoked.ok) return 'ended';
  return revoked.error.kind === 'refused' ? 'refused' : 'later';
}

/** Waits for the keychain, and tells when it may be asking the person something. */
function remarked<T>(clock: Clock, work: Promise<T>, waiting: () => void): Promise<T> {
  return work.finally(clock.setTimeout(waiting, unremarkable));
}

const notKept = ({ what, why, action }: TallyError): Notice => ({
  id: 'no-keychain',
  title: 'The sign-in isn’t kept',
  detail: [
    what,
    why,
    'This sign-in is in memory only, and ends when Tally quits.',
    action === 'unlock-keychain' && 'Let the keychain take it, and it stays.',
  ]
    .filter(Boolean)
    .join(' '),
});
