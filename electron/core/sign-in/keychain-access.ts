import type { Result, TallyError } from '../../../shared/errors.ts';
import type { Clock, SecretStore } from '../ports.ts';
import { locked, type Vault } from './vault.ts';

/** How often a keychain that is locked or gone is looked at, in ms. That asks the person nothing. */
const often = 5_000;

interface KeychainAccessDeps {
  readonly clock: Clock;
  readonly vault: Pick<Vault, 'isLocked'>;
  readonly secrets: Pick<SecretStore, 'settled' | 'busy'>;
}

/**
 * When the keychain is asked for something that may bring up its question to the person: once for a start, and whenever the
 * person wants it. What goes on by itself is refused where it would bring one.
 */
export function createKeychainAccess({ clock, vault, secrets }: KeychainAccessDeps) {
  let mayAsk = true;
  /** The person said no to the question for an account. */
  const refusals = new Map<string, TallyError>();
  const waits = new Map<string, () => void>();

  async function isOpen(key: string): Promise<Result<null>> {
    const refusal = refusals.get(key);
    if (refusal) return { ok: false, error: refusal };
    const seen = await vault.isLocked(key);
    if (!seen.ok) return seen;
    return seen.value ? { ok: false, error: locked } : { ok: true, value: null };
  }

  function until(key: string, then: () => void): void {
    waits.get(key)?.();
    let isOver = false;
    let cancel = () => {};
    waits.set(key, () => {
      isOver = true;
      cancel();
    });
    const end = () => {
      if (isOver) return;
      isOver = true;
      waits.delete(key);
      refusals.delete(key);
      then();
    };
    async function look(wasShut: boolean): Promise<void> {
      const seen = await vault.isLocked(key);
      const isShut = !seen.ok || seen.value;
      if (isOver) return;
      if (isShut) cancel = clock.setTimeout(() => void look(true), often);
      // Open all along, it waits for a yes of the person's, which nothing tells.
      else if (wasShut) end();
    }
    // Given up, not refused: the person may be about to answer.
    if (secrets.busy()) void secrets.settled().then(end);
    else void look(false);
  }

  return {
    /** The person wants something of the keychain: it may put its question again. */
    allow(): void {
      mayAsk = true;
      refusals.clear();
    },
    /** Asks for something of an account, unless that would bring a question that nobody has asked for. */
    async ask<T>(key: string, work: () => Promise<Result<T>>): Promise<Result<T>> {
      const open: Result<null> = mayAsk ? { ok: true, value: null } : await isOpen(key);
      if (!open.ok) return open;
      const result = await work();
      mayAsk = false;
      if (!result.ok && result.error.action === 'unlock-keychain' && !secrets.busy()) {
        const seen = await vault.isLocked(key);
        // What is locked now can be seen to be open later; a no of the person's to a question cannot.
        if (seen.ok && !seen.value) refusals.set(key, result.error);
      }
      return result;
    },
    /** Calls `then` once when the keychain may be asked again for an account: a question was answered, or it is no longer locked. */
    until,
    stop(): void {
      for (const cancel of waits.values()) cancel();
    },
  };
}
