import type { SecretStore } from '../../electron/core/ports.ts';
import { type TallyError, tallyError } from '../../shared/errors.ts';

export interface FakeKeychain {
  readonly store: SecretStore;
  readonly items: Map<string, string>;
  lock(): void;
  unlock(): void;
  /** The person unlocks it when the next call of this kind asks. */
  unlockAt(call: 'get' | 'set' | 'delete'): void;
  /** Every call from now on is refused with this; undefined ends it. */
  fail(error: TallyError | undefined): void;
}

/**
 * A keychain in memory that behaves as keytar over a Secret Service does: locked, it reads as empty, deletes nothing without a
 * word, and refuses only what is to be written (measured with gnome-keyring 42).
 */
export function createFakeKeychain(): FakeKeychain {
  const items = new Map<string, string>();
  let locked = false;
  let failure: TallyError | undefined;
  let unlocksAt: string | undefined;

  async function call<T>(kind: string, act: (isLocked: boolean) => T) {
    await Promise.resolve();
    if (kind === unlocksAt) {
      locked = false;
      unlocksAt = undefined;
    }
    if (failure) return { ok: false as const, error: failure };
    if (kind === 'set' && locked) return { ok: false as const, error: lockedError };
    return { ok: true as const, value: act(locked) };
  }

  return {
    items,
    lock() {
      locked = true;
    },
    unlock() {
      locked = false;
    },
    unlockAt(kind) {
      unlocksAt = kind;
    },
    fail(error) {
      failure = error;
    },
    store: {
      get: (item) => call('get', (isLocked) => (isLocked ? null : (items.get(item) ?? null))),
      set: (item, secret) =>
        call('set', () => {
          items.set(item, secret);
          return null;
        }),
      delete: (item) =>
        call('delete', (isLocked) => {
          if (!isLocked) items.delete(item);
          return null;
        }),
      settled: async () => {},
      busy: () => false,
    },
  };
}

const lockedError = tallyError('keychain', 'The keychain is locked.');
