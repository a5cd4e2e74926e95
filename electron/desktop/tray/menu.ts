import type { AccountSummary, AccountView, SignInView } from '../../../shared/accounts.ts';
import type { Action } from '../../../shared/actions.ts';
import {
  automationCommands,
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
import { moreMinutes } from '../../../shared/lengths.ts';
import type { CurrentPresence } from '../../../shared/presence.ts';
import { choicesChangeAt, presetCommands, recentCommands } from '../../../shared/preset-commands.ts';
import { timerActions } from '../../../shared/running-timer.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { endsAhead, endsChangeAt } from '../../../shared/times.ts';
import { reasonWords, waitingWords } from '../../../shared/words/automation.ts';
import { clockTime, timeOfDay } from '../../../shared/words/clock.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { tray as t } from '../../../shared/words/en/tray.ts';
import { spoken } from '../../../shared/words/language.ts';
import { shorten } from '../../../shared/words/shorten.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { type SettableStatus, statusSlug, statusWord, usualStatuses } from '../../../shared/zoom/presence.ts';

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
      ? item(t.whyNotSet, openAccounts)
      : submenu(
          t.moreStatuses,
          otherCommands.map((command) => plainLine(command, moment)),
          settable,
        ),
    separator,
    line(uploadCommand, allowed(uploadCommand)),
    ...setLines(snapshot),
    line(zakCommand, allowed(zakCommand)),
    separator,
    ...updateLines(snapshot),
    item(t.openTally, screenCommands.status.action),
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
    submenu(t.presetsAndRecent, [
      ...others,
      ...(others.length > 0 ? [separator] : []),
      ...(recent.length > 0 ? [...recent, separator] : []),
      item(t.editPresets, screenCommands.preferences.action),
    ]),
  ];
}

function updateLines({ update }: Snapshot): MenuLine[] {
  return update?.version === undefined
    ? []
    : [item(t.updateOut(update.version), { type: 'web.open', page: 'releases' })];
}

/** Why there is no status to tell. */
function waitingFor(account: AccountView): string {
  return account.phase === 'failed' ? shorten(spoken(account.error.what)) : t.noStatus;
}

/** The sets of the library, ticked where Zoom has all of one. */
function setLines(snapshot: Snapshot): MenuLine[] {
  const lines = setCommands(snapshot).map((command): MenuLine => {
    const { brief, title, action, current = false } = command;
    const enabled = obstacle(command, snapshot.account) === undefined;
    return { label: shorten(brief ?? title), kind: 'checkbox', enabled, checked: current, action };
  });
  return lines.length > 0 ? [submenu(t.backgroundSet, lines)] : [];
}

/** Without an account: the ways to one, and what needs none. */
function bareMenu(snapshot: Snapshot): MenuLine[] {
  return [
    text(t.noAccount),
    ...(snapshot.signIn ? signInLines(snapshot) : [item(t.connectZoom, openAccounts)]),
    ...(snapshot.accounts.length > 1 ? [submenu(t.account, switchLines(snapshot.accounts))] : []),
    item(t.tryPractice, { type: 'account.practice' }),
    separator,
    ...updateLines(snapshot),
    item(t.openTally, screenCommands.status.action),
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
    ? [set(t.usualLength(usual), {})]
    : plain
      ? [{ ...plainLine(plain, moment), label: t.untilChanged }]
      : [];
  const [morning, ...lengths] = timerCommands(status).toReversed();
  return submenu(
    statusWord(status),
    [
      ...first,
      separator,
      ...lengths.toReversed().map((command) => line(command, settable)),
      separator,
      ...endsAhead(now, preferences.endOfDay).map((until) => set(t.until(clockTime(until, now)), { until })),
      ...(morning ? [line(morning, settable)] : []),
      ...(isDnd ? [set(t.longestDnd, { minutes: dndMinutes.max })] : []),
      separator,
      item(t.other, { type: 'window.open', screen: 'status', search: statusSlug(status) }, settable),
    ],
    settable,
  );
}

function signInLines({ signIn }: Snapshot): MenuLine[] {
  return signIn ? [item(signInWords[signIn.phase], openAccounts)] : [];
}

const openAccounts = screenCommands.accounts.action;

const signInWords: Readonly<Record<SignInView['phase'], string>> = {
  waiting: t.signInWaiting,
  finishing: t.signInFinishing,
  failed: t.signInFailed,
};

function accountLine(account: AccountView): MenuLine {
  switch (account.phase) {
    case 'connected':
      return text(named(account));
    case 'connecting':
      return text(account.waitsFor === 'keychain' ? t.waitingForKeychain : t.connecting);
    case 'failed':
      return line(reconnectCommand(account.error));
    case 'none':
      return text(t.noAccount);
  }
}

/** An account's name, and what tells it from one of the same name. */
function named({ name, email, practice }: Pick<AccountSummary, 'name' | 'email' | 'practice'>): string {
  const shown = shorten(name || email);
  if (practice) return t.practiceAccount(shown);
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
      label: account.phase === 'failed' ? t.notConnected(named(account)) : named(account),
      kind: 'radio',
      enabled: true,
      checked: account.active,
      action: { type: 'account.switch', key: account.key },
    }),
  );
  return [...choices, separator, item(t.manageAccounts, openAccounts)];
}

/** What a running timer can be told. */
function timerLines(current: CurrentPresence, { now, settable }: Moment): MenuLine[] {
  const timer = timerActions(current, now);
  if (!timer) return [];
  const { longer, longerUntil, canBeLonger, next, end } = timer;
  return [
    item(t.moreMinutes(moreMinutes, clockTime(longerUntil, now)), longer, settable && canBeLonger),
    item(t.endNow(statusWord(next)), end, settable),
  ];
}

/** What is now, in one line; what else there is to tell of it, and to do about it, is behind that. */
function storyMenu(moment: Moment): MenuLine {
  const [now, ...rest] = storyLines(moment) as [MenuLine, ...MenuLine[]];
  if (rest.length === 0) return now;
  const told = rest.find(({ kind, action }) => kind === 'item' && action === undefined);
  return submenu(told ? `${now.label}. ${shorten(told.label)}` : now.label, rest);
}

function nowWords({ presence, automation }: Snapshot, now: number): string {
  const { status, until, restoreTo, cause } = presence.current;
  const word = statusWord(status);
  const acting = cause === 'rule' && restoreTo ? automation?.acting : undefined;
  if (acting) return t.nowWhy(word, shorten(reasonWords(acting, now)));
  if (until === undefined) return t.now(word);
  const end = clockTime(until, now);
  return restoreTo ? t.nowUntilThen(word, end, statusWord(restoreTo)) : t.nowUntil(word, end);
}

function storyLines(moment: Moment): MenuLine[] {
  const { snapshot, now } = moment;
  const { presence } = snapshot;
  const { current, waiting, failed } = presence;
  const lines = [text(nowWords(snapshot, now)), ...timerLines(current, moment)];
  if (waiting) {
    const word = statusWord(waiting.change.status);
    const isOffline = waiting.why === 'offline';
    lines.push(
      text(isOffline ? t.switchingOnline(word) : t.switchingAt(word, timeOfDay(waiting.dueAt, true))),
    );
  }
  if (failed) lines.push(text(t.notSet(statusWord(failed.change.status), spoken(failed.error.what))));
  lines.push(...stateCommands(presence).map((command) => line(command)));
  return [...lines, ...ruleLines(moment)];
}

/** Why the rules do nothing, and what can be done about them; nothing while all are off. */
function ruleLines({ snapshot: { automation }, now }: Moment): MenuLine[] {
  const commands = automationCommands(automation);
  if (!automation || commands.length === 0) return [];
  const waits = automation.acting ? undefined : waitingWords(automation, now);
  return [separator, ...(waits ? [text(waits)] : []), ...commands.map((command) => line(command))];
}
