import type { AccountSummary, AccountView, MissingOperation } from '../../shared/accounts.ts';
import type { Snapshot } from '../../shared/state.ts';
import { accounts as t } from '../../shared/words/en/accounts.ts';

/** The account in use, once it is there. */
export type ConnectedAccount = Extract<AccountView, { phase: 'connected' }>;

/** At most two letters for a person: "Robin Ashdown" is RA. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter(Boolean);
  const picked = words.length > 1 ? [words[0], words.at(-1)] : words;
  return picked.map((word) => [...(word ?? '')][0] ?? '').join('');
}

/** What an account goes by: its name, its address where it has no name. */
export function accountName({ name, email }: Pick<AccountSummary, 'name' | 'email'>): string {
  return name.trim() || email || t.noName;
}

/** One line below the name: the address, or what keeps the account from being used. */
export function accountLine({ email, phase, practice }: AccountSummary): string {
  if (phase === 'failed') return t.notConnected;
  if (phase === 'connecting') return t.connectingShort;
  return practice ? t.practiceLine : email;
}

/** What is said where the keychain has not answered: it asks in a window of its own, which may lie behind this one. */
export const keychainWaits = t.keychainWaits;

/** What the account lacks for an operation; undefined where it may do it. */
export function missingFor(
  { missing }: ConnectedAccount,
  operation: MissingOperation['operation'],
): MissingOperation | undefined {
  return missing.find((one) => one.operation === operation);
}

/** Where a person now has to be, by what became of the sign-in between two snapshots; undefined = where they are. */
export function signInLeadsTo(
  signIn: Snapshot['signIn'],
  now: Snapshot,
  /** The account in use when the sign-in was first seen. */
  start: AccountView,
): 'accounts' | 'status' | undefined {
  if (now.signIn) return signIn ? undefined : 'accounts';
  if (!signIn || signIn.phase === 'failed') return undefined;
  // The same account by another app of Zoom's looks the same; but what was being finished and is over has worked.
  const worked = signIn.phase === 'finishing' && now.account.phase === 'connected';
  return worked || isNew(start, now.account) ? 'status' : undefined;
}

/** Whether a sign-in made a difference: another account, one that had not been connected, or one that may do other things. */
function isNew(start: AccountView, now: AccountView): boolean {
  if (now.phase !== 'connected') return false;
  if (start.phase !== 'connected' || start.key !== now.key) return true;
  const operations = (account: typeof now) => account.missing.map(({ operation }) => operation).join();
  return operations(start) !== operations(now);
}
