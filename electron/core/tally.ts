import type { Action } from '../../shared/actions.ts';
import { type TallyError, tallyError } from '../../shared/errors.ts';
import type { Result } from '../../shared/ipc.ts';
import type { AccountView, Notice, PresenceView, Snapshot } from '../../shared/state.ts';
import { dndMinutes } from '../../shared/zoom/presence.ts';
import type { AccountSource, Clock, Files, Shell } from './ports.ts';
import { msUntilMorning } from './presence/morning.ts';
import { createPresence, type PresenceService } from './presence/service.ts';
import { readPresence, storePresence } from './presence/stored.ts';
import { createZoomClient, type ZoomClient } from './zoom/client.ts';

export interface TallyDeps {
  readonly clock: Clock;
  readonly files: Files;
  /** The account to connect at the start; none yet: the welcome screen offers `practice`. */
  readonly account?: AccountSource;
  readonly practice: AccountSource;
  readonly shell: Shell;
  random(): number;
}

/** The whole app without its desktop: one state, one list of actions. */
export interface Tally {
  snapshot(): Snapshot;
  /** Calls back with each new snapshot; returns the unsubscribe function. */
  subscribe(listener: (snapshot: Snapshot) => void): () => void;
  /** Does one action. `ok` means accepted; what comes of it shows in the snapshots. */
  run(action: Action): Result<null>;
  /** Connects the account, where there is one. */
  connect(): Promise<void>;
  addNotice(notice: Notice): void;
  removeNotice(id: Notice['id']): void;
  /** Whether a window shows the state right now. */
  watch(watched: boolean): void;
  /** After sleep or a change of the clock. Safe to call twice. */
  wake(): void;
  stop(): void;
}

const accepted: Result<null> = { ok: true, value: null };

/** Puts the parts together. Nothing is sent before `connect`. */
export function createTally(deps: TallyDeps): Tally {
  const { clock, files } = deps;
  let source = deps.account;
  const listeners = new Set<(snapshot: Snapshot) => void>();
  let version = 1;
  let account: AccountView = { phase: 'none' };
  let service: PresenceService | undefined;
  let zoom: ZoomClient | undefined;
  let connecting = false;
  let watched = false;
  let stopped = false;
  const dismissed = new Set<string>();
  const added = new Map<Notice['id'], Notice>();
  const noPresence: PresenceView = readPresence(undefined, clock.now()).state;
  let snapshot = build();

  function build(): Snapshot {
    // One notice an id. One that went away and comes back is news again, dismissed or not.
    const present = new Map<string, Notice>();
    for (const notice of [...files.notices(), ...added.values()]) present.set(notice.id, notice);
    for (const id of dismissed) if (!present.has(id)) dismissed.delete(id);
    const notices = [...present.values()].filter(({ id }) => !dismissed.has(id));
    const presence = service?.view() ?? noPresence;
    return { version, account, presence, preferences: files.preferences(), notices };
  }

  function publish(): void {
    version += 1;
    snapshot = build();
    for (const listener of listeners) listener(snapshot);
  }

  async function connect(): Promise<void> {
    if (!source || connecting || account.phase === 'connected') return;
    const { practice } = source;
    connecting = true;
    account = { phase: 'connecting', practice };
    publish();
    account = await signIn(source).catch(
      (): AccountView => ({ phase: 'failed', practice, error: failedInside }),
    );
    connecting = false;
    publish();
    if (stopped || account.phase !== 'connected') return;
    service?.watch(watched);
    service?.wake();
  }

  /** Leaves an account whose sign-in Zoom has stopped taking, so that it is signed in to anew; one that works stays. */
  function leaveIfRefused(): void {
    if (service?.view().failed?.error.action !== 'sign-in') return;
    service.stop();
    service = undefined;
    account = { phase: 'none' };
  }

  async function signIn({ practice, connect: open }: AccountSource): Promise<AccountView> {
    const connection = await open();
    if (!connection.ok) return { phase: 'failed', practice, error: connection.error };
    const { apiUrl, session } = connection.value;
    zoom = createZoomClient({ clock, session, apiUrl: () => apiUrl, random: deps.random });
    const user = await zoom.call('user');
    if (!user.ok) return { phase: 'failed', practice, error: user.error };
    const { id, email, first_name, last_name, display_name } = user.data;
    if (!isText(id) || !isText(email)) return { phase: 'failed', practice, error: noIdentity };
    if (stopped) return { phase: 'none' };
    service = startPresence(id, zoom);
    const name =
      [display_name].find(isText) || [first_name, last_name].filter(isText).join(' ').trim() || email;
    return { phase: 'connected', practice, id, email, name };
  }

  function startPresence(id: string, client: ZoomClient): PresenceService {
    const stored = readPresence(files.presence(id), clock.now());
    if (!stored.ok) added.set('presence-reset', presenceReset);
    return createPresence({
      clock,
      zoom: client,
      initial: stored.state,
      save: (state) => files.savePresence(id, storePresence(state, clock.now())),
      changed: publish,
    });
  }

  function setPresence(
    action: Extract<Action, { type: 'presence.set' }>,
    presence: PresenceService,
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
    if (!service) return { ok: false, error: notConnected(account) };
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

  function run(action: Action): Result<null> {
    switch (action.type) {
      case 'account.reconnect':
        leaveIfRefused();
        void connect();
        return accepted;
      case 'account.practice':
        // The welcome screen offers it; a connected account is not left by it.
        if (account.phase === 'connected') return accepted;
        source = deps.practice;
        void connect();
        return accepted;
      case 'preferences.set':
        files.savePreferences({ ...files.preferences(), ...definedOnly(action.patch) });
        publish();
        return accepted;
      case 'notice.dismiss':
        dismissed.add(action.id);
        publish();
        return accepted;
      case 'window.open':
        deps.shell.openWindow(action.screen);
        return accepted;
      case 'app.quit':
        deps.shell.quit();
        return accepted;
      default:
        return runPresence(action);
    }
  }

  return {
    snapshot: () => snapshot,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    run,
    connect,
    addNotice(notice) {
      added.set(notice.id, notice);
      publish();
    },
    removeNotice(id) {
      if (added.delete(id)) publish();
    },
    watch(now) {
      watched = now;
      service?.watch(now);
    },
    wake() {
      // Pooled connections do not survive sleep; the next call opens new ones.
      zoom?.dropConnections();
      if (service) service.wake();
      else if (account.phase === 'failed') void connect();
    },
    stop() {
      stopped = true;
      service?.stop();
    },
  };
}

/** A patch whose undefined entries mean "leave it". */
function definedOnly<T extends object>(patch: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** The catalogue's types are what Zoom promises; what stands in an answer is another matter. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

const failedInside = tallyError('internal', 'Tally could not connect to Zoom.');

const noIdentity = tallyError('bad-answer', 'Zoom did not say whose account this is.');

const tooShort = tallyError('invalid-input', 'Zoom takes do not disturb for 20 minutes or longer.');

const presenceReset: Notice = {
  id: 'presence-reset',
  title: 'A timer may have been lost',
  detail: 'The file with the last status could not be read. Tally asks Zoom for the status instead.',
};

function notConnected(account: AccountView): TallyError {
  return account.phase === 'failed'
    ? account.error
    : tallyError('not-signed-in', 'Tally is not connected to Zoom yet.');
}
