import type { Action } from '../../../shared/actions.ts';
import type { TallyError } from '../../../shared/errors.ts';
import { dndChoices, whileChoices } from '../../../shared/lengths.ts';
import type { AccountSummary, AccountView, SignInView, Snapshot } from '../../../shared/state.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import {
  isSettable,
  type SettableStatus,
  type Status,
  settableStatuses,
  statusWord,
} from '../../../shared/zoom/presence.ts';
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

const clockTime = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const clockTimeWithSeconds = new Intl.DateTimeFormat(undefined, {
  hour: 'numeric',
  minute: '2-digit',
  second: '2-digit',
});

const lengthFormat = (unit: 'hour' | 'minute') =>
  new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' });
// Made once: to make one takes a tenth of a millisecond, and a menu has ten lengths.
const hours = lengthFormat('hour');
const lessThanHours = lengthFormat('minute');

/** A length such as "20 minutes", "1 hour". */
export function lengthWords(minutes: number): string {
  const whole = minutes >= 60 && minutes % 60 === 0;
  return whole ? hours.format(minutes / 60) : lessThanHours.format(minutes);
}

/**
 * The tray's menu for a snapshot. Everything in it holds until the next snapshot: instants are told as clock times, since a
 * menu that changed each second would lose the click of whoever has it open.
 */
export function trayMenu(snapshot: Snapshot): MenuLine[] {
  const { account, presence } = snapshot;
  const connected = account.phase === 'connected';
  const allowed = (wanted: OperationId) =>
    connected && !account.missing.some(({ operation }) => operation === wanted);
  const settable = allowed('updatePresenceStatus');
  return [
    ...accountLines(snapshot),
    separator,
    ...settableStatuses.map(
      (status): MenuLine => ({
        label: statusWord(status),
        kind: 'radio',
        enabled: settable,
        checked: connected && presence.current.status === status,
        action: { type: 'presence.set', status },
      }),
    ),
    ...(connected && !settable ? [item('Tally may not set the status. See why…', openAccounts)] : []),
    separator,
    dndMenu(settable),
    whileMenu(presence.current.status, settable),
    ...storyLines(snapshot),
    separator,
    item('Upload background…', { type: 'backgrounds.choose' }, allowed('uploadVBuser')),
    item('Copy ZAK', { type: 'zak.copy' }, allowed('userZak')),
    separator,
    item('Open Tally', { type: 'window.open', screen: 'status' }),
    item('Preferences', { type: 'window.open', screen: 'preferences' }),
    separator,
    item('Quit', { type: 'app.quit' }),
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

const openAccounts: Action = { type: 'window.open', screen: 'accounts' };

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
      return item(reconnectWords(account.error), { type: 'account.reconnect' });
    case 'none':
      return text('No account');
  }
}

function reconnectWords({ action }: TallyError): string {
  if (action === 'sign-in') return 'Sign in again…';
  if (action === 'unlock-keychain') return 'Unlock the keychain and try again';
  return 'Not connected. Try again';
}

/** An account's name, and what tells it from one of the same name. */
function named({ name, email, practice }: Pick<AccountSummary, 'name' | 'email' | 'practice'>): string {
  const shown = shorten(name || email);
  if (practice) return `${shown} (practice account)`;
  // A person without a name goes by the address.
  return !name || name === email ? shown : `${shown} (${shorten(email)})`;
}

function switchMenu(accounts: readonly AccountSummary[]): MenuLine {
  return {
    label: 'Account',
    kind: 'submenu',
    enabled: true,
    lines: [
      ...accounts.map(
        (account): MenuLine => ({
          label: account.phase === 'failed' ? `${named(account)}, not connected` : named(account),
          kind: 'radio',
          enabled: true,
          checked: account.active,
          action: { type: 'account.switch', key: account.key },
        }),
      ),
      separator,
      item('Manage accounts…', openAccounts),
    ],
  };
}

function dndMenu(enabled: boolean): MenuLine {
  const status = 'Do_Not_Disturb';
  return {
    label: 'Do not disturb for',
    kind: 'submenu',
    enabled,
    lines: [
      ...dndChoices.map((minutes) =>
        item(lengthWords(minutes), { type: 'presence.set', status, minutes }, enabled),
      ),
      item('Until tomorrow morning', { type: 'presence.set', status, until: 'morning' }, enabled),
      item('Other…', { type: 'window.open', screen: 'status' }, enabled),
    ],
  };
}

/** "For a while": the current status for some minutes, then back. Do not disturb has its own menu, as Zoom times it. */
function whileMenu(status: Status, connected: boolean): MenuLine {
  const possible = isSettable(status) && status !== 'Do_Not_Disturb';
  const enabled = connected && possible;
  return {
    label: possible ? `${statusWord(status)} for a while` : 'For a while',
    kind: 'submenu',
    enabled,
    lines: whileChoices.map((minutes) =>
      item(
        lengthWords(minutes),
        { type: 'presence.set', status: status as SettableStatus, minutes },
        enabled,
      ),
    ),
  };
}

function storyLines({ presence }: Snapshot): MenuLine[] {
  const { current, waiting, failed } = presence;
  const lines: MenuLine[] = [];
  if (current.until !== undefined) {
    const then = current.restoreTo ? `, then ${statusWord(current.restoreTo)}` : '';
    lines.push(text(`${statusWord(current.status)} until ${clockTime.format(current.until)}${then}`));
  }
  if (waiting) {
    const word = statusWord(waiting.change.status);
    lines.push(
      text(
        waiting.why === 'offline'
          ? `${word} is sent when Zoom can be reached`
          : `${word} is sent at ${clockTimeWithSeconds.format(waiting.dueAt)}`,
      ),
      item(`Cancel ${word}`, { type: 'presence.cancel' }),
    );
  }
  if (failed) {
    lines.push(
      text(`${statusWord(failed.change.status)} not sent: ${failed.error.what}`),
      item('Try again', { type: 'presence.retry' }),
      item('Leave it', { type: 'presence.dismiss' }),
    );
  }
  return lines.length > 0 ? [separator, ...lines] : [];
}
