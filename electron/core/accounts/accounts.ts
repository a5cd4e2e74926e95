import type { AccountAction, AccountView } from '../../../shared/accounts.ts';
import type { Action } from '../../../shared/actions.ts';
import type { Notice } from '../../../shared/app.ts';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import { setupOf } from '../../../shared/setup.ts';
import { historyKey } from '../advanced/history-key.ts';
import { accepted, type FeatureDeps } from '../feature.ts';
import type { AccountSource, Browser } from '../ports.ts';
import { initialPresence } from '../presence/reducer.ts';
import { createGrants, type GrantsDeps } from '../sign-in/grants.ts';
import { notConnected } from './account.ts';
import type { FeatureAction, FeatureViews } from './feature-set.ts';
import { type FeatureName, features } from './features.ts';
import { type AccountList, createAccountList, givenKey, practiceKey } from './list.ts';
import { createLiveAccounts } from './live.ts';
import { createSetups, type SetupsDeps } from './setups.ts';
import { createSignIns } from './sign-ins.ts';
import { createSignOuts } from './sign-outs.ts';
import type { AccountRecord, Leaving } from './stored.ts';

export interface AccountsDeps
  extends Pick<GrantsDeps, 'clouds' | 'vault' | 'random'>,
    Pick<SetupsDeps, 'administratorSetup'>,
    Omit<FeatureDeps, 'key' | 'own' | 'zoom' | 'apiUrl' | 'changedAtZoom'> {
  readonly browser: Browser;
  readonly practice: AccountSource;
  /** An account that this run was started with (TALLY_ZOOM_TOKEN); it is not kept. */
  readonly given?: AccountSource;
  /** Started with `--practice`. */
  readonly startPractice?: boolean;
  /** The practice account was signed out of. */
  closePractice(): void;
  /** Puts a text on the clipboard. */
  copy(text: string): void;
  removeNotice(id: Notice['id']): void;
}

/** Every account that Tally knows: one is active, all of them live on, so that their timers do and switching is instant. */
export function createAccounts(deps: AccountsDeps) {
  const list = openList(deps);
  const grants = createGrants({
    ...deps,
    refreshed: deps.changed,
    kept(key, kept) {
      list.update(key, { kept: kept === 'yes', ...(kept !== 'no' && { stored: true }) });
      tellKeychain();
    },
    waits(key, why) {
      if (why) waiting.add(key);
      else waiting.delete(key);
      if (why) deps.notice(waitsForKeychain(why));
      tellKeychain();
    },
    unlocked: (key) => void live.get(key)?.connect(),
  });
  const live = createLiveAccounts({ ...deps, list, grants });
  const signIns = createSignIns({ ...deps, list, grants, adopted });
  const setups = createSetups({ ...deps, list, grants, signIns });
  const signOuts = createSignOuts({ ...deps, list, grants });

  /** Whose sign-ins wait for the keychain to be renewed. */
  const waiting = new Set<string>();
  let signedOut: string | undefined;
  const noPresence = initialPresence(deps.clock.now());
  const view = (): AccountView => live.active()?.view() ?? { phase: 'none' };

  async function adopted(key: string): Promise<void> {
    const record = list.find(key);
    if (record) setups.signedIn(record);
    const account = live.replace(key);
    live.activate(key);
    await account.connect();
  }

  /** Connects the active account again; where Zoom has ended its sign-in, the browser is asked for a new one. */
  async function reconnect(): Promise<void> {
    const record = list.find(list.active());
    const account = live.active();
    if (!record || !account) return;
    grants.allowQuestion();
    const why = whySignIn(account.view());
    if (!why) return account.connect();
    if (record.clientId !== '') {
      return signIns.begin(setupOf(record), await grants.clientSecret(record.key), record);
    }
    // The practice account signs in by itself.
    return why === 'ended' ? live.replace(record.key).connect() : undefined;
  }

  function signOut(record: AccountRecord, withLibrary: boolean): void {
    const { key, cloud, clientId, stored } = record;
    signedOut = record.name || record.email || undefined;
    grants.allowQuestion();
    waiting.delete(key);
    live.remove(key);
    list.remove(key);
    // No name and no address: nothing else of the account stays.
    const leaving = { key, cloud, clientId, stored, told: false, withLibrary };
    if (clientId !== '') list.setLeaving([...list.leaving(), leaving]);
    else {
      deps.closePractice();
      if (deps.files.kept('calendars', key) !== undefined) void deps.vault.forget(key);
    }
    live.activate(key === list.active() ? list.all()[0]?.key : list.active());
    forgetKept(deps, { ...record, withLibrary });
    tellKeychain();
    void signOuts.tell();
  }

  function openPractice(): void {
    if (!list.find(practiceKey)) {
      list.add(list.blank(practiceKey, true));
      live.replace(practiceKey);
    }
    live.activate(practiceKey);
    void live.active()?.connect();
  }

  function tellKeychain(): void {
    if (!list.all().some(({ key }) => grants.unkept(key))) deps.removeNotice('no-keychain');
    if (waiting.size === 0) deps.removeNotice('keychain-waits');
  }

  function withRecord(key: string, use: (record: AccountRecord) => void): Result<null> {
    const record = list.find(key);
    if (!record) return { ok: false, error: unknownAccount };
    use(record);
    return accepted;
  }

  function runOwn(action: AccountAction): Result<null> {
    switch (action.type) {
      case 'account.reconnect':
        void reconnect();
        return accepted;
      case 'account.practice':
        openPractice();
        return accepted;
      case 'account.switch':
        return withRecord(action.key, ({ key }) => live.activate(key));
      case 'account.sign-out':
        return withRecord(action.key, (record) => signOut(record, action.withLibrary ?? false));
      case 'account.share':
      case 'account.connecting':
      case 'account.manifest':
      case 'account.offer':
      case 'account.offer.accept':
      case 'account.offer.dismiss':
        return setups.run(action);
      default:
        return signIns.run(action);
    }
  }

  return {
    view,
    /** What the features of the active account show. */
    features: (): FeatureViews => live.active()?.features() ?? { presence: noPresence },
    /** A feature of the active account; none until it is connected. */
    feature: async <N extends FeatureName>(name: N) => live.active()?.feature(name),
    list: live.summaries,
    moments: live.moments,
    signIn: signIns.view,
    offer: setups.view,
    connecting: list.connecting,
    signedOut: () => (list.all().length === 0 ? signedOut : undefined),
    offerSetup: setups.offer,
    /** Connects all accounts, the active one first. */
    async connect(): Promise<void> {
      void setups.lookForAdministrators();
      // A sign-out may have been cut short.
      for (const { key, withLibrary } of list.leaving()) {
        forgetKept(deps, { key, userId: key.slice(key.indexOf(':') + 1), withLibrary });
      }
      await live.connect();
      await signOuts.tell();
    },
    run(action: AccountAction | FeatureAction): Result<null> {
      if (isOwn(action)) return runOwn(action);
      return live.active()?.run(action) ?? { ok: false, error: notConnected(view()) };
    },
    /** Does an action of a feature for any account; false where it is no such action. */
    runFor(key: string, action: Action): boolean {
      const isFeature = Object.hasOwn(features, action.type.slice(0, action.type.indexOf('.')));
      if (isFeature) live.get(key)?.run(action as FeatureAction);
      return isFeature;
    },
    watch: live.watch,
    wake(): void {
      signIns.wake();
      live.wake();
      void signOuts.tell();
    },
    async stop(): Promise<void> {
      signOuts.stop();
      signIns.stop();
      grants.stop();
      await live.stop();
    },
  };
}

/** The list from the disk, with the account that this run was started with as the active one. */
function openList({ files, given, startPractice, notice }: AccountsDeps): AccountList {
  const list = createAccountList(files);
  if (list.damaged) notice(accountsReset);
  const key = given ? givenKey : startPractice ? practiceKey : undefined;
  if (key === undefined) return list;
  if (!list.find(key)) list.add(list.blank(key, true));
  list.activate(key);
  return list;
}

/** Removes what is kept of an account on this computer. Originals may be nowhere else: the library stays, unless it shall go, too. */
function forgetKept(
  { files, media, calls }: AccountsDeps,
  { key, userId, withLibrary }: Pick<AccountRecord, 'key' | 'userId'> & Pick<Leaving, 'withLibrary'>,
): void {
  files.forget(key, userId);
  media.forget(key);
  if (withLibrary) media.forgetLibrary(key);
  void calls.forget(historyKey(key, userId));
}

/** Whether connecting again takes a new sign-in, and why. */
function whySignIn(view: AccountView): 'ended' | 'missing' | undefined {
  // A scope that was added at Zoom counts for new sign-ins only.
  if (view.phase === 'failed')
    return ['sign-in', 'add-scope'].includes(view.error.action) ? 'ended' : undefined;
  return view.phase === 'connected' && view.missing.length > 0 ? 'missing' : undefined;
}

const isOwn = (action: AccountAction | FeatureAction): action is AccountAction =>
  action.type.startsWith('account.');

const unknownAccount = tallyError('not-found', 'Tally doesn’t have this account any more.');

const waitsForKeychain = ({ what, why }: TallyError): Notice => ({
  id: 'keychain-waits',
  title: 'Waiting for your keychain',
  detail: [
    what,
    why,
    'Tally renews its sign-in with Zoom as soon as the keychain can keep the new one, and nothing is lost until then.',
  ]
    .filter(Boolean)
    .join(' '),
});

const accountsReset: Notice = {
  id: 'accounts-reset',
  title: 'An account may be missing',
  detail: 'The list of accounts couldn’t be read in full. Connect the missing account again.',
};
