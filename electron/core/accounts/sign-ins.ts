import type { Action } from '../../../shared/actions.ts';
import type { Notice } from '../../../shared/app.ts';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import { type Setup, scopesOf, unknownSetup } from '../../../shared/setup.ts';
import { byType, type FeatureDeps } from '../feature.ts';
import type { Browser } from '../ports.ts';
import type { Grants } from '../sign-in/grants.ts';
import type { Tokens } from '../sign-in/oauth.ts';
import { createSignIn } from '../sign-in/sign-in.ts';
import { createZoomClient } from '../zoom/client.ts';
import { identify } from './account.ts';
import type { AccountList } from './list.ts';
import type { AccountRecord } from './stored.ts';

type SignInAction = Extract<Action, { type: `account.sign-in${'' | `.${string}`}` }>;

interface SignInsDeps extends Pick<FeatureDeps, 'clock' | 'network' | 'changed'> {
  readonly browser: Browser;
  readonly list: AccountList;
  readonly grants: Grants;
  random(): number;
  notice(notice: Notice): void;
  /** Puts a text on the clipboard. */
  copy(text: string): void;
  /** The list has a new sign-in for this account: it is made anew, becomes active and connects. */
  adopted(key: string): Promise<void>;
}

/** A sign-in that was begun. */
interface Begun {
  readonly setup: Setup;
  readonly clientSecret: string | undefined;
  /** The account that was to be signed in again. */
  readonly expected: AccountRecord | undefined;
}

/** From the browser to an account in the list. */
export function createSignIns(deps: SignInsDeps) {
  const { clock, network, list, grants } = deps;
  const signIn = createSignIn({ clock, browser: deps.browser, changed: deps.changed });
  let stopped = false;

  /** Tokens from the browser become an account: identified, kept, listed. */
  async function adopt(
    { setup, clientSecret, expected }: Begun,
    tokens: Tokens,
    waiting: () => void,
  ): Promise<TallyError | undefined> {
    const fresh = grants.fresh({ ...setup, clientSecret }, tokens);
    const { session, apiUrl } = fresh.connection;
    await grants.left(waiting);
    const zoom = createZoomClient({ clock, network, session, apiUrl, random: deps.random });
    const identity = await identify(zoom);
    if (!identity.ok) return identity.error;
    const { id, name, email } = identity.value;
    const { cloud, clientId } = setup;
    const key = `${cloud}:${id}`;
    const former = list.find(key);
    const leaving = list.leaving().find((one) => one.key === key);
    // A new sign-in through the same app has ended the former one already; one through another app still stands.
    const other = [former?.ended ? undefined : former, leaving].find(
      (one) => one && one.clientId !== clientId,
    );
    if (other) {
      const leave = grants.leave({ told: false, ...other });
      await grants.left(waiting);
      const { told } = await leave;
      if (told !== 'ended') deps.notice(otherAppStands);
    }
    const scopes = tokens.scope === '' ? setup.scopes : scopesOf(tokens.scope);
    const stored = former?.stored === true || leaving?.stored === true;
    const facts = { ...setup, scopes, userId: id, name, email, kept: false, ended: false, stored };
    list.add({ ...(former ?? list.blank(key, false)), ...facts });
    list.setLeaving(list.leaving().filter((one) => one.key !== key));
    await fresh.keep(key, waiting);
    if (expected !== undefined && expected.key !== key) deps.notice(otherPerson(expected, name));
    if (!stopped && list.find(key)) await deps.adopted(key);
    return undefined;
  }

  async function begin(
    setup: Setup,
    clientSecret: string | undefined,
    expected?: AccountRecord,
  ): Promise<void> {
    const begun = { setup: { ...setup, isPublic: clientSecret === undefined }, clientSecret, expected };
    await signIn.begin({
      oauth: grants.oauth({ ...setup, clientSecret }),
      app: { cloud: setup.cloud, clientId: setup.clientId },
      redirectUri: setup.redirectUri,
      adopt: (tokens, waiting) => adopt(begun, tokens, waiting),
    });
  }

  const run = byType<SignInAction>({
    // An app that an account is signed in through already comes back where that one does.
    'account.sign-in': ({ cloud, clientId, clientSecret, redirectUri, scopes = [] }) => {
      const known = list.setup({ cloud, clientId }) ?? unknownSetup;
      const setup = { ...known, cloud, clientId, scopes, ...(redirectUri !== undefined && { redirectUri }) };
      void begin(setup, clientSecret);
    },
    'account.sign-in.browser': signIn.openBrowser,
    'account.sign-in.copy-address': () => deps.copy(signIn.address() ?? ''),
    'account.sign-in.paste': ({ address }) => signIn.paste(address),
    'account.sign-in.cancel': signIn.cancel,
  });

  /** What only a sign-in on its way can be asked for. */
  function isOver({ type }: SignInAction): boolean {
    if (type === 'account.sign-in.copy-address') return signIn.address() === undefined;
    return type === 'account.sign-in.paste' && signIn.view()?.phase !== 'waiting';
  }

  return {
    view: signIn.view,
    run: (action: SignInAction): Result<null> =>
      isOver(action) ? { ok: false, error: noSignIn } : run(action),
    begin,
    wake: signIn.wake,
    stop(): void {
      stopped = true;
      signIn.cancel();
    },
  };
}

/** Somebody else was signed in at Zoom in the browser. */
const otherPerson = (expected: AccountRecord, name: string): Notice => ({
  id: 'other-account',
  title: `You signed in as ${name}`,
  detail: `${expected.name || expected.email} is still not connected. To sign in as them, sign out of Zoom in your browser first, or use a private window.`,
});

const otherAppStands: Notice = {
  id: 'revoke-refused',
  title: 'Zoom still has an earlier sign-in',
  detail:
    'It went through another app, and Zoom couldn’t be told to end it. Remove that app there: in the Zoom App Marketplace, under Manage, Added Apps.',
};

const noSignIn = tallyError('invalid-input', 'That sign-in is over. Start again.', { action: 'none' });
