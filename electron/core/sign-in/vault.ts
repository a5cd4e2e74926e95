import * as z from 'zod';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { parseJson } from '../../../shared/json.ts';
import type { SecretStore } from '../ports.ts';

/** What is kept of a sign-in. The access token is not: it stays in memory. */
export interface StoredGrant {
  readonly refreshToken: string;
  /** The one before it, which may still be good where the newest never worked. */
  readonly former?: string;
  /** The app that it was given to; former versions did not write it. */
  readonly clientId?: string;
  readonly clientSecret?: string;
  /** Zoom was asked for the next one, which is not here: where Zoom no longer takes this one, the next one was lost on its way. */
  readonly trading?: true;
}

/** Windows takes no longer secret: CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h, in bytes. */
const largest = 2560;

/** What opens the calendars of an account. */
export const calendarItem = (key: string) => `calendars:${key}`;

/** What opens the broker that is told of the status; it is no account's. */
export const brokerItem = 'mqtt';

/** An item of former versions, which wrote it before anything else to see whether the keychain was locked. */
const formerProbe = '__probe';

const text = z.string().min(1).max(largest);
const stored = z.object({
  refreshToken: text,
  former: text.exactOptional(),
  clientId: text.exactOptional(),
  clientSecret: text.exactOptional(),
  trading: z.literal(true).exactOptional(),
});

export type Vault = ReturnType<typeof createVault>;

/**
 * The sign-ins in the keychain, by the keys of their accounts. Every failure is an error of the kind `keychain` unless told. A
 * locked keychain reads as if nothing were stored and deletes without a complaint (github.com/atom/node-keytar/issues/477), so it
 * is looked at before either is believed.
 */
export function createVault(store: SecretStore) {
  const itemOf = (key: string) => `account:${key}`;
  let hasProbe = true;

  async function write(key: string, grant: StoredGrant): Promise<Result<null>> {
    const { former: _, ...short } = grant;
    const json = [grant, short, { ...short, trading: undefined }].map(serialize).find(fits);
    return json === undefined ? { ok: false, error: tooLarge } : store.set(itemOf(key), json);
  }

  /** Null: surely nothing is stored. */
  async function read(item: string): Promise<Result<string | null>> {
    const first = await store.get(item);
    if (!first.ok || first.value !== null) return first;
    const seen = await store.look(item);
    if (!seen.ok) return seen;
    if (seen.value.locked) return { ok: false, error: locked };
    if (!seen.value.found) return first;
    // The person may have unlocked it only just now, or not have let Tally read it.
    const second = await store.get(item);
    return second.ok && second.value === null ? { ok: false, error: withheld } : second;
  }

  async function load(key: string): Promise<Result<StoredGrant | null>> {
    const found = await read(itemOf(key));
    if (!found.ok) return found;
    if (found.value === null) return { ok: true, value: null };
    const grant = stored.safeParse(parseJson(found.value)).data;
    return grant ? { ok: true, value: grant } : { ok: false, error: damaged };
  }

  async function remove(item: string): Promise<Result<null>> {
    const deleted = await store.delete(item);
    if (!deleted.ok) return deleted;
    const seen = await store.look(item);
    if (!seen.ok) return seen;
    if (seen.value.locked) return { ok: false, error: locked };
    return seen.value.found ? { ok: false, error: withheld } : deleted;
  }

  return {
    /** Replaces what was stored. A locked keychain is an error with the action `unlock-keychain`. */
    async save(key: string, grant: StoredGrant): Promise<Result<null>> {
      const saved = await write(key, grant);
      // Not before: it may bring a question of the keychain's, behind which nothing of worth shall wait.
      if (saved.ok && hasProbe) {
        hasProbe = false;
        void store.delete(formerProbe);
      }
      return saved;
    },
    /**
     * Makes sure that the successor of a grant can be kept, by writing the grant to its place. Gives the newest one of both: another
     * copy of Tally may have put its own there.
     */
    async prepare(key: string, grant: StoredGrant): Promise<Result<StoredGrant>> {
      const found = await load(key);
      if (!found.ok && found.error.kind === 'keychain') return found;
      const there = found.ok ? found.value : null;
      const isOlder = !there || [grant.refreshToken, grant.former].includes(there.refreshToken);
      const newest = isOlder ? grant : there;
      const written = await write(key, { ...newest, trading: true });
      return written.ok ? { ok: true, value: newest } : written;
    },
    /** Whether what it has of an account is locked, asked without a question to the person. */
    async isLocked(key: string): Promise<Result<boolean>> {
      const seen = await store.look(itemOf(key));
      return seen.ok ? { ok: true, value: seen.value.locked } : seen;
    },
    /** Null: surely nothing is stored. What cannot be read is an error of the kind `not-signed-in`. */
    load,
    /** Succeeds only when it, and what opens the account's calendars, is surely gone. */
    async forget(key: string): Promise<Result<null>> {
      const calendars = await remove(calendarItem(key));
      const grant = await remove(itemOf(key));
      return grant.ok ? calendars : grant;
    },
  };
}

/** Known fields only, whatever else the object carries. */
function serialize(grant: { [K in keyof StoredGrant]: unknown }): string {
  const { refreshToken, former, clientId, clientSecret, trading } = grant;
  return JSON.stringify({ refreshToken, former, clientId, clientSecret, trading });
}

function fits(json: string): boolean {
  return Buffer.byteLength(json) <= largest;
}

const tooLarge = tallyError('keychain', 'The sign-in is too large for a keychain.', { action: 'none' });

/** What is told of a keychain that waits to be unlocked. */
export const locked = tallyError('keychain', 'The keychain is locked.', {
  why: 'It opens with its password.',
});

const withheld = tallyError('keychain', 'The keychain didn’t let Tally in.', {
  why: 'It asks whether Tally may use its sign-in, and the answer was no.',
});

const damaged = tallyError('not-signed-in', 'The sign-in in the keychain is damaged.', {
  why: 'What is stored there wasn’t written by Tally, or only in part.',
});
