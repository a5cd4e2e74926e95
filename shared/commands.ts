import type { AccountSummary } from './accounts.ts';
import type { Action } from './actions.ts';
import type { Theme } from './app.ts';
import { type AutomationView, isAutomated, pauseLengths } from './automation.ts';
import { isBlocked } from './blocked.ts';
import type { TallyError } from './errors.ts';
import { lengthChoices } from './lengths.ts';
import { type Screen, screens } from './places.ts';
import { type PresenceView, undoneTo } from './presence.ts';
import type { Snapshot } from './state.ts';
import { durationWords } from './words/durations.ts';
import { automation as rules } from './words/en/automation.ts';
import { commands as t } from './words/en/commands.ts';
import { common } from './words/en/common.ts';
import { screenWords } from './words/en/screens.ts';
import { times } from './words/en/times.ts';
import { quoted } from './words/isolated.ts';
import { uploads } from './zoom/limits.gen.ts';
import type { OperationId } from './zoom/operations.gen.ts';
import {
  isSettable,
  type SettableStatus,
  settableStatuses,
  statusSlug,
  statusWord,
} from './zoom/presence.ts';

/** In the order in which they are listed. */
type CommandGroup =
  | 'Presets'
  | 'Status'
  | 'Timers'
  | 'Go to'
  | 'Do'
  | 'Profile'
  | 'Zoom settings'
  | 'Accounts'
  | 'Tally'
  | 'Advanced';

/** Something that a person can ask for by its name. */
export interface Command {
  /** Its own among those of one moment. */
  readonly id: string;
  readonly group: CommandGroup;
  /** Says it by itself: "Do not disturb for 1 hour". */
  readonly title: string;
  /** Says it under a heading that says the rest, where that is shorter: "1 hour". */
  readonly brief?: string;
  /** Other words by which it is looked for. */
  readonly words?: string;
  readonly action: Action;
  /** Why it can never be done as it was said. */
  readonly why?: string;
  /** What Zoom has to allow for it. */
  readonly needs?: OperationId;
  /** Whether it is what is shown or in use already. */
  readonly current?: boolean;
  /** What chooses it from any app, as people write it. */
  readonly keys?: string;
}

/** What a link may do. Nothing that deletes, saves, signs out, copies or quits can get here: see LinkedCommand. */
export type LinkedAction = Extract<Action, { type: 'presence.set' | 'window.open' }>;

/** What a link may add to a command: `for` how long, `until` when, the words to `search`. */
export type LinkOption = 'for' | 'until' | 'search';

/** A command that links and the command line reach too. */
export interface LinkedCommand extends Command {
  readonly action: LinkedAction;
  /** As in tally://status/away. The first is the usual one. */
  readonly links: readonly string[];
  readonly takes: readonly LinkOption[];
}

/** Most backgrounds that Zoom has places for. */
const mostUp = uploads.uploadVBuser.maxFiles;

const statusWords: Readonly<Record<SettableStatus, string>> = {
  Available: 'online active green back',
  Away: 'absent break lunch brb',
  Do_Not_Disturb: 'dnd quiet focus',
  In_Calendar_Event: 'appointment',
  In_A_Zoom_Meeting: 'zoom',
  On_A_Call: 'phone',
  Out_of_Office: 'ooo holiday vacation',
  Presenting: '',
  Busy: '',
};

interface StatusCommand extends LinkedCommand {
  readonly status: SettableStatus;
}

export const statusCommands: readonly StatusCommand[] = settableStatuses.map((status) => ({
  status,
  id: `status/${statusSlug(status)}`,
  group: 'Status',
  title: statusWord(status),
  words: `set status presence ${statusWords[status]}`,
  action: { type: 'presence.set', status },
  needs: 'updatePresenceStatus',
  links: [`status/${statusSlug(status)}`, ...(status === 'Do_Not_Disturb' ? ['status/dnd'] : [])],
  takes: ['for', 'until'],
}));

/** A status for each of the lengths, and until the morning. */
export function timerCommands(status: SettableStatus): readonly Command[] {
  const lengths = [...lengthChoices.map((minutes) => ({ minutes })), { until: 'morning' } as const];
  return lengths.map((length) => {
    const lasting = 'minutes' in length ? durationWords(length.minutes * 60_000, 'long') : undefined;
    return {
      id: `timer/${statusSlug(status)}/${Object.values(length)}`,
      group: 'Timers',
      title:
        lasting === undefined
          ? t.statusUntilTomorrow(statusWord(status))
          : times.statusFor(statusWord(status), lasting),
      brief: lasting ?? t.untilTomorrow,
      words: `for a while ${statusWords[status]}`,
      action: { type: 'presence.set', status, ...length },
      needs: 'updatePresenceStatus',
    };
  });
}

/** How the person's last change is undone; one that waits is cancelled instead. */
export function undoCommands(presence: PresenceView): readonly Command[] {
  const back = presence.waiting ? undefined : undoneTo(presence);
  if (!isSettable(back)) return [];
  const keeps = undoKeeps(presence);
  const title = keeps ? t.removeTimer : t.backTo(statusWord(back));
  const action = { type: keeps ? 'presence.keep' : 'presence.undo' } as const;
  return [
    {
      id: action.type,
      group: 'Status',
      title,
      words: `undo revert status ${keeps ? timerWords : ''}`,
      action,
      needs: 'updatePresenceStatus',
    },
  ];
}

/** Whether only a timer was added to what was there before: then nothing has to be sent to undo it. */
export function undoKeeps({ current, before, sending }: PresenceView): boolean {
  return (
    !sending &&
    current.status !== 'Do_Not_Disturb' &&
    current.until !== undefined &&
    before?.status === current.status &&
    before.until === undefined
  );
}

/** How the timer that runs is stopped, where nothing else is to be undone by that; Zoom ends a do not disturb itself. */
function keepCommands(presence: PresenceView): readonly Command[] {
  const { current } = presence;
  if (current.until === undefined || current.status === 'Do_Not_Disturb' || undoKeeps(presence)) return [];
  const action = { type: 'presence.keep' } as const;
  return [{ id: action.type, group: 'Status', title: t.removeTimer, words: timerWords, action }];
}

const timerWords = 'cancel stop end timer';

/** What can be done about a change that waits. It says which one, as another may wait when it is clicked. */
function waitingCommands({ waiting }: PresenceView): readonly Command[] {
  if (!waiting) return [];
  const { status } = waiting.change;
  const action = { type: 'presence.cancel', status } as const;
  return [
    {
      id: action.type,
      group: 'Status',
      title: t.cancelStatus(statusWord(status)),
      words: 'stop waiting',
      action,
    },
  ];
}

/** What can be done about a change that Zoom did not take. */
function failedCommands({ failed }: PresenceView): readonly Command[] {
  if (!failed) return [];
  const { status } = failed.change;
  const command = (brief: string, action: Action, words = ''): Command => ({
    id: action.type,
    group: 'Status',
    title: common.about(brief, statusWord(status)),
    brief,
    words,
    action,
  });
  const dismiss = command(common.dismiss, { type: 'presence.dismiss', status });
  switch (failed.error.action) {
    case 'sign-in':
      return [command(t.signInAgain, { type: 'account.reconnect' }), dismiss];
    // A scope that was added counts for a new sign-in only.
    case 'add-scope':
      return [command(t.seeMissing, { type: 'window.open', screen: 'accounts' }, 'scope'), dismiss];
    case 'none':
    case 'check-input':
    case 'choose-file':
      return [dismiss];
    default:
      return [command(common.tryAgain, { type: 'presence.retry', status }), dismiss];
  }
}

/** The one thing to be done about a change that was refused or waits; nothing where neither is the case. */
export function stateCommands(presence: PresenceView): readonly Command[] {
  return [...failedCommands(presence), ...waitingCommands(presence)].slice(0, 1);
}

const placeWords: Readonly<Record<Screen, string>> = {
  status: 'presence timers',
  backgrounds: 'virtual pictures videos library sets',
  profile: 'name picture pronouns phone personal room assistants',
  settings: 'search portal',
  zak: 'token key start link',
  advanced: 'api operations endpoints console history',
  accounts: 'connect sign in permissions',
  preferences: 'options theme start tray links notifications day library',
  automation: 'automatic rules working hours status pause',
};

export const screenCommands = Object.fromEntries(
  screens.map((screen): [Screen, LinkedCommand] => [
    screen,
    {
      id: `open/${screen}`,
      group: 'Go to',
      title: screenWords[screen],
      words: `go to open ${placeWords[screen]}`,
      action: { type: 'window.open', screen },
      links: [`open/${screen}`],
      takes: screen === 'settings' || screen === 'backgrounds' ? ['search'] : [],
    },
  ]),
) as Readonly<Record<Screen, LinkedCommand>>;

/** All that a link can name. */
export const linkedCommands: readonly LinkedCommand[] = [...statusCommands, ...Object.values(screenCommands)];

export const uploadCommand: Command = {
  id: 'backgrounds/upload',
  group: 'Do',
  title: t.upload,
  words: 'add virtual picture video file',
  action: { type: 'backgrounds.choose' },
  needs: 'uploadVBuser',
};

/** One for each set of the library; what it puts up can be undone. */
export function setCommands({ library }: Pick<Snapshot, 'library'>): readonly Command[] {
  return (library?.sets ?? []).map(({ name, count, up }) => ({
    id: `library/${name}`,
    group: 'Do',
    title: t.putSetUp(quoted(name)),
    brief: name,
    words: 'virtual background set library',
    action: { type: 'library.put-set', set: name },
    needs: 'uploadVBuser',
    current: up,
    ...(count > mostUp && { why: t.moreThan(mostUp) }),
  }));
}

const pictureCommand: Command = {
  id: 'picture/choose',
  group: 'Do',
  title: t.changePicture,
  words: 'photo avatar upload file',
  action: { type: 'picture.choose' },
  needs: 'userPicture',
};

/** What is copied of the profile, once Zoom has told it. */
function copyCommands({ profile }: Pick<Snapshot, 'profile'>): readonly Command[] {
  const { meetingLink, meetingId } = profile?.card ?? {};
  const copy = (what: string, title: string, text: string | undefined): Command[] =>
    text
      ? [
          {
            id: `copy/${what}`,
            group: 'Do',
            title,
            words: 'personal room url number clipboard invite',
            action: { type: 'clipboard.copy', text },
          },
        ]
      : [];
  return [...copy('meeting link', t.copyMeetingLink, meetingLink), ...copy('PMI', t.copyPmi, meetingId)];
}

export const zakCommand: Command = {
  id: 'zak/copy',
  group: 'Do',
  title: t.copyZak,
  words: 'token key clipboard',
  action: { type: 'zak.copy' },
  needs: 'userZak',
};

const roomCommand: Command = {
  id: 'zak/start-room',
  group: 'Do',
  title: t.startRoom,
  words: 'meeting personal host begin',
  action: { type: 'zak.start-room' },
  needs: 'userZak',
};

/** How an account that could not be connected is connected again, by what stood in the way. */
export function reconnectCommand(error: TallyError): Command {
  const ways: Partial<Record<TallyError['action'], string>> = {
    'sign-in': t.signInAgain,
    'add-scope': t.signInAgain,
    'unlock-keychain': t.unlockKeychain,
  };
  return {
    id: 'account/reconnect',
    group: 'Accounts',
    title: isBlocked(error) ? t.notConnectedWhy : (ways[error.action] ?? t.notConnectedTryAgain),
    words: 'connect account',
    action: isBlocked(error) ? { type: 'window.open', screen: 'status' } : { type: 'account.reconnect' },
  };
}

function switchCommands(accounts: readonly AccountSummary[]): readonly Command[] {
  if (accounts.length < 2) return [];
  return accounts.map(({ key, name, email, active, practice }) => {
    const besides = practice ? t.practiceAccount : email;
    return {
      id: `account/${key}`,
      group: 'Accounts',
      title: t.switchTo(name && name !== besides ? `${name} (${besides})` : besides),
      words: 'switch account',
      action: { type: 'account.switch', key },
      current: active,
    };
  });
}

/** It leads to where one signs out, where that is asked once more. */
function signOutCommands(accounts: readonly AccountSummary[]): readonly Command[] {
  if (accounts.length === 0) return [];
  return [
    {
      id: 'account/sign-out',
      group: 'Accounts',
      title: t.signOut,
      words: 'log out off disconnect remove account',
      action: { type: 'window.open', screen: 'accounts', search: 'sign-out' },
    },
  ];
}

/** The themes in the order in which they are offered. */
export const themeWords: Readonly<Record<Theme, string>> = t.themes;

function themeCommands(current: Theme): readonly Command[] {
  return (Object.keys(themeWords) as Theme[]).map((theme) => ({
    id: `theme/${theme}`,
    group: 'Tally',
    title: t.theme[theme],
    words: 'mode colors appearance',
    action: { type: 'preferences.set', patch: { theme } },
    current: theme === current,
  }));
}

/** How the rules go on: after a pause, or in spite of what the person has chosen. */
export function goOnCommand({ paused }: Pick<AutomationView, 'paused'>): Command {
  const type = paused ? 'automation.resume' : 'automation.release';
  return {
    id: type,
    group: 'Status',
    title: paused ? rules.resume : rules.release,
    words: 'rules automation continue choice pause',
    action: { type },
  };
}

/** What can be done about rules that are on. */
export function automationCommands(automation: AutomationView | undefined): readonly Command[] {
  if (!automation || !isAutomated(automation)) return [];
  const { acting, paused, hold, obstacle } = automation;
  const skip: Command = {
    id: 'automation.skip',
    group: 'Status',
    title: rules.skipCommand,
    words: 'skip rule',
    action: { type: 'automation.skip' },
  };
  const pauses = pauseLengths.map(
    (until): Command => ({
      id: `automation.pause/${until}`,
      group: 'Status',
      title: rules.pauseCommands[until],
      words: 'stop rules automatic',
      action: { type: 'automation.pause', until },
    }),
  );
  return [
    ...(acting ? [skip] : []),
    ...(paused || hold || obstacle ? [goOnCommand(automation)] : []),
    ...(paused ? [] : pauses),
  ];
}

export const quitCommand: Command = {
  id: 'quit',
  group: 'Tally',
  title: t.quitTally,
  brief: t.quit,
  words: 'exit close end',
  action: { type: 'app.quit' },
};

/**
 * All that can be asked for by name at a moment, also what cannot be done just then: see `obstacle`. The operations of Advanced are in
 * shared/operation-commands.ts, as the window needs their list only for its palette.
 */
export function commandsOf(snapshot: Snapshot): readonly Command[] {
  const { account, accounts, presence, preferences } = snapshot;
  const { status } = presence.current;
  return [
    ...waitingCommands(presence),
    ...failedCommands(presence),
    ...statusCommands.map((command) =>
      command.status === status && account.phase === 'connected' ? { ...command, current: true } : command,
    ),
    ...undoCommands(presence),
    ...keepCommands(presence),
    ...automationCommands(snapshot.automation),
    ...timerCommands('Do_Not_Disturb'),
    ...(isSettable(status) && status !== 'Do_Not_Disturb' ? timerCommands(status) : []),
    ...Object.values(screenCommands),
    uploadCommand,
    ...setCommands(snapshot),
    pictureCommand,
    ...copyCommands(snapshot),
    zakCommand,
    roomCommand,
    ...(account.phase === 'failed' ? [reconnectCommand(account.error)] : []),
    ...switchCommands(accounts),
    ...signOutCommands(accounts),
    ...themeCommands(preferences.theme),
    quitCommand,
  ];
}

/** Why a command cannot be done now, in a few words; undefined when it can. */
export function obstacle(
  { needs, why }: Pick<Command, 'needs' | 'why'>,
  account: Snapshot['account'],
): string | undefined {
  if (why !== undefined) return why;
  if (needs === undefined) return undefined;
  switch (account.phase) {
    case 'none':
      return t.noAccount;
    case 'connecting':
      return t.connecting;
    case 'failed':
      return t.notConnected;
    case 'connected':
      return account.missing.some(({ operation }) => operation === needs) ? t.permissionMissing : undefined;
  }
}
