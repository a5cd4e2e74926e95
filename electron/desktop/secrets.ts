import { type TallyError, tallyError } from '../../shared/errors.ts';
import type { Result } from '../../shared/ipc.ts';
import type { Clock } from '../core/ports.ts';

/** How long a call may wait for the person to unlock the keychain, in ms. */
const patience = 15_000;

/** The OS keychain (Keychain, Credential Manager, Secret Service), and the only place that touches keytar. */
export interface Secrets {
  set(account: string, secret: string): Promise<Result<null>>;
  delete(account: string): Promise<Result<null>>;
}

/**
 * One call in flight, ever: four waiting for an unlock prompt would block all of libuv (fs, DNS). A call that takes longer than
 * 15 s is reported, but the next one still waits for it. `findCredentials` is never used: on a locked keyring it kills the
 * process (atom/node-keytar#477).
 */
export function createSecrets(service: string, clock: Clock): Secrets {
  let last: Promise<unknown> = Promise.resolve();

  function call(action: (keytar: typeof import('keytar')) => Promise<unknown>): Promise<Result<null>> {
    const before = last;
    const work = (async (): Promise<Result<null>> => {
      await before;
      try {
        await action((await import('keytar')).default);
        return { ok: true, value: null };
      } catch (error) {
        return { ok: false, error: keychainError(error) };
      }
    })();
    last = work;
    return withPatience(work, clock);
  }

  return {
    set: (account, secret) => call((keytar) => keytar.setPassword(service, account, secret)),
    delete: (account) => call((keytar) => keytar.deletePassword(service, account)),
  };
}

function withPatience(work: Promise<Result<null>>, clock: Clock): Promise<Result<null>> {
  return new Promise((resolve) => {
    const cancel = clock.setTimeout(
      () =>
        resolve({
          ok: false,
          error: tallyError('keychain', 'The keychain is still waiting to be unlocked.'),
        }),
      patience,
    );
    void work.then((result) => {
      cancel();
      resolve(result);
    });
  });
}

/** libsecret's own words name the cause (no provider, no bus, locked) and never the secret. */
function keychainError(error: unknown): TallyError {
  const why = error instanceof Error ? error.message.slice(0, 200) : '';
  return tallyError('keychain', 'The keychain did not take the sign-in.', { why });
}
