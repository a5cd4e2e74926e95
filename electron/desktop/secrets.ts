import { type Result, type TallyError, tallyError } from '../../shared/errors.ts';
import type { Clock, SecretStore } from '../core/ports.ts';
import { lookAt, openPlace, StandsStill } from './secret-service.ts';

/** How long a caller waits for the keychain, in ms: the person may be unlocking it, or be led through making a new one. */
const patience = 60_000;

/** How long a call stands, with a keychain that answers others, before it waits for the person, in ms. */
const asking = 1_500;

type Keytar = Pick<typeof import('keytar'), 'getPassword' | 'setPassword' | 'deletePassword'>;

/** What speaks to the keychain; the Secret Service's own part is for Linux alone. */
interface Ways {
  loadKeytar(): Promise<Keytar>;
  readonly look: typeof lookAt;
  readonly open: typeof openPlace;
}

const own: Ways = {
  loadKeytar: async () => (await import('keytar')).default,
  look: lookAt,
  open: openPlace,
};

/** The place that a call needs to be open. */
interface Opening {
  readonly item: string;
  readonly to: 'read' | 'write';
}

export interface Secrets extends SecretStore {
  /**
   * For the end of the app: takes back the question that Tally has open, asks no other, and waits for what is on its way; not for
   * what stands until the person answers a question of the keychain's that Tally cannot take back.
   */
  close(): Promise<void>;
  /** From now on nothing is asked of the keychain. False: something is still on its way. */
  end(): boolean;
}

/**
 * The OS keychain (Keychain, Credential Manager, Secret Service), and the only place that touches keytar.
 *
 * One call in flight, ever: four waiting for an unlock prompt would block all of libuv (fs, DNS). The 60 s of a call are measured
 * from when it is asked for, so that no caller waits longer however many wait before it; then it is an error, but what was to be
 * written or deleted still is, in its turn. `findCredentials` is never used: on a locked keyring it kills the process
 * (github.com/atom/node-keytar/issues/477).
 * @param service under which the items stand in the keychain
 */
export function createSecrets(
  service: string,
  clock: Clock,
  { loadKeytar, look, open }: Ways = own,
): Secrets {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  /** Calls that have ended. */
  let ended = 0;
  const closing = new AbortController();
  let isOver = false;

  function call<T>(ask: (keytar: Keytar) => Promise<T>, opening: Opening | undefined): Promise<Result<T>> {
    if (isOver) return Promise.resolve({ ok: false, error: stillWaiting });
    let givenUp = false;
    const before = last;
    const work = (async (): Promise<Result<T>> => {
      await before;
      try {
        // Nobody waits for the answer any more, and asking could bring another prompt.
        if (givenUp && opening?.to === 'read') return { ok: false, error: stillWaiting };
        if (opening && !(await isOpened(opening))) throw new Error('The keychain stays locked');
        const keytar = await loadKeytar();
        return { ok: true, value: await askAgain(() => ask(keytar)) };
      } catch (error) {
        return { ok: false, error: keychainError(error) };
      } finally {
        waiting -= 1;
        ended += 1;
      }
    })();
    waiting += 1;
    last = work;
    return new Promise((resolve) => {
      const cancel = clock.setTimeout(() => {
        givenUp = true;
        resolve({ ok: false, error: stillWaiting });
      }, patience);
      void work.then((result) => {
        cancel();
        resolve(result);
      });
    });
  }

  async function isOpened({ item, to }: Opening): Promise<boolean> {
    return process.platform !== 'linux' || open({ service, account: item }, to, closing.signal);
  }

  async function settled(): Promise<void> {
    while (waiting > 0) {
      await last;
      // Whoever waited for that call may ask for the next one.
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Resolves when a call has stood for some time though the keychain answers: the person is asked something. */
  async function standing(): Promise<void> {
    for (let before = -1; before !== ended; ) {
      before = ended;
      await look({ service, account: '' });
      await new Promise<void>((resolve) => clock.setTimeout(resolve, asking));
    }
  }

  return {
    // Beside the calls: it brings no prompt, and shall tell what one of them waits for.
    async look(item) {
      if (process.platform !== 'linux') return { ok: true, value: { locked: false, found: false } };
      try {
        return { ok: true, value: await askAgain(() => look({ service, account: item })) };
      } catch (error) {
        return { ok: false, error: error instanceof StandsStill ? stillWaiting : keychainError(error) };
      }
    },
    get: (item) => call((keytar) => keytar.getPassword(service, item), { item, to: 'read' }),
    set: (item, secret) =>
      call(
        async (keytar) => {
          await keytar.setPassword(service, item, secret);
          return null;
        },
        { item, to: 'write' },
      ),
    delete: (item) =>
      call(async (keytar) => {
        await keytar.deletePassword(service, item);
        return null;
      }, undefined),
    settled,
    busy: () => waiting > 0,
    async close() {
      closing.abort();
      // A keychain that stands still tells nothing of whether it asks.
      await Promise.race([settled(), standing().catch(settled)]);
    },
    end() {
      isOver = true;
      return waiting === 0;
    },
  };
}

/**
 * What the next try mends. With KWallet libsecret drops a zero that its key of 1,024 bits begins with, and KWallet then refuses the
 * session ("Client public key size is invalid"): once in 256 sessions; the next try has another key. GNOME Keyring from 40 on says of
 * what it does have that it "is not implemented" when it could not open a session of its own for who asks: seen on a busy computer.
 */
const passing = /public key size is invalid|is not implemented on interface/i;

async function askAgain<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Error && passing.test(error.message)) return ask();
    throw error;
  }
}

const stillWaiting = tallyError('keychain', 'The keychain hasn’t answered yet.', {
  why: 'It may be asking you something in a window of its own.',
});

/**
 * What keytar's messages mean: libsecret's and GDBus's (Linux), those of Security.framework (macOS), and the dynamic linker's. They
 * name the cause and never the secret. Only where unlocking helps the action is `unlock-keychain`.
 */
const meanings: readonly (readonly [said: RegExp, what: string, why: string, action?: 'retry'])[] = [
  [
    /not provided by any|ServiceUnknown|NameHasNoOwner/i,
    'No keychain is running on this computer.',
    'Install and start GNOME Keyring or KWallet, then try again.',
    'retry',
  ],
  [
    /could not connect|connect E[A-Z]+|bus address|cannot autolaunch|cannot spawn a message bus|connection is closed/i,
    'The keychain couldn’t be reached.',
    'This session has no D-Bus, over which programs talk to the keychain.',
    'retry',
  ],
  [
    /libsecret|cannot open shared object|dlopen|MODULE_NOT_FOUND|native addon/i,
    'The system’s keychain library is missing.',
    process.platform === 'linux'
      ? 'On Debian and Ubuntu it is the package libsecret-1-0, on Fedora libsecret.'
      : 'Install Tally again.',
    'retry',
  ],
  [
    /NoReply|without replying|receive a reply/i,
    'The keychain stopped while Tally asked it.',
    'Start it again, then try again.',
    'retry',
  ],
  [/dismissed|cancell?ed/i, 'The keychain didn’t let Tally in.', 'The question that it asked was dismissed.'],
  [/locked|interaction is not allowed|passphrase/i, 'The keychain is locked.', 'It opens with its password.'],
];

function keychainError(error: unknown): TallyError {
  const said = error instanceof Error ? error.message : '';
  const code = String((error as { code?: unknown } | null)?.code ?? '');
  const known = meanings.find(([pattern]) => pattern.test(`${code} ${said}`));
  if (known) {
    const [, what, why, action] = known;
    return tallyError('keychain', what, { why, ...(action && { action }) });
  }
  const words = said.trim().slice(0, 200);
  return tallyError('keychain', 'The keychain didn’t do what Tally asked for.', {
    ...(words !== '' && { why: `It says: “${words}”.` }),
    action: 'retry',
  });
}
