import type { AccountView } from '../../../shared/accounts.ts';
import { isBlocked } from '../../../shared/blocked.ts';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { missingOperations } from '../../../shared/zoom/scopes.ts';
import type { FeatureDeps } from '../feature.ts';
import { startWait } from '../lib/alarm.ts';
import type { AccountSource, Connection, TokenResult, ZoomSession } from '../ports.ts';
import { ends } from '../sign-in/ends.ts';
import { createZoomClient, type ZoomClient } from '../zoom/client.ts';
import { createFeatureSet, type FeatureAction } from './feature-set.ts';
import type { FeatureName } from './features.ts';
import { cut, longestId } from './stored.ts';

/** A connection that failed for a passing reason is tried again after so long, doubling from the first to the last, in ms. */
const again = { first: 5_000, last: 5 * 60_000 } as const;
const passing: readonly TallyError['kind'][] = ['network', 'timeout', 'zoom-down', 'rate-limit'];
/** Whether Zoom takes an app again that it refuses is asked so often, in ms: somebody has to do something about it first. */
const blockedAgain = 60 * 60_000;

interface Identity {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

export interface AccountDeps extends Omit<FeatureDeps, 'own' | 'zoom' | 'apiUrl' | 'changedAtZoom'> {
  readonly source: AccountSource;
  random(): number;
  /** Zoom has said who this is. */
  identified(identity: Identity): void;
  /** The sign-in is over: only a new one helps. */
  ended(error: TallyError): void;
}

type ShownAccount = AccountView & { phase: 'connecting' | 'failed' | 'connected' };

export type Account = ReturnType<typeof createAccount>;

/** One account from connecting to signing out; several live side by side, and each knows nothing of the others. */
export function createAccount(deps: AccountDeps) {
  const { key, clock, network } = deps;
  const { practice } = deps.source;
  let view: ShownAccount = { phase: 'connecting', key, practice };
  let zoom: ZoomClient | undefined;
  let connection: Connection | undefined;
  let connecting: Promise<void> | undefined;
  let stopped = false;
  let pause = again.first as number;
  let cancelRetry = () => {};

  function become(next: ShownAccount): void {
    view = next;
    if (!stopped) deps.changed();
  }

  async function attempt(): Promise<void> {
    cancelRetry();
    if (view.phase !== 'connecting') become({ phase: 'connecting', key, practice });
    const error = await open().catch(() => failedInside);
    if (stopped || !error) return;
    fail(error);
  }

  function fail(error: TallyError): void {
    become({ phase: 'failed', key, practice, error });
    if (stopped) return;
    if (isBlocked(error)) cancelRetry = startWait(clock, blockedAgain, () => void connect());
    else if (passing.includes(error.kind)) retryLater(error.retryAt);
  }

  function retryLater(retryAt = 0): void {
    const wait = Math.max(pause * (1 + deps.random() / 2), retryAt - clock.now());
    pause = Math.min(pause * 2, again.last);
    cancelRetry = startWait(clock, wait, () => void connect());
  }

  async function open(): Promise<TallyError | undefined> {
    const opened = await deps.source.connect(() => {
      if (view.phase === 'connecting') become({ ...view, waitsFor: 'keychain' });
    });
    if (!opened.ok) return opened.error;
    if (stopped) return undefined;
    connection = opened.value;
    const { apiUrl } = connection;
    const session = watchEnd(connection.session, halt);
    zoom = createZoomClient({ clock, network, session, apiUrl, random: deps.random });
    const identity = await identify(zoom);
    if (!identity.ok) {
      const error = identity.error.kind === 'not-found' ? ends.person : identity.error;
      if (!stopped && error.action === 'sign-in') deps.ended(error);
      return error;
    }
    if (stopped) return undefined;
    const { id, name, email } = identity.value;
    await features.begin({ id, email });
    pause = again.first;
    deps.identified({ id, name, email });
    const missing = missingOperations(connection.scope());
    become({ phase: 'connected', key, practice, id, email, name, missing });
    features.wake();
    // The practice account has a face from the start: nobody is asked for it.
    if (connection.examples) features.run({ type: 'picture.open' });
    return undefined;
  }

  /** Some call has found that Zoom no longer takes the sign-in or its app, or that the keychain must be able to keep the next one first. */
  function halt(error: TallyError): void {
    if (view.phase !== 'connected') return;
    features.end();
    fail(error);
    if (!stopped && error.action === 'sign-in') deps.ended(error);
  }

  /** A new connection brings a new client; what was begun with the former one lives on. */
  const current: Pick<ZoomClient, 'call'> = {
    async call(id, ...given) {
      const outcome = await (zoom as ZoomClient).call(id, ...given);
      if (!outcome.ok && outcome.error.kind === 'missing-scope') lacks(id, outcome.error.scopes ?? []);
      return outcome;
    },
  };

  /**
   * Zoom has refused something for want of a scope, whatever it told at the sign-in. Scopes of administrators say nothing of what a
   * user-managed app lacks: a call about somebody else needs them.
   */
  function lacks(operation: OperationId, scopes: readonly string[]): void {
    const possible = scopes.filter((scope) => !scope.endsWith(':admin'));
    if (view.phase !== 'connected' || possible.length === 0) return;
    if (view.missing.some((one) => one.operation === operation)) return;
    become({ ...view, missing: [...view.missing, { operation, scopes: possible }] });
  }

  const features = createFeatureSet({
    ...deps,
    zoom: current,
    apiUrl: () => connection?.apiUrl() ?? '',
    examples: () => connection?.examples,
    changed() {
      if (!stopped) deps.changed();
    },
  });

  /** Connects, unless it is connected or on the way. */
  function connect(): Promise<void> {
    if (stopped || view.phase === 'connected') return Promise.resolve();
    connection?.retryNow();
    connecting ??= attempt().finally(() => {
      connecting = undefined;
    });
    return connecting;
  }

  return {
    view: () => view,
    /** What was opened of its features, and its presence. */
    features: features.views,
    /** Does an action of a feature, which is made (and loaded) at first use. Refused until the account is connected. */
    run: (action: FeatureAction): Result<null> =>
      view.phase === 'connected' ? features.run(action) : { ok: false, error: notConnected(view) },
    /** A feature for what goes beyond actions; none until the account is connected. */
    feature: async <N extends FeatureName>(name: N) =>
      view.phase === 'connected' ? features.get(name) : undefined,
    connect,
    watch: features.watch,
    /** After sleep, or with the network back. */
    wake(): void {
      // Pooled connections do not survive sleep; the next call opens new ones.
      zoom?.dropConnections();
      connection?.retryNow();
      features.wake();
      if (view.phase === 'failed' && view.error.action !== 'sign-in') void connect();
    },
    async stop(): Promise<void> {
      stopped = true;
      cancelRetry();
      await features.stop();
    },
  };
}

/** A session that also tells of a sign-in that has ended, whose app is refused, or that waits for the keychain, whichever call finds it so. */
function watchEnd(session: ZoomSession, halted: (error: TallyError) => void): ZoomSession {
  const halts = (error: TallyError) =>
    error.action === 'sign-in' || error.kind === 'keychain' || isBlocked(error);
  const tell = (result: TokenResult): TokenResult => {
    if (!result.ok && halts(result.error)) halted(result.error);
    return result;
  };
  return {
    accessToken: async () => tell(await session.accessToken()),
    refresh: async (used) => tell(await session.refresh(used)),
  };
}

/** Asks Zoom whose sign-in this is. */
export async function identify(zoom: Pick<ZoomClient, 'call'>): Promise<Result<Identity>> {
  const user = await zoom.call('user');
  if (!user.ok) return user;
  const { id, email, first_name, last_name, display_name } = user.data;
  if (!isText(id) || id.length > longestId || !isText(email)) return { ok: false, error: noIdentity };
  const name =
    [display_name].find(isText) || [first_name, last_name].filter(isText).join(' ').trim() || email;
  return { ok: true, value: { id, name: cut(name), email: cut(email) } };
}

/** The catalogue's types are what Zoom promises; what stands in an answer is another matter. */
function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

const failedInside = tallyError('internal', 'Tally couldn’t connect to Zoom.');

const noIdentity = tallyError('bad-answer', 'Zoom didn’t say whose account this is.');

/** Why nothing can be asked of an account. */
export function notConnected(view: AccountView): TallyError {
  return view.phase === 'failed'
    ? view.error
    : tallyError('not-signed-in', 'Tally isn’t connected to Zoom yet.');
}
