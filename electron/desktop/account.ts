import { app } from 'electron';
import { tallyError } from '../../shared/errors.ts';
import type { Result } from '../../shared/ipc.ts';
import type { Notice } from '../../shared/state.ts';
import { createOauth, type Tokens } from '../core/accounts/oauth.ts';
import { createSession, fixedSession } from '../core/accounts/session.ts';
import type { AccountSource, Connection } from '../core/ports.ts';
import type { Practice } from '../practice/server.ts';
import { clock } from './clock.ts';
import { createSecrets } from './secrets.ts';

/** The keychain item of the practice account. It is removed on quit, as the practice Zoom forgets everything with the app. */
const practiceItem = 'practice';

export interface Accounts {
  /** The account to start with; none when nothing was chosen yet. */
  readonly first?: AccountSource;
  readonly practice: AccountSource;
  /** Ends what was started for them (the practice Zoom and its keychain item). */
  close(): Promise<void>;
}

export interface AccountEvents {
  /** The keychain does not take the sign-in: it lasts until Tally quits. */
  notice(notice: Notice): void;
}

/**
 * The accounts there are. An unpackaged app may be pointed at another server on this computer by TALLY_ZOOM_API (with
 * TALLY_ZOOM_TOKEN as a ready access token); `--practice` starts with the embedded practice Zoom.
 */
export function openAccounts(events: AccountEvents): Accounts {
  const { TALLY_ZOOM_API: api, TALLY_ZOOM_OAUTH: oauth, TALLY_ZOOM_TOKEN: token } = process.env;
  const practice = practiceAccount(events);
  const asked = app.commandLine.hasSwitch('practice') ? practice : undefined;
  const first = api !== undefined || oauth !== undefined ? overridden(api, oauth, token) : asked;
  return { ...(first && { first }), practice, close: practice.close };
}

/** Servers on this computer only, and never in a packaged app: a token must not be sent to wherever a variable says. */
function overridden(
  api: string | undefined,
  oauth: string | undefined,
  token: string | undefined,
): AccountSource {
  async function connect(): Promise<Result<Connection>> {
    if (app.isPackaged) return refuse('TALLY_ZOOM_API and TALLY_ZOOM_OAUTH are not taken by a packaged app.');
    if (!isLoopback(api) || (oauth !== undefined && !isLoopback(oauth))) {
      return refuse('TALLY_ZOOM_API and TALLY_ZOOM_OAUTH take only addresses such as http://127.0.0.1:8080.');
    }
    if (!token) return refuse('TALLY_ZOOM_API needs an access token in TALLY_ZOOM_TOKEN.');
    return { ok: true, value: { apiUrl: api, session: fixedSession(token) } };
  }
  return { practice: true, connect };
}

function refuse(what: string): Result<never> {
  return { ok: false, error: tallyError('invalid-input', what, { action: 'none' }) };
}

function isLoopback(address: string | undefined): address is string {
  try {
    const url = new URL(address ?? '');
    return (
      url.protocol === 'http:' && url.hostname === '127.0.0.1' && url.username === '' && url.search === ''
    );
  } catch {
    return false;
  }
}

function practiceAccount(events: AccountEvents): AccountSource & { close(): Promise<void> } {
  const secrets = createSecrets('Tally', clock);
  let practice: Practice | undefined;
  let asked = false;

  async function save(tokens: Tokens): Promise<void> {
    asked = true;
    const result = await secrets.set(practiceItem, JSON.stringify({ refreshToken: tokens.refreshToken }));
    if (!result.ok) events.notice(noKeychain(result.error.why));
  }

  async function connect(): Promise<Result<Connection>> {
    const { startPractice } = await import('../practice/server.ts');
    practice ??= await startPractice();
    const { apiUrl, oauthUrl, clientId } = practice;
    const oauth = createOauth({ oauthUrl, clientId, redirectUri: 'http://127.0.0.1/practice' }, clock);
    const signIn = await oauth.begin();
    // The one difference from a real account: the program presses "Allow" on the consent page.
    const tokens = await signIn.finish(await practice.consent(signIn.authorizeUrl));
    if (!tokens.ok) return tokens;
    // The practice grant is as short-lived as the app, so nothing is lost by not waiting for the keychain.
    void save(tokens.value);
    const session = createSession({ clock, tokens: tokens.value, refresh: oauth.refresh, save });
    return { ok: true, value: { apiUrl, session } };
  }

  return {
    practice: true,
    connect,
    async close() {
      await practice?.close();
      // A call that was given up after its 15 s may still have stored the item, so that it was asked for is enough.
      if (asked) await secrets.delete(practiceItem);
    },
  };
}

const noKeychain = (why = ''): Notice => ({
  id: 'no-keychain',
  title: 'No keychain',
  detail:
    `The sign-in is kept in memory only and ends when Tally quits. On Linux, install and unlock GNOME Keyring or KWallet. ${why}`.trim(),
});
