import { createHash, timingSafeEqual } from 'node:crypto';
import type * as Oauth from 'oauth4webapi';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import { zoomPageOf } from '../../../shared/zoom-pages.ts';
import type { Clock, Network } from '../ports.ts';
import { failures } from './oauth-errors.ts';
import { pageErrors } from './page-errors.ts';
import { createTokenEndpoint, type OauthSettings, type Send } from './token-endpoint.ts';

const hour = 3_600_000;

/** Tokens as Zoom gave them. The refresh token rotates: each answer has a new one and the former is dead. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Epoch ms. Zoom's access tokens live an hour. */
  readonly expiresAt: number;
  /** Granted scopes, space-separated as Zoom sends them; empty where it does not tell. */
  readonly scope: string;
  /** Base of the API as Zoom named it for this account, such as https://api-eu.zoom.us/v2; only one that may be trusted. */
  readonly apiUrl?: string;
}

export type ZoomOauth = ReturnType<typeof createOauth>;

/** A sign-in that waits for the browser to come back. */
export type BegunSignIn = Awaited<ReturnType<ZoomOauth['begin']>>;

/**
 * Zoom's OAuth by the book (RFC 6749, 7009, 7636, 8252; oauth4webapi, loaded on first use).
 * @param network no proxy is asked for without it
 */
export function createOauth(settings: OauthSettings, clock: Clock, network?: Network) {
  const { oauthUrl, clientId } = settings;
  const ask = createTokenEndpoint(settings, clock, network);
  const server: Oauth.AuthorizationServer = {
    issuer: oauthUrl,
    authorization_endpoint: `${oauthUrl}/oauth/authorize`,
    token_endpoint: `${oauthUrl}/oauth/token`,
    revocation_endpoint: `${oauthUrl}/oauth/revoke`,
  };
  const client: Oauth.Client = { client_id: clientId };

  /** Asks for tokens, for a code or a refresh token. */
  function trade(purpose: 'sign-in' | 'refresh', send: Send): Promise<Result<Tokens>> {
    const askedAt = clock.now();
    return ask(purpose, send, async (lib, response) => {
      const read =
        purpose === 'refresh' ? lib.processRefreshTokenResponse : lib.processAuthorizationCodeResponse;
      return tokensOf(oauthUrl, await read(server, client, response), askedAt);
    });
  }

  return {
    /** @param redirectUri the loopback address; Zoom compares all of it but the port (RFC 8252, 7.3) */
    async begin(redirectUri: string) {
      const oauth = await import('oauth4webapi');
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const url = new URL(server.authorization_endpoint as string);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: clientId,
        redirect_uri: redirectUri,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
      }).toString();
      /** Whether an address carries this sign-in's `state`, so that it may be the answer; compared in constant time. */
      const owns = (address: string) => {
        const given = parameters(address).getAll('state');
        return sameText(given[0] ?? '', state) && given.length === 1;
      };
      return {
        /** Where the person says yes. */
        authorizeUrl: url.href,
        owns,
        /** Takes the address that Zoom redirected to; checks `state`, then trades the code with the PKCE verifier. */
        async finish(redirectedTo: string): Promise<Result<Tokens>> {
          if (!owns(redirectedTo)) return { ok: false, error: failures.otherSignIn };
          const answer = parameters(redirectedTo);
          const error = answer.get('error');
          if (error !== null)
            return { ok: false, error: declined(error, answer.get('error_description') ?? '') };
          if (!answer.get('code')) return { ok: false, error: failures.noCode };
          return trade('sign-in', async (lib, auth, options) => {
            const checked = lib.validateAuthResponse(server, client, answer, state);
            return lib.authorizationCodeGrantRequest(
              server,
              client,
              auth,
              checked,
              redirectUri,
              verifier,
              options,
            );
          });
        },
      };
    },

    /**
     * One refresh; never repeated here, as a repeated one would use a dead token. The error of a dead token has the kind
     * `not-signed-in`; every other kind leaves the token's fate open.
     */
    refresh(refreshToken: string): Promise<Result<Tokens>> {
      return trade('refresh', (lib, auth, options) =>
        lib.refreshTokenGrantRequest(server, client, auth, refreshToken, options),
      );
    },

    /** Ends the grant of a token at Zoom. Succeeds as well when the token was dead already. */
    async revoke(token: string): Promise<Result<null>> {
      const done: Result<null> = { ok: true, value: null };
      const result = await ask(
        'revoke',
        (lib, auth, options) => lib.revocationRequest(server, client, auth, token, options),
        async () => done,
      );
      return !result.ok && result.error.kind === 'not-signed-in' ? done : result;
    },
  };
}

/** @param askedAt epoch ms */
function tokensOf(oauthUrl: string, answer: Oauth.TokenEndpointResponse, askedAt: number): Result<Tokens> {
  const { refresh_token: refreshToken, expires_in: seconds = 0, scope = '', api_url: api } = answer;
  if (!refreshToken) return { ok: false, error: failures.noRefreshToken };
  const apiUrl = trustedApiUrl(oauthUrl, api);
  return {
    ok: true,
    value: {
      accessToken: answer.access_token,
      refreshToken,
      // A life of nothing would mean a refresh with every call.
      expiresAt: askedAt + (seconds > 0 ? Math.min(seconds * 1000, 24 * hour) : hour),
      scope,
      ...(apiUrl !== undefined && { apiUrl }),
    },
  };
}

function parsed(address: string): URL | undefined {
  try {
    return new URL(address);
  } catch {
    return undefined;
  }
}

/** The parameters of an address. A text that is none has no parameters, and the check of the state refuses it. */
function parameters(address: string): URLSearchParams {
  return parsed(address)?.searchParams ?? new URLSearchParams();
}

/** Compares without telling by its time where two texts differ, nor how long they are. */
function sameText(one: string, other: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(one), hash(other));
}

/** What Zoom's redirect says instead of a code. */
function declined(error: string, description: string): TallyError {
  const page = zoomPageOf(`${error} ${description}`);
  if (page) return pageErrors[page];
  if (error === 'access_denied') return failures.declined;
  const named = /^\w{1,40}$/.test(error) ? { why: `Zoom’s word for it: ${error}.` } : {};
  return tallyError('refused', 'Zoom didn’t connect the account.', { action: 'retry', ...named });
}

/**
 * The base of the API that an answer names, if tokens may be sent there: https on the domain of the OAuth host; for a
 * server on this computer only that server itself.
 */
function trustedApiUrl(oauthUrl: string, named: unknown): string | undefined {
  const api = typeof named === 'string' ? parsed(named) : undefined;
  if (!api) return undefined;
  const home = new URL(oauthUrl);
  if (api.username !== '' || api.password !== '') return undefined;
  const trusted =
    home.protocol === 'http:'
      ? api.origin === home.origin
      : api.protocol === 'https:' &&
        api.port === home.port &&
        (api.hostname === home.hostname || api.hostname.endsWith(`.${home.hostname}`));
  return trusted ? `${api.origin}/v2` : undefined;
}
