import * as z from 'zod';
import { type Result, tallyError } from '../../../shared/errors.ts';
import { parseJson } from '../../../shared/json.ts';
import type { SecretStore } from '../ports.ts';
import { locked } from '../sign-in/vault.ts';

/** What opens a calendar, or a broker. */
export interface CalendarSecret {
  readonly url: string;
  readonly user?: string | undefined;
  readonly password?: string | undefined;
}

/** By the ids of the calendars. */
export type CalendarSecrets = Readonly<Record<string, CalendarSecret>>;

/** Windows takes no longer secret, in bytes (vault.ts). */
const largest = 2_560;

const stored = z.record(z.string(), z.tuple([z.string()], z.string()));

/** Whether the keychain can hold so much. */
export const fitsKeychain = (secrets: CalendarSecrets) => Buffer.byteLength(asText(secrets)) <= largest;

function asText(secrets: CalendarSecrets): string {
  const short = Object.entries(secrets).map(([id, { url, user = '', password = '' }]) => [
    id,
    user === '' ? [url] : [url, user, password],
  ]);
  return JSON.stringify(Object.fromEntries(short));
}

/** Addresses and passwords, in one item of the keychain. */
export function createCalendarSecrets(store: SecretStore, item: string) {
  return {
    /** Asked without a question to the person. */
    async isLocked(): Promise<Result<boolean>> {
      const seen = await store.look(item);
      return seen.ok ? { ok: true, value: seen.value.locked } : seen;
    },
    /** What there is; a locked keychain may ask its question. */
    async load(): Promise<Result<CalendarSecrets>> {
      const found = await store.get(item);
      if (!found.ok) return found;
      if (found.value === null) {
        // Locked, it reads as if nothing were there.
        const seen = await store.look(item);
        if (!seen.ok) return seen;
        if (seen.value.locked || seen.value.found) return { ok: false, error: locked };
        return { ok: true, value: {} };
      }
      const { data = {} } = stored.safeParse(parseJson(found.value));
      const secrets = Object.entries(data).map(([id, [url, user, password]]) => [
        id,
        { url, user, password },
      ]);
      return { ok: true, value: Object.fromEntries(secrets) };
    },
    /** Replaces all; with none, nothing stays. */
    async save(secrets: CalendarSecrets): Promise<Result<null>> {
      if (Object.keys(secrets).length === 0) return store.delete(item);
      return fitsKeychain(secrets) ? store.set(item, asText(secrets)) : { ok: false, error: tooLarge };
    },
  };
}

const tooLarge = tallyError('keychain', 'The keychain has no room for the address of another calendar.', {
  action: 'none',
});
