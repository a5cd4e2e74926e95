import type { Notice } from '../../../shared/app.ts';
import { isBlocked } from '../../../shared/blocked.ts';
import type { Result, TallyError } from '../../../shared/errors.ts';
import type { Cloud } from '../../../shared/places.ts';
import type { Clock, Clouds, Connection, Network, SecretStore } from '../ports.ts';
import { type End, ends } from './ends.ts';
import { createOauth, type Tokens, type ZoomOauth } from './oauth.ts';
import { createSession } from './session.ts';
import type { StoredGrant, Vault } from './vault.ts';

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
  /** Zoom has ended it. */
  readonly ended: boolean;
  readonly whyEnded?: End | undefined;
}

export interface GrantsDeps {
  readonly clock: Clock;
  readonly network: Network;
  readonly clouds: Clouds;
  readonly vault: Vault;
  readonly secrets: Pick<SecretStore, 'settled' | 'busy'>;
  random(): number;
  /** New tokens came, perhaps with other scopes. */
  refreshed(): void;
  /** Whether the keychain has taken the newest grant of an account. */
  kept(key: string, kept: boolean): void;
  /** The keychain answers again after a call to it was given up. */
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
  memoryOnly: boolean;
  /** Signed out of: nothing of it goes to the keychain any more. */
  over: boolean;
}

/** The sign-ins of real accounts: from the keychain, fresh from the browser, and back to Zoom. */
export function createGrants(deps: GrantsDeps) {
  const { clock, vault, clouds, secrets } = deps;
  const entries = new Map<string, Entry>();
  /** Sign-outs under way, by the keys of their accounts. */
  const leaves = new Map<string, Promise<Leave>>();
  const oauth = (app: ZoomApp) => oauthOf(deps, app);

  function make(app: ZoomApp, grant: StoredGrant, first?: Tokens): Entry {
    let tokens = first;
    const session = createSession({
      clock,
      random: deps.random,
      grant,
      ...(first && { access: { token: first.accessToken, expiresAt: first.expiresAt } }),
      refresh: oauth(app).refresh,
      save: (next) => keep(entry, next),
      // What is in memory only is nowhere else, and a locked keychain has nothing to say of it.
      reload: async () =>
        entry.key === undefined || entry.memoryOnly ? { ok: true, value: null } : vault.load(entry.key),
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
      memoryOnly: true,
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

  async function keep(entry: Entry, grant: StoredGrant): Promise<void> {
    const { key, app } = entry;
    if (key === undefined || entry.over) return;
    const whole = { ...grant, ...(app.clientSecret !== undefined && { clientSecret: app.clientSecret }) };
    const saved = await vault.save(key, whole);
    if (entries.get(key) !== entry) return;
    entry.memoryOnly = !saved.ok;
    deps.kept(key, saved.ok);
    if (saved.ok) return;
    deps.notice(noKeychain(saved.error));
    // Given up, not refused: the person may be about to unlock it.
    if (secrets.busy()) void secrets.settled().then(() => keep(entry, entry.session.grant()));
  }

  /** The sign-in as the keychain has it; null where it has none. */
  async function load({ key, cloud, clientId }: Granted): Promise<Result<Entry | null>> {
    const loaded = await vault.load(key);
    if (!loaded.ok) return loaded;
    if (!loaded.value) return { ok: true, value: null };
    const entry = make({ cloud, clientId, clientSecret: loaded.value.clientSecret }, loaded.value);
    return { ok: true, value: Object.assign(entry, { key }) };
  }

  async function leaveNow({ told, stored, ...granted }: Left): Promise<Leave> {
    const { key } = granted;
    const known = entries.get(key);
    entries.delete(key);
    const found: Result<Entry | null> = known
      ? { ok: true, value: known }
      : told
        ? { ok: true, value: null }
        : await load(granted);
    if (!found.ok && found.error.kind === 'keychain') return { waitsFor: 'keychain' };
    // What is damaged can be removed here, but Zoom cannot be told by it.
    const atZoom = found.ok ? await endAtZoom(found.value, oauth) : 'refused';
    if (atZoom === 'later') return { waitsFor: 'zoom' };
    if (found.ok && found.value) found.value.over = true;
    const forgotten = await vault.forget(key);
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
      if (known) return { ok: true, value: known.connection };
      if (record.ended) return { ok: false, error: ends[record.whyEnded ?? 'unknown'] };
      const loaded = await remarked(clock, load(record), waiting);
      if (!loaded.ok) {
        if (!record.kept) return { ok: false, error: ends.memory };
        if (secrets.busy()) void secrets.settled().then(() => deps.unlocked(key));
        return loaded;
      }
      if (!loaded.value) return { ok: false, error: record.kept ? ends.lost : ends.memory };
      const entry = loaded.value;
      entry.memoryOnly = false;
      entries.set(key, entry);
      return { ok: true, value: entry.connection };
    },
    /** The secret of the account's app, where it has one and the keychain gives it out. */
    async clientSecret(key: string): Promise<string | undefined> {
      const known = entries.get(key);
      if (known) return known.app.clientSecret;
      const loaded = await vault.load(key);
      return loaded.ok ? loaded.value?.clientSecret : undefined;
    },
    memoryOnly: (key: string) => entries.get(key)?.memoryOnly === true,
    /** Ends a sign-in at Zoom and forgets it, also where Zoom refuses. Where Zoom was not told, it stays in the keychain until then. */
    leave(left: Left): Promise<Leave> {
      const { key } = left;
      const leaving =
        leaves.get(key) ??
        leaveNow(left).finally(() => {
          leaves.delete(key);
        });
      leaves.set(key, leaving);
      return leaving;
    },
    /** Resolves when the sign-outs that are under way have ended: one that Zoom hears of late may end a newer sign-in. */
    left: async () => void (await Promise.allSettled(leaves.values())),
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

const noKeychain = ({ what, why }: TallyError): Notice => ({
  id: 'no-keychain',
  title: 'The sign-in is not kept',
  detail: [
    what,
    why,
    'Until it is, the sign-in is in memory only and ends when Tally quits. On Linux, GNOME Keyring or KWallet keeps it.',
  ]
    .filter(Boolean)
    .join(' '),
});
