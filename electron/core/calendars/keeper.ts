import { createInTurn } from '../lib/in-turn.ts';
import type { Clock, SecretStore } from '../ports.ts';
import { createKeychainAccess } from '../sign-in/keychain-access.ts';
import { type CalendarSecret, type CalendarSecrets, createCalendarSecrets } from './secrets.ts';

interface KeeperDeps {
  readonly clock: Clock;
  readonly secrets: SecretStore;
  /** The item of the keychain. */
  readonly item: string;
  /** The ids of what there is to open. */
  ids(): readonly string[];
  /** What is here, or what the keychain has of it, may be something else. */
  changed(): void;
}

/**
 * What opens the calendars of an account, or a broker: in memory, and in the keychain as soon as that takes it. Nothing in the keychain is replaced
 * before it was read, and none of its questions comes unless the person has asked for something.
 */
export function createKeeper({ clock, secrets: store, item: name, ids, changed }: KeeperDeps) {
  const item = createCalendarSecrets(store, name);
  const access = createKeychainAccess({ clock, vault: item, secrets: store });
  const inTurn = createInTurn();
  const here = new Map<string, CalendarSecret>();
  /** What the keychain has; unknown before it was read. */
  let there: CalendarSecrets | undefined;
  let stopped = false;

  const wanted = (): CalendarSecrets => Object.fromEntries([...here].filter(([id]) => ids().includes(id)));
  const isSame = (one: CalendarSecrets | undefined, id: string) =>
    one?.[id] !== undefined && JSON.stringify(one[id]) === JSON.stringify(here.get(id));

  /** Whether all that is wanted is in the keychain, and nothing else. */
  function isSettled(): boolean {
    if (!there) return false;
    const now = Object.keys(wanted());
    return now.length === Object.keys(there).length && now.every((id) => isSame(there, id));
  }

  async function load(mayAsk: boolean): Promise<boolean> {
    if (there) return true;
    if (!mayAsk) {
      const locked = await item.isLocked();
      if (!locked.ok || locked.value) return false;
    }
    const found = await item.load();
    if (!found.ok) return false;
    there = found.value;
    for (const [id, secret] of Object.entries(there)) if (!here.has(id)) here.set(id, secret);
    return true;
  }

  async function write(): Promise<boolean> {
    if (isSettled()) return true;
    const next = wanted();
    const saved = await item.save(next);
    if (saved.ok) there = next;
    return saved.ok;
  }

  /** Reads the keychain if need be, and writes what it has not; where it does not let that be, it is done once it is open. */
  function settle(mayAsk: boolean): Promise<void> {
    return inTurn(async () => {
      if (stopped) return;
      const isDone = (await load(mayAsk)) && (await write());
      if (stopped) return;
      if (!isDone) access.until(name, () => void settle(false));
      changed();
    });
  }

  return {
    settle,
    isSettled,
    /** Whether the keychain was read. */
    isOpen: () => there !== undefined,
    get: (id: string) => here.get(id),
    all: wanted,
    /** Whether the keychain has it. */
    isKept: (id: string) => isSame(there, id),
    /** Takes it, and asks the keychain to. */
    put(id: string, secret: CalendarSecret): void {
      here.set(id, secret);
      void settle(true);
    },
    stop(): void {
      stopped = true;
      access.stop();
    },
  };
}
