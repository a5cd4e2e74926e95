import * as z from 'zod';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { parseJson } from '../../../shared/json.ts';
import type { SecretStore } from '../ports.ts';

/** What is kept of a sign-in. The access token is not: it stays in memory. */
export interface StoredGrant {
  readonly refreshToken: string;
  /** The one before it, which may still be good where the newest never worked. */
  readonly former?: string;
  readonly clientSecret?: string;
}

/** Windows takes no longer secret: CRED_MAX_CREDENTIAL_BLOB_SIZE of wincred.h, in bytes. */
const largest = 2560;

/**
 * Written before anything else. A locked keychain reads as if nothing were stored and deletes without a complaint; only writing
 * tells the difference (github.com/atom/node-keytar/issues/477).
 */
const probe = '__probe';

const text = z.string().min(1).max(largest);
const stored = z.object({
  refreshToken: text,
  former: text.exactOptional(),
  clientSecret: text.exactOptional(),
});

export type Vault = ReturnType<typeof createVault>;

/** The sign-ins in the keychain, by the keys of their accounts. Every failure is an error of the kind `keychain` unless told. */
export function createVault(store: SecretStore) {
  /** Succeeds only where the keychain is unlocked. */
  const writeProbe = () => store.set(probe, '1');
  const itemOf = (key: string) => `account:${key}`;

  return {
    /** Replaces what was stored. A locked keychain is an error with the action `unlock-keychain`. */
    async save(key: string, grant: StoredGrant): Promise<Result<null>> {
      const json = [grant, { ...grant, former: undefined }].map(serialize).find(fits);
      if (json === undefined) return { ok: false, error: tooLarge };
      const probed = await writeProbe();
      return probed.ok ? store.set(itemOf(key), json) : probed;
    },
    /** Null: surely nothing is stored. What cannot be read is an error of the kind `not-signed-in`. */
    async load(key: string): Promise<Result<StoredGrant | null>> {
      let found = await store.get(itemOf(key));
      if (found.ok && found.value === null) {
        const probed = await writeProbe();
        if (!probed.ok) return probed;
        // The person may have unlocked it only just now.
        found = await store.get(itemOf(key));
      }
      if (!found.ok) return found;
      if (found.value === null) return { ok: true, value: null };
      const grant = stored.safeParse(parseJson(found.value)).data;
      return grant ? { ok: true, value: grant } : { ok: false, error: damaged };
    },
    /** Succeeds only when it is surely gone. */
    async forget(key: string): Promise<Result<null>> {
      const probed = await writeProbe();
      return probed.ok ? store.delete(itemOf(key)) : probed;
    },
  };
}

/** Known fields only, whatever else the object carries. */
function serialize({ refreshToken, former, clientSecret }: { [K in keyof StoredGrant]: unknown }): string {
  return JSON.stringify({ refreshToken, former, clientSecret });
}

function fits(json: string): boolean {
  return Buffer.byteLength(json) <= largest;
}

const tooLarge = tallyError('keychain', 'The sign-in is too large for a keychain.', { action: 'none' });

const damaged = tallyError('not-signed-in', 'The sign-in in the keychain is damaged.', {
  why: 'What is stored there was not written by Tally, or only in part.',
});
