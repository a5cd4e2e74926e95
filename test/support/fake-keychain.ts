import type { Clock, SecretStore } from '../../electron/core/ports.ts';
import { createSecrets } from '../../electron/desktop/secrets.ts';
import type { TallyError } from '../../shared/errors.ts';
import { createFakeClock } from './fake-clock.ts';
import { gate } from './waiting.ts';

type Kind = 'get' | 'set' | 'delete';

export interface FakeKeychain {
  /** As the process that runs has it; `restart` gives another one. */
  readonly store: SecretStore;
  readonly items: Map<string, string>;
  lock(): void;
  /** Also answers the question that is open with a yes. */
  unlock(): void;
  /** The person unlocks it when the next call of this kind asks. */
  unlockAt(call: Kind): void;
  /** The person does not let Tally at the items, though the keychain is unlocked. */
  withhold(now: boolean): void;
  /** Whether a call that meets a lock brings a question, and waits for its answer; else it is refused at once. */
  prompt(now: boolean): void;
  /** Whether each new process is asked about before it changes an item that there is, as KeePassXC does. */
  confirm(now: boolean): void;
  /** The person says no to the question that is open. */
  dismiss(): void;
  /** Calls hang until `release`, without a question. */
  hold(): void;
  release(): void;
  /** It is not running; what was asked of it is not answered. */
  die(): void;
  revive(): void;
  /** The process that has asked is killed and another one starts: what was not answered comes to nothing. */
  restart(): void;
  /** It runs, is not locked, and no question is open. */
  isOpen(): boolean;
  /** How many questions the person was asked. */
  questions(): number;
  /** The calls that may bring a question, in order, such as "get account:a". */
  asked(): string[];
  /** Every call from now on is refused with this; undefined ends it. */
  fail(error: TallyError | undefined): void;
}

/** A process as the keychain sees it. */
interface Client {
  isAlive: boolean;
  /** What it has made, and what the person has said yes to. */
  readonly allowed: Set<string>;
}

const isGone = 'The name org.freedesktop.secrets was not provided by any .service files';
const stopped = 'Message recipient disconnected from message bus without replying';
const refusal = 'Cannot create an item in a locked collection';

/**
 * A keychain in memory behind Tally's own way to it, that behaves as keytar over a Secret Service does: locked, it reads as empty,
 * deletes nothing without a word, and refuses only what is to be written (measured with gnome-keyring 42).
 */
export function createFakeKeychain(clock: Clock = createFakeClock()): FakeKeychain {
  const items = new Map<string, string>();
  const asked: string[] = [];
  let questions = 0;
  let locked = false;
  let isDead = false;
  let isWithheld = false;
  let prompts = false;
  let confirms = false;
  let failure: TallyError | undefined;
  let unlocksAt: string | undefined;
  let held: ReturnType<typeof gate> | undefined;
  let question: { answer(yes: boolean): void; fail(error: Error): void } | undefined;
  let client: Client = { isAlive: true, allowed: new Set() };
  let store = connect(client);

  function put(): Promise<boolean> {
    questions += 1;
    return new Promise<boolean>((answer, fail) => {
      question = { answer, fail };
    }).finally(() => {
      question = undefined;
    });
  }

  /** Whether the person lets a call through. Never answers a process that has ended. */
  async function isLet(by: Client, kind: Kind, item: string): Promise<boolean> {
    await held?.opened;
    if (!by.isAlive) return new Promise(() => {});
    if (isDead) throw new Error(isGone);
    const isOpen = !locked && !(confirms && kind === 'set' && items.has(item) && !by.allowed.has(item));
    if (isOpen) return !isWithheld;
    if (!prompts && !confirms) return false;
    const yes = await put();
    if (!by.isAlive) return new Promise(() => {});
    if (yes) by.allowed.add(item);
    return yes;
  }

  async function call<T>(by: Client, kind: Kind, item: string, act: (isShut: boolean) => T): Promise<T> {
    asked.push(`${kind} ${item}`);
    await Promise.resolve();
    if (kind === unlocksAt) {
      locked = false;
      unlocksAt = undefined;
    }
    return act(!(await isLet(by, kind, item)));
  }

  function connect(by: Client): SecretStore {
    const keytar = {
      getPassword: (_: string, item: string) =>
        call(by, 'get', item, (isShut) => (isShut ? null : (items.get(item) ?? null))),
      setPassword: (_: string, item: string, secret: string) =>
        call(by, 'set', item, (isShut) => {
          if (isShut) throw new Error(prompts || confirms ? 'The prompt was dismissed' : refusal);
          items.set(item, secret);
          by.allowed.add(item);
        }),
      deletePassword: (_: string, item: string) =>
        call(by, 'delete', item, (isShut) => !isShut && items.delete(item)),
    };
    const secrets = createSecrets('Tally', clock, {
      loadKeytar: async () => keytar,
      async look({ account }) {
        if (isDead) throw new Error(isGone);
        return { locked, found: items.has(account) };
      },
      open: async () => true,
    });
    const unlessFailing = <T>(ask: () => Promise<T>) =>
      failure ? Promise.resolve({ ok: false as const, error: failure }) : ask();
    return {
      look: (item) => unlessFailing(() => secrets.look(item)),
      get: (item) => unlessFailing(() => secrets.get(item)),
      set: (item, secret) => unlessFailing(() => secrets.set(item, secret)),
      delete: (item) => unlessFailing(() => secrets.delete(item)),
      settled: secrets.settled,
      busy: secrets.busy,
    };
  }

  return {
    items,
    lock() {
      locked = true;
    },
    unlock() {
      locked = false;
      question?.answer(true);
    },
    unlockAt(kind) {
      unlocksAt = kind;
    },
    withhold(now) {
      isWithheld = now;
    },
    prompt(now) {
      prompts = now;
    },
    confirm(now) {
      confirms = now;
    },
    dismiss: () => question?.answer(false),
    hold() {
      held ??= gate();
    },
    release() {
      held?.open();
      held = undefined;
    },
    die() {
      isDead = true;
      question?.fail(new Error(stopped));
    },
    revive() {
      isDead = false;
    },
    restart() {
      client.isAlive = false;
      question?.answer(false);
      client = { isAlive: true, allowed: new Set() };
      store = connect(client);
    },
    isOpen: () => !(locked || isDead || held || question),
    questions: () => questions,
    asked: () => asked,
    fail(error) {
      failure = error;
    },
    get store() {
      return store;
    },
  };
}
