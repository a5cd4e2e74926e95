import type { Action } from '../../shared/actions.ts';
import type { AppAction, Notice } from '../../shared/app.ts';
import type { Result } from '../../shared/errors.ts';
import type { MqttAction } from '../../shared/mqtt.ts';
import type { OutwardsAction } from '../../shared/outwards.ts';
import type { PresetsAction } from '../../shared/presets.ts';
import { type RefusedShortcuts, type ShortcutTriggers, shortcutWords } from '../../shared/shortcut.ts';
import type { Snapshot } from '../../shared/state.ts';
import { shortcuts as t } from '../../shared/words/en/shortcuts.ts';
import { type AccountsDeps, createAccounts } from './accounts/accounts.ts';
import { type ByType, byType } from './feature.ts';
import { defined } from './lib/defined.ts';
import { createMqtt, type MqttDeps } from './mqtt/mqtt.ts';
import { createNotifications } from './notifications/notifications.ts';
import { createOutwards } from './outwards/outwards.ts';
import type { DesktopQuiet, LoginItem, Notifier, RunProgram, Shell } from './ports.ts';
import { createPresets } from './presets/presets.ts';
import { createUpdates, type UpdatesDeps } from './updates/updates.ts';

export interface TallyDeps
  extends Omit<AccountsDeps, 'changed' | 'notice' | 'removeNotice' | 'copy' | 'watchQuiet'> {
  readonly shell: Shell;
  readonly notifier: Notifier;
  readonly runProgram: RunProgram;
  /** The way to brokers; a test may have one of its own. */
  readonly broker?: MqttDeps['broker'];
  readonly quiet: DesktopQuiet;
  /** Absent where nothing is installed that could be started. */
  readonly loginItem?: LoginItem | undefined;
  /** Absent where nobody is to be asked for newer versions. */
  readonly releases?: Pick<UpdatesDeps, 'version' | 'feed' | 'memory'> | undefined;
}

export type Tally = ReturnType<typeof createTally>;

/** The whole app without its desktop: one state, one list of actions. Nothing is sent before `connect`. */
export function createTally(deps: TallyDeps) {
  const { files, shell, loginItem } = deps;
  let startsAtLogin = loginItem?.isOn();
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let version = 1;
  const dismissed = new Set<string>();
  const added = new Map<Notice['id'], Notice>();
  let refusedShortcuts: RefusedShortcuts = {};
  let shortcutTriggers: ShortcutTriggers = {};
  let ready = false;
  const outwards = createOutwards({ ...deps, changed: publish });
  const accounts = createAccounts({
    ...deps,
    watchQuiet: outwards.watchQuiet,
    copy: shell.copy,
    changed: publish,
    notice: addNotice,
    removeNotice,
  });
  const presets = createPresets({ ...deps, preferences: files.preferences, changed: publish });
  const mqtt = createMqtt({ ...deps, changed: publish });
  const notifications = createNotifications({
    ...deps,
    preferences: files.preferences,
    moments: accounts.moments,
    run: runFor,
  });
  const updates =
    deps.releases &&
    createUpdates({
      ...deps,
      ...deps.releases,
      isWanted: () => files.preferences().checkUpdates,
      changed: publish,
    });
  ready = true;
  let snapshot = build();

  function build(): Snapshot {
    // One notice an id. One that went away and comes back is news again, dismissed or not.
    const present = new Map<string, Notice>();
    for (const notice of [...files.notices(), ...added.values()]) present.set(notice.id, notice);
    for (const id of dismissed) if (!present.has(id)) dismissed.delete(id);
    const signIn = accounts.signIn();
    const offer = accounts.offer();
    const signedOut = accounts.signedOut();
    const newer = updates?.available();
    return {
      version,
      account: accounts.view(),
      accounts: accounts.list(),
      ...(signIn && { signIn }),
      ...(offer && { offer }),
      ...(signedOut !== undefined && { signedOut }),
      connecting: accounts.connecting(),
      ...accounts.features(),
      presets: presets.view(),
      outwards: outwards.view(),
      mqtt: mqtt.view(),
      preferences: files.preferences(),
      ...(updates && { update: newer === undefined ? {} : { version: newer } }),
      ...(startsAtLogin !== undefined && { startsAtLogin }),
      ...(Object.keys(refusedShortcuts).length > 0 && { refusedShortcuts }),
      ...(Object.keys(shortcutTriggers).length > 0 && { shortcutTriggers }),
      notices: [...present.values()].filter(({ id }) => !dismissed.has(id)),
    };
  }

  function publish(): void {
    if (!ready) return;
    version += 1;
    askAboutLogin();
    snapshot = build();
    for (const listener of listeners) listener(snapshot);
    notifications.changed();
    outwards.look(snapshot);
    mqtt.look(snapshot);
  }

  /** Once somebody has connected an account of their own: timers need a Tally that runs. */
  function askAboutLogin(): void {
    const { phase, ...account } = accounts.view();
    const isOwn = phase === 'connected' && 'practice' in account && !account.practice;
    if (isOwn && startsAtLogin === false && !files.preferences().askedAtLogin) added.set(atLogin.id, atLogin);
    else added.delete(atLogin.id);
  }

  function answeredAboutLogin(): void {
    if (!files.preferences().askedAtLogin)
      files.savePreferences({ ...files.preferences(), askedAtLogin: true });
  }

  function addNotice(notice: Notice): void {
    added.set(notice.id, notice);
    publish();
  }

  function removeNotice(id: Notice['id']): void {
    if (added.delete(id)) publish();
  }

  const app = {
    'preferences.set'({ patch }) {
      files.savePreferences({ ...files.preferences(), ...defined(patch) });
      updates?.look();
      publish();
    },
    'login.set'({ on }) {
      answeredAboutLogin();
      const isTaken = loginItem?.set(on) ?? false;
      startsAtLogin = loginItem?.isOn();
      if (isTaken && startsAtLogin === on) added.delete(notTaken.id);
      else added.set(notTaken.id, notTaken);
      publish();
    },
    'notice.dismiss'({ id }) {
      if (id === atLogin.id) answeredAboutLogin();
      dismissed.add(id);
      publish();
    },
    'clipboard.copy': ({ text }) => shell.copy(text),
    'web.open': ({ page }) => shell.openPage(page),
    'licenses.open': shell.openLicenses,
    'window.open': ({ screen, search }) => shell.openWindow(screen, search),
    'window.close': shell.closeWindow,
    'app.quit': shell.quit,
  } satisfies ByType<AppAction>;
  const runApp = byType<AppAction>(app);
  const isApp = (action: Action): action is AppAction => Object.hasOwn(app, action.type);

  const isPresets = (action: Action): action is PresetsAction => action.type.startsWith('presets.');

  const isOutwards = (action: Action): action is OutwardsAction => action.type.startsWith('outwards.');

  const isMqtt = (action: Action): action is MqttAction => action.type.startsWith('mqtt.');

  function run(action: Action): Result<null> {
    if (isApp(action)) return runApp(action);
    if (isPresets(action)) return presets.run(action);
    if (isOutwards(action)) return outwards.run(action);
    if (isMqtt(action)) return mqtt.run(action);
    const { current } = snapshot.presence;
    const result = accounts.run(action);
    if (result.ok) presets.chosen(action, current);
    return result;
  }

  /** Does something for an account, whichever is the active one. */
  function runFor(key: string, action: Action): void {
    if (accounts.runFor(key, action)) return;
    accounts.run({ type: 'account.switch', key });
    run(action);
  }

  return {
    snapshot: () => snapshot,
    /** Calls back with each new snapshot; returns the unsubscribe function. */
    subscribe(listener: (snapshot: Snapshot) => void): () => void {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    /** Does one action. `ok` means accepted; what comes of it shows in the snapshots. */
    run,
    /** Connects the accounts there are. */
    connect(): Promise<void> {
      updates?.look();
      return accounts.connect();
    },
    /** Takes the content of a file as a setup, or why it could not be read; shows in the snapshots. */
    offerSetup: accounts.offerSetup,
    /** A feature of the active account, for what goes beyond actions; none until it is connected. */
    feature: accounts.feature,
    addNotice,
    removeNotice,
    /** The shortcuts that the system does not give, of those that are wanted now, and how it says that others are pressed. */
    refuseShortcuts(shortcuts: RefusedShortcuts, triggers: ShortcutTriggers = {}): void {
      refusedShortcuts = shortcuts;
      shortcutTriggers = triggers;
      // What the person is being asked, or has answered, is no news to them.
      const news = Object.entries(shortcuts).filter(([, why]) => why !== 'asking' && why !== 'declined');
      const keys = news.map(([one]) => shortcutWords(one));
      added.delete('shortcut');
      // Others are news, whatever was dismissed.
      dismissed.delete('shortcut');
      if (keys.length > 0)
        added.set('shortcut', { id: 'shortcut', title: t.notAvailable(keys), detail: t.inPreferences });
      publish();
    },
    /** Whether a window shows the state right now. */
    watch(visible: boolean): void {
      accounts.watch(visible);
      const now = visible ? loginItem?.isOn() : startsAtLogin;
      if (now === startsAtLogin) return;
      startsAtLogin = now;
      publish();
    },
    /** After sleep or a change of the clock. Safe to call twice. */
    wake(): void {
      accounts.wake();
      notifications.wake();
      mqtt.wake();
    },
    /** Ends everything; resolves when what was lent to this computer (the clipboard, its do not disturb) is taken back. */
    async stop(): Promise<void> {
      notifications.stop();
      mqtt.stop();
      updates?.stop();
      await Promise.all([outwards.stop(), accounts.stop()]);
    },
  };
}

const atLogin: Notice = {
  id: 'start-at-login',
  title: 'Start Tally when you log in?',
  detail:
    'It waits in the tray, so your status and its timers are there from the start. Preferences can change it later.',
};

const notTaken: Notice = {
  id: 'login-not-set',
  title: 'Your system didn’t take the change',
  detail:
    'Whether Tally starts at login can be set in your system’s settings, too, under login or startup apps.',
};
