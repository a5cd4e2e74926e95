import { createHash, timingSafeEqual } from 'node:crypto';
import type * as Oauth from 'oauth4webapi';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import { type Answer, createExchange, usualTimeouts } from '../http/exchange.ts';
import { damageFailure, failureOf, KnownFailure } from '../http/failures.ts';
import type { Clock, Network } from '../ports.ts';
import { connectionErrors } from '../zoom/connection-errors.ts';
import { explainRefusal, failures, type Purpose, readRefusal } from './oauth-errors.ts';

/** Longest wait for a whole answer of the token endpoint, in ms. */
const patience = 30_000;
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

interface OauthSettings {
  /** Base of /oauth/authorize, /oauth/token and /oauth/revoke: https://zoom.us, or the practice Zoom. */
  readonly oauthUrl: string;
  readonly clientId: string;
  /** Sent as HTTP Basic; without one the client is a public one. PKCE is used either way. */
  readonly clientSecret?: string;
}

/** A sign-in that waits for the browser to come back. */
export interface BegunSignIn {
  /** Where the person says yes. */
  readonly authorizeUrl: string;
  /** Whether an address carries this sign-in's `state`, so that it may be the answer; compared in constant time. */
  owns(redirectedTo: string): boolean;
  /** Takes the address that Zoom redirected to; checks `state`, then trades the code with the PKCE verifier. */
  finish(redirectedTo: string): Promise<Result<Tokens>>;
}

export interface ZoomOauth {
  /** @param redirectUri the loopback address; Zoom compares all of it but the port (RFC 8252, 7.3) */
  begin(redirectUri: string): Promise<BegunSignIn>;
  /**
   * One refresh; never repeated here, as a repeated one would use a dead token. The error of a dead token has the kind
   * `not-signed-in`; every other kind leaves the token's fate open.
   */
  refresh(refreshToken: string): Promise<Result<Tokens>>;
  /** Ends the grant of a token at Zoom. Succeeds as well when the token was dead already. */
  revoke(token: string): Promise<Result<null>>;
}

/**
 * Zoom's OAuth by the book (RFC 6749, 7009, 7636, 8252; oauth4webapi, loaded on first use).
 * @param network no proxy is asked for without it
 */
export function createOauth(settings: OauthSettings, clock: Clock, network?: Network): ZoomOauth {
  const { oauthUrl, clientId, clientSecret } = settings;
  const server: Oauth.AuthorizationServer = {
    issuer: oauthUrl,
    authorization_endpoint: `${oauthUrl}/oauth/authorize`,
    token_endpoint: `${oauthUrl}/oauth/token`,
    revocation_endpoint: `${oauthUrl}/oauth/revoke`,
  };
  const client: Oauth.Client = { client_id: clientId };

  /** Each request has a connection of its own: the next one is an hour away. */
  async function post(address: string, { headers, body, signal }: Post): Promise<Response> {
    const { origin, pathname: path } = new URL(address);
    const exchange = createExchange(clock, usualTimeouts, network);
    try {
      return responseOf(
        await exchange.send({ method: 'POST', origin, path, headers, text: `${body}` }, signal),
      );
    } finally {
      exchange.drop();
    }
  }

  /** Sends one request and hands its good answer on, relabelled as the JSON that it is: some proxies label it otherwise. */
  async function ask<T>(purpose: Purpose, send: Send, use: Use<T>): Promise<Result<T>> {
    const oauth = await import('oauth4webapi');
    const stop = new AbortController();
    let late = false;
    const cancelTimer = clock.setTimeout(() => {
      late = true;
      stop.abort();
    }, patience);
    try {
      const auth = clientSecret === undefined ? oauth.None() : basic(clientId, clientSecret);
      const response = await send(oauth, auth, {
        // Plain http exists on this computer only: the practice Zoom.
        [oauth.allowInsecureRequests]: oauthUrl.startsWith('http://127.0.0.1:'),
        [oauth.customFetch]: post,
        signal: stop.signal,
      });
      const text = await response.text();
      const refusal = readRefusal(response, text, clock.now());
      if (refusal) return { ok: false, error: explainRefusal(refusal, purpose) };
      const json = new Response(text, { headers: { 'content-type': 'application/json' } });
      return await use(oauth, json);
    } catch (error) {
      if (late) return { ok: false, error: failures.timeout };
      const read =
        error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError;
      return { ok: false, error: read ? failures.notUnderstood : connectionBroke(error) };
    } finally {
      cancelTimer();
    }
  }

  function tokensOf(answer: Oauth.TokenEndpointResponse, askedAt: number): Result<Tokens> {
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

  return {
    async begin(redirectUri) {
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
      const owns = (address: string) => {
        const given = parameters(address).getAll('state');
        return sameText(given[0] ?? '', state) && given.length === 1;
      };
      return {
        authorizeUrl: url.href,
        owns,
        async finish(redirectedTo) {
          if (!owns(redirectedTo)) return { ok: false, error: failures.otherSignIn };
          const answer = parameters(redirectedTo);
          const error = answer.get('error');
          if (error !== null) return { ok: false, error: declined(error) };
          if (!answer.get('code')) return { ok: false, error: failures.noCode };
          const askedAt = clock.now();
          return ask(
            'sign-in',
            async (lib, auth, options) =>
              lib.authorizationCodeGrantRequest(
                server,
                client,
                auth,
                lib.validateAuthResponse(server, client, answer, state),
                redirectUri,
                verifier,
                options,
              ),
            async (lib, response) =>
              tokensOf(await lib.processAuthorizationCodeResponse(server, client, response), askedAt),
          );
        },
      };
    },

    refresh(refreshToken) {
      const askedAt = clock.now();
      return ask(
        'refresh',
        (lib, auth, options) => lib.refreshTokenGrantRequest(server, client, auth, refreshToken, options),
        async (lib, response) =>
          tokensOf(await lib.processRefreshTokenResponse(server, client, response), askedAt),
      );
    },

    async revoke(token) {
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

type Send = (
  oauth: typeof Oauth,
  auth: Oauth.ClientAuth,
  options: Oauth.TokenEndpointRequestOptions,
) => Promise<Response>;

type Post = Oauth.CustomFetchOptions<'POST', URLSearchParams>;

function responseOf({ status, headers, body, damage }: Answer): Response {
  if (damage) throw new KnownFailure(damageFailure(damage));
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  // Response takes no body, not even an empty one, where HTTP has none (204).
  return new Response(body?.byteLength ? new Uint8Array(body) : null, { status, headers: named });
}

/** Makes something of a good answer. */
type Use<T> = (oauth: typeof Oauth, response: Response) => Promise<Result<T>>;

/** As Zoom documents it: base64 of `id:secret` as they are. The library form-encodes both parts first, `_` and `-` included. */
function basic(clientId: string, clientSecret: string): Oauth.ClientAuth {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return (_server, _client, _body, headers) => headers.set('authorization', `Basic ${credentials}`);
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

function connectionBroke(error: unknown): TallyError {
  const { reason } = failureOf(error);
  return reason === 'unknown' ? failures.network : connectionErrors[reason];
}

/** What Zoom's redirect says instead of a code. */
function declined(error: string): TallyError {
  if (error === 'access_denied') return failures.declined;
  const named = /^\w{1,40}$/.test(error) ? { why: `Zoom’s word for it: ${error}.` } : {};
  return tallyError('refused', 'Zoom did not connect the account.', { action: 'retry', ...named });
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
