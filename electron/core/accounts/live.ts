import type { AccountSummary } from '../../../shared/accounts.ts';
import type { AccountSource } from '../ports.ts';
import { endOf } from '../sign-in/ends.ts';
import type { Grants } from '../sign-in/grants.ts';
import { type Account, type AccountDeps, createAccount } from './account.ts';
import { type AccountList, givenKey, practiceKey } from './list.ts';

interface LiveDeps extends Omit<AccountDeps, 'key' | 'source' | 'identified' | 'ended'> {
  readonly list: AccountList;
  readonly grants: Pick<Grants, 'open' | 'unkept'>;
  readonly practice: AccountSource;
  readonly given?: AccountSource;
}

/** The accounts of the list as they run, each with its own way to Zoom. */
export function createLiveAccounts(deps: LiveDeps) {
  const { list, grants } = deps;
  const live = new Map<string, Account>();
  let watched = false;
  let stopped = false;

  for (const { key } of list.all()) live.set(key, make(key));

  function make(key: string): Account {
    const account = createAccount({
      ...deps,
      key,
      source: sourceOf(key),
      identified: ({ id, name, email }) => list.update(key, { userId: id, name, email, ended: false }),
      ended: (error) => list.update(key, { ended: true, whyEnded: endOf(error) }),
    });
    account.watch(watched && key === list.active());
    return account;
  }

  function sourceOf(key: string): AccountSource {
    if (key === givenKey && deps.given) return deps.given;
    if (key === practiceKey) return deps.practice;
    return {
      practice: false,
      connect: (waiting) => grants.open(list.find(key) ?? list.blank(key, false), waiting),
    };
  }

  function unkept(key: string): Pick<AccountSummary, 'unkept'> {
    const why = grants.unkept(key);
    return why ? { unkept: why } : {};
  }

  const active = () => live.get(list.active() ?? '');

  return {
    active,
    get: (key: string) => live.get(key),
    /** All of the list, as the window shows them. */
    summaries: (): AccountSummary[] =>
      list.all().map(({ key, practice, name, email, cloud, colour, clientId, isPublic }) => ({
        key,
        practice,
        name,
        email,
        cloud,
        colour,
        active: key === list.active(),
        phase: live.get(key)?.view().phase ?? 'connecting',
        ...(deps.media.library(key).exists() && { hasLibrary: true }),
        ...unkept(key),
        ...(clientId !== '' && { app: { clientId, isPublic } }),
      })),
    /** Each account with what its features show. */
    moments: () =>
      list.all().flatMap(({ key, name, email }) => {
        const account = live.get(key);
        return account ? [{ key, name: name || email, account: account.view(), ...account.features() }] : [];
      }),
    activate(key: string | undefined): void {
      active()?.watch(false);
      list.activate(key);
      active()?.watch(watched);
      deps.changed();
    },
    /** Puts a new Account in the place of the one with this key. */
    replace(key: string): Account {
      void live.get(key)?.stop();
      const account = make(key);
      live.set(key, account);
      return account;
    },
    remove(key: string): void {
      void live.get(key)?.stop();
      live.delete(key);
    },
    /** Connects one after the other, the active one first. */
    async connect(): Promise<void> {
      const first = active();
      await first?.connect();
      for (const account of [...live.values()]) if (account !== first && !stopped) await account.connect();
    },
    watch(now: boolean): void {
      watched = now;
      active()?.watch(now);
    },
    wake(): void {
      for (const account of live.values()) account.wake();
    },
    async stop(): Promise<void> {
      stopped = true;
      await Promise.all([...live.values()].map((account) => account.stop()));
    },
  };
}
