import type { AccountSummary, AccountView, SignInView } from '../../../shared/accounts.ts';
import type { Action } from '../../../shared/actions.ts';
import {
  type Command,
  canLast,
  dndCommands,
  failedCommands,
  obstacle,
  quitCommand,
  reconnectCommand,
  screenCommands,
  statusCommands,
  uploadCommand,
  waitingCommands,
  whileCommands,
  zakCommand,
} from '../../../shared/commands.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { timeOfDay } from '../../../shared/words/clock.ts';
import { type Status, statusWord } from '../../../shared/zoom/presence.ts';
import { shorten } from './shorten.ts';

/** A line of the menu as plain data: what it says and the action it sends. */
export interface MenuLine {
  readonly label: string;
  readonly kind: 'item' | 'radio' | 'separator' | 'submenu';
  readonly enabled: boolean;
  readonly checked?: boolean;
  readonly action?: Action;
  readonly lines?: readonly MenuLine[];
}

const separator: MenuLine = { label: '', kind: 'separator', enabled: true };
const text = (label: string): MenuLine => ({ label, kind: 'item', enabled: false });
const item = (label: string, action: Action, enabled = true): MenuLine => ({
  label,
  kind: 'item',
  enabled,
  action,
});
const submenu = (label: string, lines: readonly MenuLine[], enabled = true): MenuLine => ({
  label,
  kind: 'submenu',
  enabled,
  lines,
});
const line = ({ brief, title, action }: Command, enabled = true): MenuLine =>
  item(brief ?? title, action, enabled);

/**
 * The tray's menu for a snapshot. Everything in it holds until the next snapshot: instants are told as clock times, since a
 * menu that changed each second would lose the click of whoever has it open.
 */
export function trayMenu(snapshot: Snapshot): MenuLine[] {
  const { account, presence } = snapshot;
  if (account.phase === 'none') return bareMenu(snapshot);
  const connected = account.phase === 'connected';
  const allowed = (command: Command) => obstacle(command, account) === undefined;
  const settable = statusCommands.every(allowed);
  return [
    ...accountLines(snapshot),
    separator,
    ...statusCommands.map(
      (command): MenuLine => ({
        ...line(command, settable),
        kind: 'radio',
        checked: connected && presence.current.status === command.status,
      }),
    ),
    ...(connected && !settable ? [item('Tally may not set the status. See why…', openAccounts)] : []),
    separator,
    dndMenu(settable),
    whileMenu(presence.current.status, settable),
    ...storyLines(snapshot),
    separator,
    line(uploadCommand, allowed(uploadCommand)),
    line(zakCommand, allowed(zakCommand)),
    separator,
    item('Open Tally', screenCommands.status.action),
    line(screenCommands.preferences),
    separator,
    line(quitCommand),
  ];
}

/** Without an account: the ways to one, and what needs none. */
function bareMenu(snapshot: Snapshot): MenuLine[] {
  return [
    ...accountLines(snapshot),
    item('Try a practice account', { type: 'account.practice' }),
    separator,
    item('Open Tally', screenCommands.status.action),
    line(screenCommands.preferences),
    separator,
    line(quitCommand),
  ];
}

function accountLines({ account, accounts, signIn }: Snapshot): MenuLine[] {
  return [
    accountLine(account),
    ...(account.phase === 'none' && !signIn ? [item('Connect Zoom…', openAccounts)] : []),
    ...(signIn ? [item(signInWords[signIn.phase], openAccounts)] : []),
    ...(accounts.length > 1 ? [switchMenu(accounts)] : []),
  ];
}

const openAccounts = screenCommands.accounts.action;

const signInWords: Readonly<Record<SignInView['phase'], string>> = {
  waiting: 'Waiting for you in the browser…',
  finishing: 'Finishing the sign-in…',
  failed: 'The sign-in did not work. See why…',
};

function accountLine(account: AccountView): MenuLine {
  switch (account.phase) {
    case 'connected':
      return text(named(account));
    case 'connecting':
      return text(account.waitsFor === 'keychain' ? 'Waiting for your keychain…' : 'Connecting…');
    case 'failed':
      return line(reconnectCommand(account.error));
    case 'none':
      return text('No account');
  }
}

/** An account's name, and what tells it from one of the same name. */
function named({ name, email, practice }: Pick<AccountSummary, 'name' | 'email' | 'practice'>): string {
  const shown = shorten(name || email);
  if (practice) return `${shown} (practice account)`;
  // A person without a name goes by the address.
  return !name || name === email ? shown : `${shown} (${shorten(email)})`;
}

function switchMenu(accounts: readonly AccountSummary[]): MenuLine {
  const choices = accounts.map(
    (account): MenuLine => ({
      label: account.phase === 'failed' ? `${named(account)}, not connected` : named(account),
      kind: 'radio',
      enabled: true,
      checked: account.active,
      action: { type: 'account.switch', key: account.key },
    }),
  );
  return submenu('Account', [...choices, separator, item('Manage accounts…', openAccounts)]);
}

function dndMenu(enabled: boolean): MenuLine {
  const lengths = dndCommands.map((command) => line(command, enabled));
  const other = item('Other…', screenCommands.status.action, enabled);
  return submenu('Do not disturb for', [...lengths, other], enabled);
}

/** "For a while": the current status for some minutes, then back. */
function whileMenu(status: Status, settable: boolean): MenuLine {
  const possible = canLast(status);
  const enabled = settable && possible;
  return submenu(
    possible ? `${statusWord(status)} for a while` : 'For a while',
    whileCommands(possible ? status : 'Available').map((command) => line(command, enabled)),
    enabled,
  );
}

function storyLines({ presence }: Snapshot): MenuLine[] {
  const { current, waiting, failed } = presence;
  const lines: MenuLine[] = [];
  if (current.until !== undefined) {
    const then = current.restoreTo ? `, then ${statusWord(current.restoreTo)}` : '';
    lines.push(text(`${statusWord(current.status)} until ${timeOfDay(current.until)}${then}`));
  }
  if (waiting) {
    const word = statusWord(waiting.change.status);
    const when =
      waiting.why === 'offline' ? 'when Zoom can be reached' : `at ${timeOfDay(waiting.dueAt, true)}`;
    lines.push(text(`${word} is sent ${when}`), ...waitingCommands(presence).map((command) => line(command)));
  }
  if (failed) {
    lines.push(
      text(`${statusWord(failed.change.status)} not sent: ${failed.error.what}`),
      ...failedCommands(presence).map((command) => line(command)),
    );
  }
  return lines.length > 0 ? [separator, ...lines] : [];
}
