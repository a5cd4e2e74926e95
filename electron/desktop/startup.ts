import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { app } from 'electron';
import { type Result, tallyError } from '../../shared/errors.ts';
import type { AccountSource, Clouds, Connection } from '../core/ports.ts';
import { zoomClouds } from '../core/sign-in/clouds.ts';
import { createOauth } from '../core/sign-in/oauth.ts';
import { createSession, fixedSession } from '../core/sign-in/session.ts';
import { createVault } from '../core/sign-in/vault.ts';
import type { TallyDeps } from '../core/tally.ts';
import type { Practice } from '../practice/server.ts';
import type { PracticePictures } from '../practice/state/seed.ts';
import { browser } from './browser.ts';
import { clock } from './clock.ts';
import { createSecrets, type Secrets } from './secrets.ts';

type Parts = Pick<
  TallyDeps,
  'vault' | 'secrets' | 'browser' | 'clouds' | 'practice' | 'given' | 'startPractice' | 'closePractice'
>;

export interface AccountParts extends Parts {
  readonly secrets: Secrets;
  /** The origin of the practice Zoom that was started; undefined: none was. */
  practiceSite(): string | undefined;
  /** Ends the practice Zoom, where one was started. */
  close(): Promise<void>;
}

/**
 * What accounts need of this computer. An unpackaged app may be pointed at another server on this computer by TALLY_ZOOM_API
 * and TALLY_ZOOM_OAUTH: it takes the place of Zoom's commercial cloud, and with TALLY_ZOOM_TOKEN (an access token) it is
 * connected at once. `--practice` starts with the embedded practice Zoom.
 */
export function accountParts(): AccountParts {
  const secrets = createSecrets('Tally', clock);
  const { TALLY_ZOOM_API: api, TALLY_ZOOM_OAUTH: oauth, TALLY_ZOOM_TOKEN: token } = process.env;
  // A window's preload is handed the environment.
  delete process.env.TALLY_ZOOM_TOKEN;
  const overridden = api !== undefined || oauth !== undefined;
  const trouble = overridden ? overrideTrouble(api, oauth, token) : undefined;
  const given = token !== undefined || trouble ? givenAccount(api ?? '', token, trouble) : undefined;
  const practice = practiceAccount();
  return {
    vault: createVault(secrets),
    secrets,
    browser,
    clouds: overridden && !trouble ? override(api ?? '', oauth ?? '') : zoomClouds,
    practice,
    ...(overridden && given && { given }),
    startPractice: !overridden && app.commandLine.hasSwitch('practice'),
    closePractice: () => void practice.close(),
    practiceSite: practice.site,
    close: practice.close,
  };
}

function override(apiUrl: string, oauthUrl: string): Clouds {
  return { ...zoomClouds, commercial: { oauthUrl, apiUrl } };
}

/** Servers on this computer only, and never in a packaged app: a token must not be sent to wherever a variable says. */
function overrideTrouble(api?: string, oauth?: string, token?: string): string | undefined {
  if (app.isPackaged) return 'TALLY_ZOOM_API and TALLY_ZOOM_OAUTH aren’t taken by a packaged app.';
  if (!isLoopback(api) || (oauth !== undefined && !isLoopback(oauth))) {
    return 'TALLY_ZOOM_API and TALLY_ZOOM_OAUTH take only addresses such as http://127.0.0.1:8080.';
  }
  if (oauth === undefined && !token) {
    return 'TALLY_ZOOM_API needs an access token in TALLY_ZOOM_TOKEN, or TALLY_ZOOM_OAUTH to sign in at.';
  }
  return undefined;
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

function givenAccount(apiUrl: string, token: string | undefined, trouble: string | undefined): AccountSource {
  async function connect(): Promise<Result<Connection>> {
    if (trouble) return { ok: false, error: tallyError('invalid-input', trouble, { action: 'none' }) };
    return {
      ok: true,
      value: { apiUrl: () => apiUrl, session: fixedSession(token ?? ''), scope: () => '', retryNow() {} },
    };
  }
  return { practice: true, connect };
}

/** What the practice account looks like; scripts/icons.ts makes them of drawings. */
async function practicePictures(): Promise<PracticePictures> {
  const read = (name: string) => readFile(join(app.getAppPath(), 'resources/practice', `${name}.png`));
  const [face, dunes, fjord, hills] = await Promise.all([
    read('face'),
    read('dunes'),
    read('fjord'),
    read('night-hills'),
  ]);
  const backgrounds = { 'Dunes.png': dunes, 'Fjord.png': fjord, 'Night hills.png': hills };
  return { face, backgrounds: new Map(Object.entries(backgrounds)) };
}

/** The practice Zoom forgets everything with the app, so its tokens are in memory only. */
function practiceAccount(): AccountSource & { site(): string | undefined; close(): Promise<void> } {
  let practice: Practice | undefined;

  async function connect(): Promise<Result<Connection>> {
    const { startPractice } = await import('../practice/server.ts');
    practice ??= await startPractice({
      hasMarketplace: false,
      hasControl: false,
      pictures: await practicePictures(),
    });
    const { apiUrl, oauthUrl, clientId, backgrounds: examples } = practice;
    const oauth = createOauth({ oauthUrl, clientId }, clock);
    const signIn = await oauth.begin('http://127.0.0.1/practice');
    // The one difference from a real account: the program presses "Allow" on the consent page.
    const tokens = await signIn.finish(await practice.consent(signIn.authorizeUrl));
    if (!tokens.ok) return tokens;
    const { accessToken, refreshToken, expiresAt, scope } = tokens.value;
    const session = createSession({
      clock,
      random: Math.random,
      grant: { refreshToken },
      access: { token: accessToken, expiresAt },
      prepare: async (grant) => ({ ok: true, value: grant }),
      refresh: oauth.refresh,
      save: async () => {},
      reload: async () => ({ ok: true, value: null }),
      ended() {},
      refreshed() {},
    });
    return {
      ok: true,
      value: { apiUrl: () => apiUrl, session, scope: () => scope, examples, retryNow: session.retryNow },
    };
  }

  return {
    practice: true,
    connect,
    site: () => practice?.oauthUrl,
    async close() {
      const started = practice;
      practice = undefined;
      await started?.close();
    },
  };
}
