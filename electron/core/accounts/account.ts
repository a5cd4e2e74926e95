import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import type { AccountView, Notice, PresenceView } from '../../../shared/state.ts';
import { missingOperations } from '../../../shared/zoom/scopes.ts';
import type { Advanced } from '../advanced/advanced.ts';
import type { AccountMedia } from '../media/account-media.ts';
import type {
  AccountSource,
  CallFiles,
  Clipboard,
  Clock,
  Connection,
  Disk,
  Documents,
  Files,
  Media,
  Network,
  Pages,
  ZoomSession,
} from '../ports.ts';
import { createPresenceRunner, type PresenceRunner } from '../presence/runner.ts';
import { readPresence, storePresence } from '../presence/stored.ts';
import { createZoomClient, type ZoomClient } from '../zoom/client.ts';
import type { Desk } from './desk.ts';
import { readAnew } from './read-anew.ts';

/** A connection that failed for a passing reason is tried again after so long, doubling from the first to the last, in ms. */
const again = { first: 5_000, last: 5 * 60_000 } as const;
const passing: readonly TallyError['kind'][] = ['network', 'timeout', 'zoom-down', 'rate-limit'];

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface AccountDeps {
  readonly key: string;
  readonly source: AccountSource;
  readonly clock: Clock;
  readonly network: Network;
  readonly files: Files;
  readonly disk: Disk;
  readonly pictures: Media;
  readonly clipboard: Clipboard;
  readonly documents: Documents;
  readonly pages: Pages;
  readonly calls: CallFiles;
  random(): number;
  changed(): void;
  /** Zoom has said who this is. */
  identified(identity: Identity): void;
  /** Zoom has ended the sign-in: only a new one helps. */
  ended(): void;
  notice(notice: Notice): void;
}

/** One account from connecting to signing out; several live side by side, and each knows nothing of the others. */
export interface Account {
  readonly key: string;
  readonly practice: boolean;
  view(): AccountView & { phase: 'connecting' | 'failed' | 'connected' };
  presence(): PresenceView;
  /** The status and its timers; none until the account is connected. */
  service(): PresenceRunner | undefined;
  /** Its backgrounds and picture, made (and loaded) at first use; none until the account is connected. */
  media(): Promise<AccountMedia | undefined>;
  /** Its settings, profile and tokens, made (and loaded) at first use; none until the account is connected. */
  desk(): Promise<Desk | undefined>;
  /** Any call by hand, made (and loaded) at first use; none until the account is connected. */
  advanced(): Promise<Advanced | undefined>;
  /** What was opened of all these so far. */
  opened(): ReturnType<AccountMedia['view']> & ReturnType<Desk['view']>;
  /** Connects, unless it is connected or on the way. */
  connect(): Promise<void>;
  watch(watched: boolean): void;
  /** After sleep, or with the network back. */
  wake(): void;
  stop(): Promise<void>;
}

export function createAccount(deps: AccountDeps): Account {
  const { key, clock, network, files } = deps;
  const { practice } = deps.source;
  let view: ReturnType<Account['view']> = { phase: 'connecting', key, practice };
  let service: PresenceRunner | undefined;
  let zoom: ZoomClient | undefined;
  let media: AccountMedia | undefined;
  let desk: Desk | undefined;
  let advanced: Advanced | undefined;
  let connection: Connection | undefined;
  let connecting: Promise<void> | undefined;
  let watched = false;
  let stopped = false;
  let pause = again.first as number;
  let cancelRetry = () => {};
  const unknown = readPresence(undefined, clock.now()).state;

  function become(next: typeof view): void {
    view = next;
    if (!stopped) deps.changed();
  }

  async function attempt(): Promise<void> {
    cancelRetry();
    if (view.phase !== 'connecting') become({ phase: 'connecting', key, practice });
    const error = await open().catch(() => failedInside);
    if (stopped || !error) return;
    become({ phase: 'failed', key, practice, error });
    if (error.action === 'sign-in') deps.ended();
    else if (passing.includes(error.kind)) retryLater(error.retryAt);
  }

  function retryLater(retryAt = 0): void {
    const wait = Math.max(pause * (1 + deps.random() / 2), retryAt - clock.now());
    pause = Math.min(pause * 2, again.last);
    cancelRetry = clock.setTimeout(() => void connect(), wait);
  }

  async function open(): Promise<TallyError | undefined> {
    const opened = await deps.source.connect(() => {
      if (view.phase === 'connecting') become({ ...view, waitsFor: 'keychain' });
    });
    if (!opened.ok) return opened.error;
    if (stopped) return undefined;
    connection = opened.value;
    const { apiUrl } = connection;
    const session = watchEnd(connection.session);
    zoom = createZoomClient({ clock, network, session, apiUrl, random: deps.random });
    const identity = await identify(zoom);
    if (!identity.ok) return identity.error;
    if (stopped) return undefined;
    const { id, name, email } = identity.value;
    service = startPresence(id, zoom);
    pause = again.first;
    deps.identified({ id, name, email });
    become({
      phase: 'connected',
      key,
      practice,
      id,
      email,
      name,
      missing: missingOperations(connection.scope()),
    });
    service.watch(watched);
    service.wake();
    return undefined;
  }

  /** A call of whatever kind that finds the sign-in ended ends the account's connection, with the reason shown. */
  function watchEnd(session: ZoomSession): ZoomSession {
    const watch =
      (ask: () => ReturnType<ZoomSession['accessToken']>) =>
      async (): ReturnType<ZoomSession['accessToken']> => {
        const result = await ask();
        if (!result.ok && result.error.action === 'sign-in' && view.phase === 'connected') {
          service?.stop();
          service = undefined;
          become({ phase: 'failed', key, practice, error: result.error });
          if (!stopped) deps.ended();
        }
        return result;
      };
    return {
      accessToken: watch(() => session.accessToken()),
      refresh: (used) => watch(() => session.refresh(used))(),
    };
  }

  function startPresence(id: string, client: ZoomClient): PresenceRunner {
    const stored = readPresence(files.presence(id), clock.now());
    if (!stored.ok) deps.notice(presenceReset);
    return createPresenceRunner({
      clock,
      zoom: client,
      initial: stored.state,
      save: (state) => files.savePresence(id, storePresence(state, clock.now())),
      changed: deps.changed,
    });
  }

  /** A new connection brings a new client; what was begun with the former one lives on. */
  const current: Pick<ZoomClient, 'call'> = { call: (...given) => (zoom as ZoomClient).call(...given) };

  async function openMedia(): Promise<AccountMedia | undefined> {
    if (media || stopped || view.phase !== 'connected') return media;
    const { createAccountMedia } = await import('../media/account-media.ts');
    if (stopped) return undefined;
    media ??= createAccountMedia({
      key,
      clock,
      network,
      files,
      disk: deps.disk,
      media: deps.pictures,
      zoom: current,
      apiUrl: () => connection?.apiUrl() ?? '',
      changed,
    });
    return media;
  }

  async function openDesk(): Promise<Desk | undefined> {
    if (desk || stopped || view.phase !== 'connected') return desk;
    const { id, email } = view;
    const { createDesk } = await import('./desk.ts');
    if (stopped) return undefined;
    const { clipboard, documents, pages } = deps;
    desk ??= createDesk({
      key,
      own: { id, email },
      clock,
      files,
      clipboard,
      documents,
      pages,
      zoom: current,
      changed,
    });
    return desk;
  }

  async function openAdvanced(): Promise<Advanced | undefined> {
    if (advanced || stopped || view.phase !== 'connected') return advanced;
    const { id, email } = view;
    const { createAdvanced } = await import('../advanced/advanced.ts');
    if (stopped) return undefined;
    advanced ??= createAdvanced({
      key,
      own: { id, email },
      clock,
      zoom: current,
      apiUrl: () => connection?.apiUrl() ?? '',
      disk: deps.disk,
      clipboard: deps.clipboard,
      documents: deps.documents,
      calls: deps.calls,
      files,
      changedAtZoom: (group) => readAnew(group, service, media, desk),
    });
    return advanced;
  }

  function changed(): void {
    if (!stopped) deps.changed();
  }

  function connect(): Promise<void> {
    if (stopped || view.phase === 'connected') return Promise.resolve();
    connection?.retryNow();
    connecting ??= attempt().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  return {
    key,
    practice,
    view: () => view,
    presence: () => service?.view() ?? unknown,
    service: () => service,
    media: openMedia,
    desk: openDesk,
    advanced: openAdvanced,
    opened: () => ({ ...media?.view(), ...desk?.view() }),
    connect,
    watch(now) {
      watched = now;
      service?.watch(now);
    },
    wake() {
      // Pooled connections do not survive sleep; the next call opens new ones.
      zoom?.dropConnections();
      connection?.retryNow();
      media?.wake();
      desk?.wake();
      advanced?.wake();
      if (service) service.wake();
      else if (view.phase === 'failed' && view.error.action !== 'sign-in') void connect();
    },
    async stop() {
      stopped = true;
      cancelRetry();
      service?.stop();
      media?.stop();
      await Promise.all([desk?.stop(), advanced?.stop()]);
    },
  };
}

/** Asks Zoom whose sign-in this is. */
export async function identify(zoom: Pick<ZoomClient, 'call'>): Promise<Result<Identity>> {
  const user = await zoom.call('user');
  if (!user.ok) return user;
  const { id, email, first_name, last_name, display_name } = user.data;
  if (!isText(id) || !isText(email)) return { ok: false, error: noIdentity };
  const name =
    [display_name].find(isText) || [first_name, last_name].filter(isText).join(' ').trim() || email;
  return { ok: true, value: { id, name, email } };
}

/** The catalogue's types are what Zoom promises; what stands in an answer is another matter. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

const failedInside = tallyError('internal', 'Tally could not connect to Zoom.');

const noIdentity = tallyError('bad-answer', 'Zoom did not say whose account this is.');

const presenceReset: Notice = {
  id: 'presence-reset',
  title: 'A timer may have been lost',
  detail: 'The file with the last status could not be read. Tally asks Zoom for the status instead.',
};
