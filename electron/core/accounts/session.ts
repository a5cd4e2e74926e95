import { tallyError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/ipc.ts';
import type { Clock } from '../ports.ts';
import type { TokenResult, ZoomSession } from '../zoom/client.ts';
import type { Tokens } from './oauth.ts';

/** Refreshed this long before the hour is over, so that no call meets an expired token. */
const early = 2 * 60_000;

export interface SessionDeps {
  readonly clock: Clock;
  readonly tokens: Tokens;
  refresh(refreshToken: string): Promise<Result<Tokens>>;
  /**
   * Keeps the new tokens. Awaited before they are used: a rotated token that was not kept is lost with the process. Tells the
   * person itself when it cannot keep them; they are used all the same, as the former ones are dead.
   */
  save(tokens: Tokens): Promise<void>;
}

/** Holds the tokens in memory and refreshes them once, however many callers ask. */
export function createSession(deps: SessionDeps): ZoomSession {
  let tokens = deps.tokens;
  let refreshing: Promise<TokenResult> | undefined;
  /** Zoom said that the grant is gone. Asking again with a dead token cannot help; only a new sign-in does. */
  let gone: TokenResult | undefined;

  async function renew(): Promise<TokenResult> {
    const result = await deps.refresh(tokens.refreshToken);
    if (!result.ok) {
      if (result.error.kind === 'not-signed-in') gone = result;
      return result;
    }
    await deps.save(result.value).catch(() => {});
    tokens = result.value;
    return { ok: true, token: tokens.accessToken };
  }

  function once(): Promise<TokenResult> {
    if (gone) return Promise.resolve(gone);
    refreshing ??= renew().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  return {
    async accessToken() {
      if (deps.clock.now() < tokens.expiresAt - early) return { ok: true, token: tokens.accessToken };
      return once();
    },
    async refresh(usedToken) {
      // Another caller has refreshed meanwhile: its token has not been refused yet.
      if (usedToken !== tokens.accessToken) return { ok: true, token: tokens.accessToken };
      return once();
    },
  };
}

/** A token given from outside (TALLY_ZOOM_TOKEN): used as it is, cannot be refreshed. */
export function fixedSession(token: string): ZoomSession {
  return {
    accessToken: async () => ({ ok: true, token }),
    refresh: async () => ({
      ok: false,
      error: tallyError('not-signed-in', 'The access token that Tally was given is no longer accepted.'),
    }),
  };
}
