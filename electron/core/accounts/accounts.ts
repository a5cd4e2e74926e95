import type { Action } from '../../../shared/actions.ts';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import type { AccountSummary, AccountView, Notice, SignInView } from '../../../shared/state.ts';
import { historyKey } from '../advanced/history-key.ts';
import { accepted, type FeatureDeps } from '../feature.ts';
import type { AccountSource, Browser } from '../ports.ts';
import { createGrants, type GrantsDeps, type ZoomApp } from '../sign-in/grants.ts';
import type { Tokens } from '../sign-in/oauth.ts';
import { createSignIn } from '../sign-in/sign-in.ts';
import { createZoomClient } from '../zoom/client.ts';
import { type Account, createAccount, type FeatureAction, identify, notConnected } from './account.ts';
import type { FeatureName, Features } from './features.ts';
import { type AccountRecord, type Leaving, readAccounts, ringColours } from './stored.ts';

type AccountAction = Extract<Action, { type: `account.${string}` }>;

export interface AccountsDeps
  extends Pick<GrantsDeps, 'clouds' | 'vault' | 'secrets' | 'random'>,
    Omit<FeatureDeps, 'key' | 'own' | 'zoom' | 'apiUrl' | 'changedAtZoom'> {
  readonly browser: Browser;
  readonly practice: AccountSource;
  /** An account that this run was started with (TALLY_ZOOM_TOKEN); it is not kept. */
  readonly given?: AccountSource;
  /** Started with `--practice`. */
  readonly startPractice?: boolean;
  /** The practice account was signed out of. */
  closePractice(): void;
  /** A path for the redirect address, of characters that need no encoding; asked once for an installation. */
  newRedirectPath(): string;
  /** Puts a text on the clipboard. */
  copy(text: string): void;
  removeNotice(id: Notice['id']): void;
}

export interface Accounts {
  view(): AccountView;
  /** What the features of the active account show. */
  features(): ReturnType<Account['features']> | undefined;
  /** A feature of the active account; none until it is connected. */
  feature<N extends FeatureName>(name: N): Promise<Features[N] | undefined>;
  list(): readonly AccountSummary[];
  signIn(): SignInView | undefined;
  redirectUri(): string;
  /** Connects all accounts, the active one first. */
  connect(): Promise<void>;
  run(action: AccountAction | FeatureAction): Result<null>;
  watch(watched: boolean): void;
  wake(): void;
  stop(): Promise<void>;
}

const practiceKey = 'practice';
const givenKey = 'given';

/** Every account that Tally knows: one is active, all of them live on, so that their timers do and switching is instant. */
export function createAccounts(deps: AccountsDeps): Accounts {
  const { clock, network, files } = deps;
  const stored = readAccounts(files.accounts());
  if (!stored.ok) deps.notice(accountsReset);
  let records: readonly AccountRecord[] = stored.accounts;
  let leaving: readonly Leaving[] = stored.leaving;
  let redirectPath = stored.redirectPath;
  let activeKey = stored.active;
  let watched = false;
  let stopped = false;
  let cancelLeaving = () => {};
  const live = new Map<string, Account>();
  const signIn = createSignIn({ clock, browser: deps.browser, changed: deps.changed });
  const grants = createGrants({
    ...deps,
    refreshed: deps.changed,
    kept: (key, kept) => {
      update(key, { kept });
      tellKeychain();
    },
    unlocked: (key) => void live.get(key)?.connect(),
  });

  if (deps.given) add(blank(givenKey, true));
  if (deps.startPractice && !find(practiceKey)) add(blank(practiceKey, true));
  if (deps.startPractice) activeKey = practiceKey;
  if (deps.given) activeKey = givenKey;
  for (const { key } of records) live.set(key, make(key));

  function find(key: string | undefined): AccountRecord | undefined {
    return records.find((one) => one.key === key);
  }

  function blank(key: string, practice: boolean): AccountRecord {
    const used = records.map(({ colour }) => colour);
    const free = [...Array(ringColours).keys()].find((colour) => !used.includes(colour));
    return {
      key,
      practice,
      cloud: 'commercial',
      clientId: '',
      userId: '',
      name: '',
      email: '',
      colour: free ?? records.length % ringColours,
      kept: false,
      ended: false,
    };
  }

  function add(record: AccountRecord): void {
    records = [...records.filter(({ key }) => key !== record.key), record];
  }

  function save(): void {
    files.saveAccounts({
      accounts: records.filter(({ key }) => key !== givenKey),
      ...(activeKey !== undefined && activeKey !== givenKey && { active: activeKey }),
      leaving,
      ...(redirectPath !== undefined && { redirectPath }),
    });
  }

  function update(key: string, change: Partial<AccountRecord>): void {
    const before = find(key);
    if (!before) return;
    const after = { ...before, ...change };
    if (JSON.stringify(before) === JSON.stringify(after)) return;
    records = records.map((one) => (one.key === key ? after : one));
    if (key !== givenKey) save();
  }

  function make(key: string): Account {
    const account = createAccount({
      ...deps,
      key,
      source: sourceOf(key),
      identified: ({ id, name, email }) => update(key, { userId: id, name, email, ended: false }),
      ended: () => update(key, { ended: true }),
    });
    account.watch(watched && key === activeKey);
    return account;
  }

  function sourceOf(key: string): AccountSource {
    if (key === givenKey && deps.given) return deps.given;
    if (key === practiceKey) return deps.practice;
    return { practice: false, connect: (waiting) => grants.open(find(key) ?? blank(key, false), waiting) };
  }

  function activate(key: string | undefined): void {
    live.get(activeKey ?? '')?.watch(false);
    activeKey = key;
    live.get(key ?? '')?.watch(watched);
    save();
    deps.changed();
  }

  /** Puts a new Account in the place of the one with this key. */
  function replace(key: string): Account {
    void live.get(key)?.stop();
    const account = make(key);
    live.set(key, account);
    return account;
  }

  /** Tokens from the browser become an account: identified, kept, listed, active. */
  async function adopt(app: ZoomApp, tokens: Tokens, waiting: () => void): Promise<TallyError | undefined> {
    const fresh = grants.fresh(app, tokens);
    const { session, apiUrl } = fresh.connection;
    const zoom = createZoomClient({ clock, network, session, apiUrl, random: deps.random });
    const identity = await identify(zoom);
    if (!identity.ok) return identity.error;
    const { id, name, email } = identity.value;
    const { cloud, clientId } = app;
    const key = `${cloud}:${id}`;
    const former = find(key);
    // A new sign-in through the same app has ended the former one already; one through another app still stands.
    if (former && !former.ended && former.clientId !== clientId) await grants.leave(former);
    leaving = leaving.filter((one) => one.key !== key);
    const facts = { cloud, clientId, userId: id, name, email, kept: false, ended: false };
    add({ ...(former ?? blank(key, false)), ...facts });
    await fresh.keep(key, waiting);
    if (stopped) return undefined;
    replace(key);
    activate(key);
    await live.get(key)?.connect();
    return undefined;
  }

  async function signInWith(app: ZoomApp): Promise<void> {
    redirectPath ??= deps.newRedirectPath();
    save();
    await signIn.begin({
      oauth: grants.oauth(app),
      redirectPath,
      adopt: (tokens, waiting) => adopt(app, tokens, waiting),
    });
  }

  /** Connects the active account again; where Zoom has ended its sign-in, the browser is asked for a new one. */
  async function reconnect(): Promise<void> {
    const record = find(activeKey);
    const account = live.get(activeKey ?? '');
    if (!record || !account) return;
    const view = account.view();
    const missing = view.phase === 'connected' && view.missing.length > 0;
    const ended = view.phase === 'failed' && view.error.action === 'sign-in';
    if (!ended && !missing) return account.connect();
    if (record.clientId !== '') {
      return signInWith({ ...record, clientSecret: await grants.clientSecret(record.key) });
    }
    // The practice account signs in by itself.
    return ended ? replace(record.key).connect() : undefined;
  }

  function signOut(key: string): void {
    const record = find(key);
    if (!record) return;
    void live.get(key)?.stop();
    live.delete(key);
    records = records.filter((one) => one.key !== key);
    files.forgetPresence(record.userId);
    files.forgetKept(key);
    deps.media.forget(key);
    void deps.calls.forget(historyKey(key, record.userId));
    const { cloud, clientId } = record;
    // No name and no address: nothing else of the account stays.
    if (clientId !== '') leaving = [...leaving, { key, cloud, clientId }];
    else deps.closePractice();
    activate(key === activeKey ? records[0]?.key : activeKey);
    tellKeychain();
    void leaveAll();
  }

  /** Tells Zoom of the sign-outs that it was not told of yet; again every few minutes until it could be. */
  async function leaveAll(): Promise<void> {
    cancelLeaving();
    for (const one of leaving) {
      if (stopped || !leaving.includes(one)) continue;
      if (!(await grants.leave(one).catch(() => false))) continue;
      leaving = leaving.filter((other) => other !== one);
      save();
    }
    if (leaving.length === 0) return deps.removeNotice('revoke-later');
    deps.notice(revokeLater);
    if (!stopped) cancelLeaving = clock.setTimeout(() => void leaveAll(), 5 * 60_000);
  }

  function openPractice(): void {
    if (!find(practiceKey)) {
      add(blank(practiceKey, true));
      replace(practiceKey);
    }
    activate(practiceKey);
    void live.get(practiceKey)?.connect();
  }

  function tellKeychain(): void {
    if (!records.some(({ key }) => grants.memoryOnly(key))) deps.removeNotice('no-keychain');
  }

  function summary(record: AccountRecord): AccountSummary {
    const { key, practice, name, email, cloud, colour } = record;
    return {
      key,
      practice,
      name,
      email,
      cloud,
      colour,
      active: key === activeKey,
      phase: live.get(key)?.view().phase ?? 'connecting',
      memoryOnly: grants.memoryOnly(key),
    };
  }

  const active = () => live.get(activeKey ?? '');
  const view = (): AccountView => active()?.view() ?? { phase: 'none' };

  function runAccount(action: AccountAction): Result<null> {
    switch (action.type) {
      case 'account.reconnect':
        void reconnect();
        return accepted;
      case 'account.practice':
        openPractice();
        return accepted;
      case 'account.sign-in':
        void signInWith(action);
        return accepted;
      case 'account.sign-in.browser':
        void signIn.openBrowser();
        return accepted;
      case 'account.sign-in.copy-address': {
        const address = signIn.address();
        if (address === undefined) return { ok: false, error: noSignIn };
        deps.copy(address);
        return accepted;
      }
      case 'account.sign-in.paste':
        if (signIn.view()?.phase !== 'waiting') return { ok: false, error: noSignIn };
        signIn.paste(action.address);
        return accepted;
      case 'account.sign-in.cancel':
        signIn.cancel();
        return accepted;
      case 'account.switch':
      case 'account.sign-out':
        if (!find(action.key)) return { ok: false, error: unknownAccount };
        if (action.type === 'account.switch') activate(action.key);
        else signOut(action.key);
        return accepted;
    }
  }

  return {
    view,
    features: () => active()?.features(),
    feature: async (name) => active()?.feature(name),
    list: () => records.map(summary),
    signIn: signIn.view,
    redirectUri() {
      if (redirectPath === undefined) {
        redirectPath = deps.newRedirectPath();
        save();
      }
      return `http://127.0.0.1${redirectPath}`;
    },
    async connect() {
      const first = active();
      await first?.connect();
      for (const account of [...live.values()]) if (account !== first && !stopped) await account.connect();
      if (leaving.length > 0) await leaveAll();
    },
    run(action) {
      if (isOwn(action)) return runAccount(action);
      return active()?.run(action) ?? { ok: false, error: notConnected(view()) };
    },
    watch(now) {
      watched = now;
      active()?.watch(now);
    },
    wake() {
      signIn.wake();
      for (const account of live.values()) account.wake();
      if (leaving.length > 0) void leaveAll();
    },
    async stop() {
      stopped = true;
      cancelLeaving();
      signIn.cancel();
      await Promise.all([...live.values()].map((account) => account.stop()));
    },
  };
}

const isOwn = (action: AccountAction | FeatureAction): action is AccountAction =>
  action.type.startsWith('account.');

const noSignIn = tallyError('invalid-input', 'That sign-in is over. Start again.', { action: 'none' });

const unknownAccount = tallyError('not-found', 'Tally does not have this account any more.');

const accountsReset: Notice = {
  id: 'accounts-reset',
  title: 'An account may be missing',
  detail: 'The list of accounts could not be read in full. Connect the missing account again.',
};

const revokeLater: Notice = {
  id: 'revoke-later',
  title: 'Zoom does not know of the sign-out yet',
  detail: 'Zoom could not be reached. Tally has forgotten the account and tells Zoom as soon as it can.',
};
