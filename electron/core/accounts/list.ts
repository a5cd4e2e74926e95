import { type Connecting, connectingStart } from '../../../shared/connecting.ts';
import { isObject } from '../../../shared/json.ts';
import { type Setup, setupOf, unknownSetup } from '../../../shared/setup.ts';
import type { Files } from '../ports.ts';
import { type AccountRecord, type Leaving, readAccounts, ringColours } from './stored.ts';

/** The account that signs in to the practice Zoom, and the one that a run was given from outside, which is not kept. */
export const practiceKey = 'practice';
export const givenKey = 'given';

export type AccountList = ReturnType<typeof createAccountList>;

/** Which accounts there are, and which is active: kept on disk with each change. */
export function createAccountList(files: Pick<Files, 'accounts' | 'saveAccounts'>) {
  const { ok, ...stored } = readAccounts(files.accounts());
  let { accounts, active, leaving, connecting } = stored;
  let unread = stored.unread.accounts;
  /** Something is gone that shall not outlast it in copies. */
  let forgets = false;

  function save(): void {
    const json = {
      accounts: [...accounts.filter(({ key }) => key !== givenKey), ...unread],
      ...(active !== undefined && active !== givenKey && { active }),
      leaving: [...leaving, ...stored.unread.leaving],
      ...(connecting !== connectingStart && { connecting }),
    };
    files.saveAccounts(json, forgets);
    forgets = false;
  }

  const find = (key: string | undefined) => accounts.find((one) => one.key === key);

  return {
    /** Something in the file could not be read. */
    damaged: !ok,
    all: (): readonly AccountRecord[] => accounts,
    find,
    active: () => active,
    activate(key: string | undefined): void {
      active = key;
      save();
    },
    /** A record of an account of which nothing is known. */
    blank(key: string, practice: boolean): AccountRecord {
      const used = accounts.map(({ colour }) => colour);
      const free = [...Array(ringColours).keys()].find((colour) => !used.includes(colour));
      return {
        key,
        practice,
        cloud: 'commercial',
        clientId: '',
        ...unknownSetup,
        userId: '',
        name: '',
        email: '',
        colour: free ?? accounts.length % ringColours,
        kept: false,
        stored: false,
        ended: false,
      };
    },
    /** Adds one, or puts it in the place of the one with this key; kept with the next change. */
    add(record: AccountRecord): void {
      accounts = [...accounts.filter(({ key }) => key !== record.key), record];
      unread = unread.filter((one) => !(isObject(one) && one.key === record.key));
    },
    update(key: string, change: Partial<AccountRecord>): void {
      const before = find(key);
      if (!before) return;
      const after = { ...before, ...change };
      if (JSON.stringify(before) === JSON.stringify(after)) return;
      accounts = accounts.map((one) => (one.key === key ? after : one));
      if (key !== givenKey) save();
    },
    remove(key: string): void {
      forgets = true;
      accounts = accounts.filter((one) => one.key !== key);
    },
    /** Signed out, and Zoom does not know of it. */
    leaving: (): readonly Leaving[] => leaving,
    setLeaving(next: readonly Leaving[]): void {
      forgets = true;
      leaving = next;
      save();
    },
    /** How far somebody is on the way to an app of their own. */
    connecting: (): Connecting => connecting,
    setConnecting(next: Connecting): void {
      connecting = next;
      save();
    },
    /** What is known of an app at Zoom that an account of the list is signed in through. */
    setup({ cloud, clientId }: Pick<Setup, 'cloud' | 'clientId'>): Setup | undefined {
      const known = accounts.find((one) => one.clientId === clientId && one.cloud === cloud);
      return known && setupOf(known);
    },
  };
}
