import type { AccountSummary, AccountView, SignInView } from '../../../shared/accounts.ts';
import type { Action } from '../../../shared/actions.ts';
import {
  type Command,
  obstacle,
  quitCommand,
  reconnectCommand,
  screenCommands,
  setCommands,
  stateCommands,
  statusCommands,
  timerCommands,
  uploadCommand,
  zakCommand,
} from '../../../shared/commands.ts';
import type { CurrentPresence } from '../../../shared/presence.ts';
import { choicesChangeAt, presetCommands, recentCommands } from '../../../shared/preset-commands.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { endsAhead, endsChangeAt } from '../../../shared/times.ts';
import { clockTime, timeOfDay } from '../../../shared/words/clock.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { shorten } from '../../../shared/words/shorten.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import {
  isSettable,
  type SettableStatus,
  statusSlug,
  statusWord,
  usualStatuses,
} from '../../../shared/zoom/presence.ts';

/** A line of the menu as plain data: what it says and the action it sends. */
export interface MenuLine {
  readonly label: string;
  readonly kind: 'item' | 'radio' | 'checkbox' | 'separator' | 'submenu';
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

const otherCommands = statusCommands.filter(({ status }) => !usualStatuses.includes(status));

/** What a status submenu is made of. */
interface Moment {
  readonly snapshot: Snapshot;
  /** Epoch ms. */
  readonly now: number;
  /** Whether Zoom would take a status. */
  readonly settable: boolean;
}

/**
 * The tray's menu for a snapshot at `now` (epoch ms). What it says holds until the next snapshot or `endsChangeAt`: instants are told
 * as clock times, since a menu that changed each second would lose the click of whoever has it open. An end is sent as the instant
 * that was told, so that a late click means no other.
 *
 * With an account it always has the same lines at the same places, whatever happens: nobody can know whether a menu is open
 * (electron#28837), and a line that moves under the pointer is another than the one that was meant. They are so few that on 1280 x 800
 * GNOME, which opens submenus inside, has room for one. (The sets of the library and presets come and go with what is done in the
 * window alone.)
 */
export function trayMenu(snapshot: Snapshot, now: number): MenuLine[] {
  const { account } = snapshot;
  if (account.phase === 'none') return bareMenu(snapshot);
  const connected = account.phase === 'connected';
  const allowed = (command: Command) => obstacle(command, account) === undefined;
  const settable = statusCommands.every(allowed);
  const moment: Moment = { snapshot, now, settable };
  return [
    accountMenu(snapshot),
    connected ? storyMenu(moment) : text(waitingFor(account)),
    separator,
    ...choiceLines(moment),
    ...usualStatuses.map((status) => statusMenu(status, moment)),
    connected && !settable
      ? item('Tally can’t set your status. See why…', openAccounts)
      : submenu(
          'More statuses',
          otherCommands.map((command) => plainLine(command, moment)),
          settable,
        ),
    separator,
    line(uploadCommand, allowed(uploadCommand)),
    ...setLines(snapshot),
    line(zakCommand, allowed(zakCommand)),
    separator,
    ...updateLines(snapshot),
    item('Open Tally', screenCommands.status.action),
    line(screenCommands.preferences),
    line(quitCommand),
  ];
}

/** When the words of the menu are no longer right by themselves; epoch ms. */
export function menuChangesAt(snapshot: Snapshot, now: number): number {
  const ends = endsChangeAt(now, snapshot.preferences.endOfDay);
  return Math.min(ends, choicesChangeAt(snapshot, now) ?? ends);
}

/** So many presets stand in the menu itself; the others are one step further. */
const mostOnTop = 3;

/** The first presets, and what else was made before: that changes with each choice, so it is behind a line that stays. */
function choiceLines({ snapshot, now, settable }: Moment): MenuLine[] {
  const choice = ({ title, action, why }: Command) =>
    item(shorten(title), action, settable && why === undefined);
  const presets = presetCommands(snapshot, now).map(choice);
  const recent = recentCommands(snapshot, now).map(choice);
  const others = presets.slice(mostOnTop);
  return [
    ...presets.slice(0, mostOnTop),
    submenu('Presets and recent', [
      ...others,
      ...(others.length > 0 ? [separator] : []),
      ...(recent.length > 0 ? [...recent, separator] : []),
      item('Edit presets…', screenCommands.preferences.action),
    ]),
  ];
}

function updateLines({ update }: Snapshot): MenuLine[] {
  return update?.version === undefined
    ? []
    : [item(`Tally ${update.version} is out…`, { type: 'web.open', page: 'releases' })];
}

/** Why there is no status to tell. */
function waitingFor(account: AccountView): string {
  return account.phase === 'failed' ? shorten(account.error.what) : 'No status yet';
}

/** The sets of the library, ticked where Zoom has all of one. */
function setLines(snapshot: Snapshot): MenuLine[] {
  const lines = setCommands(snapshot).map((command): MenuLine => {
    const { brief, title, action, current = false } = command;
    const enabled = obstacle(command, snapshot.account) === undefined;
    return { label: shorten(brief ?? title), kind: 'checkbox', enabled, checked: current, action };
  });
  return lines.length > 0 ? [submenu('Background set', lines)] : [];
}

/** Without an account: the ways to one, and what needs none. */
function bareMenu(snapshot: Snapshot): MenuLine[] {
  return [
    text('No account'),
    ...(snapshot.signIn ? signInLines(snapshot) : [item('Connect Zoom…', openAccounts)]),
    ...(snapshot.accounts.length > 1 ? [submenu('Account', switchLines(snapshot.accounts))] : []),
    item('Try a practice account', { type: 'account.practice' }),
    separator,
    ...updateLines(snapshot),
    item('Open Tally', screenCommands.status.action),
    line(screenCommands.preferences),
    separator,
    line(quitCommand),
  ];
}

/** A status until it is changed, ticked while it is that. */
function plainLine({ status, action, title }: (typeof statusCommands)[number], moment: Moment): MenuLine {
  const { account, presence } = moment.snapshot;
  const { current } = presence;
  const isCurrent = account.phase === 'connected' && current.status === status && current.until === undefined;
  return { ...item(title, action, moment.settable), kind: 'checkbox', checked: isCurrent };
}

function statusMenu(status: SettableStatus, moment: Moment): MenuLine {
  const { snapshot, now, settable } = moment;
  const { preferences } = snapshot;
  const [plain] = statusCommands.filter((command) => command.status === status);
  const isDnd = status === 'Do_Not_Disturb';
  const set = (label: string, more: object) =>
    item(label, { type: 'presence.set', status, ...more }, settable);
  const usual = durationWords(preferences.dndMinutes * 60_000, 'long');
  const first = isDnd
    ? [set(`${usual} (usual length)`, {})]
    : plain
      ? [{ ...plainLine(plain, moment), label: 'Until I change it' }]
      : [];
  const [morning, ...lengths] = timerCommands(status).toReversed();
  return submenu(
    statusWord(status),
    [
      ...first,
      separator,
      ...lengths.toReversed().map((command) => line(command, settable)),
      separator,
      ...endsAhead(now, preferences.endOfDay).map((until) =>
        set(`Until ${clockTime(until, now)}`, { until }),
      ),
      ...(morning ? [line(morning, settable)] : []),
      ...(isDnd ? [set('24 hours, Zoom’s longest', { minutes: dndMinutes.max })] : []),
      separator,
      item('Other…', { type: 'window.open', screen: 'status', search: statusSlug(status) }, settable),
    ],
    settable,
  );
}

function signInLines({ signIn }: Snapshot): MenuLine[] {
  return signIn ? [item(signInWords[signIn.phase], openAccounts)] : [];
}

const openAccounts = screenCommands.accounts.action;

const signInWords: Readonly<Record<SignInView['phase'], string>> = {
  waiting: 'Waiting for you in the browser…',
  finishing: 'Finishing the sign-in…',
  failed: 'The sign-in didn’t work. See why…',
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

/** The account, and what can be done about it and the others. */
function accountMenu(snapshot: Snapshot): MenuLine {
  const { account, accounts, signIn } = snapshot;
  const own = accountLine(account);
  if (accounts.length < 2 && !signIn) return own;
  const urgent = [...(own.action ? [own] : []), ...signInLines(snapshot)];
  return submenu(own.label, [...urgent, ...(urgent.length > 0 ? [separator] : []), ...switchLines(accounts)]);
}

function switchLines(accounts: readonly AccountSummary[]): MenuLine[] {
  const choices = accounts.map(
    (account): MenuLine => ({
      label: account.phase === 'failed' ? `${named(account)}, not connected` : named(account),
      kind: 'radio',
      enabled: true,
      checked: account.active,
      action: { type: 'account.switch', key: account.key },
    }),
  );
  return [...choices, separator, item('Manage accounts…', openAccounts)];
}

/** So much more a running timer is given, in minutes. */
const more = 15;

/** What a running timer can be told. */
function timerLines({ status, until, restoreTo }: CurrentPresence, { now, settable }: Moment): MenuLine[] {
  if (until === undefined || !isSettable(status)) return [];
  const longer = until + more * 60_000;
  const canBeLonger = status !== 'Do_Not_Disturb' || longer - now <= dndMinutes.max * 60_000;
  const next = restoreTo ?? 'Available';
  return [
    item(
      `${more} more minutes, until ${clockTime(longer, now)}`,
      { type: 'presence.set', status, until: longer },
      settable && canBeLonger,
    ),
    item(`End now, back to ${statusWord(next)}`, { type: 'presence.set', status: next }, settable),
  ];
}

/** What is now, in one line; what else there is to tell of it, and to do about it, is behind that. */
function storyMenu(moment: Moment): MenuLine {
  const [now, ...rest] = storyLines(moment) as [MenuLine, ...MenuLine[]];
  if (rest.length === 0) return now;
  const told = rest.find(({ action }) => action === undefined);
  return submenu(told ? `${now.label}. ${shorten(told.label)}` : now.label, rest);
}

function storyLines(moment: Moment): MenuLine[] {
  const { snapshot, now } = moment;
  const { presence } = snapshot;
  const { current, waiting, failed } = presence;
  const word = statusWord(current.status);
  const then = current.restoreTo ? `, then ${statusWord(current.restoreTo)}` : '';
  const end = current.until === undefined ? '' : ` until ${clockTime(current.until, now)}${then}`;
  const lines = [text(`Now: ${word}${end}`), ...timerLines(current, moment)];
  if (waiting) {
    const word = statusWord(waiting.change.status);
    const when = waiting.why === 'offline' ? 'when you’re online' : `at ${timeOfDay(waiting.dueAt, true)}`;
    lines.push(text(`Switching to ${word} ${when}`));
  }
  if (failed) lines.push(text(`Couldn’t set ${statusWord(failed.change.status)}: ${failed.error.what}`));
  lines.push(...stateCommands(presence).map((command) => line(command)));
  return lines;
}
