import type { Action } from '../../shared/actions.ts';
import { type Result, type TallyError, tallyError } from '../../shared/errors.ts';
import type { AccountView, Notice, PresenceView, Snapshot } from '../../shared/state.ts';
import { dndMinutes } from '../../shared/zoom/presence.ts';
import type { Account } from './accounts/account.ts';
import { type AccountsDeps, createAccounts } from './accounts/accounts.ts';
import type { DeskAction } from './accounts/desk.ts';
import type { Advanced } from './advanced/advanced.ts';
import { defined } from './lib/defined.ts';
import type { AccountMedia } from './media/account-media.ts';
import type { Shell } from './ports.ts';
import { msUntilMorning } from './presence/morning.ts';
import type { PresenceRunner } from './presence/runner.ts';
import { readPresence } from './presence/stored.ts';

export interface TallyDeps extends Omit<AccountsDeps, 'changed' | 'notice' | 'removeNotice' | 'copy'> {
  readonly shell: Shell;
}

/** The whole app without its desktop: one state, one list of actions. */
export interface Tally {
  snapshot(): Snapshot;
  /** Calls back with each new snapshot; returns the unsubscribe function. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  /** Does one action. `ok` means accepted; what comes of it shows in the snapshots. */
  run(action: Action): Result<null>;
  /** Connects the accounts there are. */
  connect(): Promise<void>;
  /** The backgrounds and the picture of the active account; none until it is connected. */
  media(): Promise<AccountMedia | undefined>;
  /** Any call by hand, as the active account; none until it is connected. */
  advanced(): Promise<Advanced | undefined>;
  addNotice(notice: Notice): void;
  removeNotice(id: Notice['id']): void;
  /** Whether a window shows the state right now. */
  watch(watched: boolean): void;
  /** After sleep or a change of the clock. Safe to call twice. */
  wake(): void;
  /** Ends everything; resolves when what was lent to this computer (the clipboard) is taken back. */
  stop(): Promise<void>;
}

const accepted: Result<null> = { ok: true, value: null };

/** Puts the parts together. Nothing is sent before `connect`. */
export function createTally(deps: TallyDeps): Tally {
  const { clock, files, shell } = deps;
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let version = 1;
  const dismissed = new Set<string>();
  const added = new Map<Notice['id'], Notice>();
  const noPresence: PresenceView = readPresence(undefined, clock.now()).state;
  let ready = false;
  const accounts = createAccounts({
    ...deps,
    copy: shell.copy,
    changed: publish,
    notice: addNotice,
    removeNotice,
  });
  ready = true;
  let snapshot = build();

  function build(): Snapshot {
    // One notice an id. One that went away and comes back is news again, dismissed or not.
    const present = new Map<string, Notice>();
    for (const notice of [...files.notices(), ...added.values()]) present.set(notice.id, notice);
    for (const id of dismissed) if (!present.has(id)) dismissed.delete(id);
    const signIn = accounts.signIn();
    return {
      version,
      account: accounts.view(),
      accounts: accounts.list(),
      ...(signIn && { signIn }),
      redirectUri: accounts.redirectUri(),
      presence: accounts.active()?.presence() ?? noPresence,
      ...accounts.active()?.opened(),
      preferences: files.preferences(),
      notices: [...present.values()].filter(({ id }) => !dismissed.has(id)),
    };
  }

  function publish(): void {
    if (!ready) return;
    version += 1;
    snapshot = build();
    for (const listener of listeners) listener(snapshot);
  }

  function addNotice(notice: Notice): void {
    added.set(notice.id, notice);
    publish();
  }

  function removeNotice(id: Notice['id']): void {
    if (added.delete(id)) publish();
  }

  function setPresence(
    action: Extract<Action, { type: 'presence.set' }>,
    presence: PresenceRunner,
  ): Result<null> {
    const { status, until, minutes } = action;
    const { dndMinutes: usual, morningHour } = files.preferences();
    const dnd = status === 'Do_Not_Disturb';
    const asked =
      until === 'morning' ? msUntilMorning(clock.now(), morningHour) : minutes && minutes * 60_000;
    const lastsMs = asked ?? (dnd ? usual * 60_000 : undefined);
    if (dnd && lastsMs !== undefined && lastsMs < dndMinutes.min * 60_000) {
      return { ok: false, error: tooShort };
    }
    presence.dispatch({
      type: 'choose',
      change: { status, cause: 'you', ...(lastsMs !== undefined && { lastsMs }) },
    });
    return accepted;
  }

  function runPresence(action: Extract<Action, { type: `presence.${string}` }>): Result<null> {
    const service = accounts.active()?.service();
    if (!service) return { ok: false, error: notConnected(accounts.view()) };
    switch (action.type) {
      case 'presence.set':
        return setPresence(action, service);
      case 'presence.check':
        void service.check();
        return accepted;
      case 'presence.keep':
        service.dispatch({ type: 'keep' });
        return accepted;
      case 'presence.cancel':
        service.dispatch({ type: 'cancel' });
        return accepted;
      case 'presence.retry':
        service.dispatch({ type: 'retry' });
        return accepted;
      case 'presence.dismiss':
        service.dispatch({ type: 'dismiss' });
        return accepted;
    }
  }

  function runMedia(
    action: Extract<Action, { type: `backgrounds.${string}` | `picture.${string}` }>,
  ): Result<null> {
    const account = accounts.active();
    if (account?.view().phase !== 'connected') return { ok: false, error: notConnected(accounts.view()) };
    if (action.type === 'backgrounds.choose') void chooseBackgrounds(account);
    else if (action.type === 'picture.choose') void choosePicture(account);
    else void account.media().then((media) => media?.run(action));
    return accepted;
  }

  function runDesk(action: DeskAction): Result<null> {
    const account = accounts.active();
    if (account?.view().phase !== 'connected') return { ok: false, error: notConnected(accounts.view()) };
    void account.desk().then((desk) => desk?.run(action));
    return accepted;
  }

  async function chooseBackgrounds(account: Account): Promise<void> {
    const paths = await shell.chooseFiles('backgrounds');
    if (paths.length === 0) return;
    (await account.media())?.addBackgrounds({ paths });
    shell.openWindow('backgrounds');
  }

  async function choosePicture(account: Account): Promise<void> {
    const paths = await shell.chooseFiles('picture');
    if (paths.length === 0) return;
    const image = await (await account.media())?.offerPicture({ paths });
    shell.openWindow('profile');
    if (image) shell.crop(image);
  }

  function run(action: Action): Result<null> {
    switch (action.type) {
      case 'presence.set':
      case 'presence.check':
      case 'presence.keep':
      case 'presence.cancel':
      case 'presence.retry':
      case 'presence.dismiss':
        return runPresence(action);
      case 'backgrounds.open':
      case 'backgrounds.choose':
      case 'backgrounds.answer':
      case 'backgrounds.cancel':
      case 'backgrounds.retry':
      case 'backgrounds.remove':
      case 'backgrounds.clear':
      case 'backgrounds.delete':
      case 'backgrounds.undo':
      case 'backgrounds.dismiss':
      case 'picture.open':
      case 'picture.choose':
      case 'picture.remove':
      case 'picture.undo':
      case 'picture.dismiss':
        return runMedia(action);
      case 'settings.open':
      case 'settings.edit':
      case 'settings.revert':
      case 'settings.resolve':
      case 'settings.save':
      case 'settings.undo':
      case 'settings.export':
      case 'settings.compare':
      case 'settings.apply':
      case 'settings.compare-end':
      case 'settings.dismiss':
      case 'profile.open':
      case 'profile.edit':
      case 'profile.revert':
      case 'profile.save':
      case 'profile.undo':
      case 'profile.check-email':
      case 'profile.dismiss':
      case 'delegates.open':
      case 'delegates.add':
      case 'delegates.remove':
      case 'delegates.remove-all':
      case 'delegates.dismiss':
      case 'zak.copy':
      case 'zak.clear':
      case 'zak.start-room':
      case 'zak.dismiss':
        return runDesk(action);
      case 'preferences.set':
        files.savePreferences({ ...files.preferences(), ...defined(action.patch) });
        publish();
        return accepted;
      case 'notice.dismiss':
        dismissed.add(action.id);
        publish();
        return accepted;
      case 'clipboard.copy':
        shell.copy(action.text);
        return accepted;
      case 'web.open':
        shell.openPage(action.page);
        return accepted;
      case 'window.open':
        shell.openWindow(action.screen, action.search);
        return accepted;
      case 'app.quit':
        shell.quit();
        return accepted;
      default:
        return accounts.run(action);
    }
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run,
    connect: accounts.connect,
    media: async () => accounts.active()?.media(),
    advanced: async () => accounts.active()?.advanced(),
    addNotice,
    removeNotice,
    watch: accounts.watch,
    wake: accounts.wake,
    stop: accounts.stop,
  };
}

const tooShort = tallyError('invalid-input', 'Zoom takes do not disturb for 20 minutes or longer.');

function notConnected(account: AccountView): TallyError {
  return account.phase === 'failed'
    ? account.error
    : tallyError('not-signed-in', 'Tally is not connected to Zoom yet.');
}
