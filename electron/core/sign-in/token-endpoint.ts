import type * as Oauth from 'oauth4webapi';
import type { Result, TallyError } from '../../../shared/errors.ts';
import type { Answer } from '../http/answer.ts';
import { createExchange, usualTimeouts } from '../http/exchange.ts';
import { damageFailure, failureOf, KnownFailure } from '../http/failures.ts';
import type { Clock, Network } from '../ports.ts';
import { connectionErrors } from '../zoom/connection-errors.ts';
import { explainRefusal, failures, type Purpose, readRefusal } from './oauth-errors.ts';

/** Longest wait for a whole answer of the token endpoint, in ms. */
const patience = 30_000;

export interface OauthSettings {
  /** Base of /oauth/authorize, /oauth/token and /oauth/revoke: https://zoom.us, or the practice Zoom. */
  readonly oauthUrl: string;
  readonly clientId: string;
  /** Sent as HTTP Basic; without one the client is a public one. PKCE is used either way. */
  readonly clientSecret?: string;
}

export type Send = (
  oauth: typeof Oauth,
  auth: Oauth.ClientAuth,
  options: Oauth.TokenEndpointRequestOptions,
) => Promise<Response>;

/** Makes something of a good answer. */
type Use<T> = (oauth: typeof Oauth, response: Response) => Promise<Result<T>>;

type Post = Oauth.CustomFetchOptions<'POST', URLSearchParams>;

/**
 * Gives what sends one request to the OAuth host and hands a good answer on, relabelled as the JSON that it is: some proxies
 * label it otherwise.
 * @param network no proxy is asked for without it
 */
export function createTokenEndpoint(settings: OauthSettings, clock: Clock, network?: Network) {
  const { oauthUrl, clientId, clientSecret } = settings;

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

  return async function ask<T>(purpose: Purpose, send: Send, use: Use<T>): Promise<Result<T>> {
    const oauth = await import('oauth4webapi');
    const stop = new AbortController();
    const cancelTimer = clock.setTimeout(() => stop.abort(), patience);
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
      if (stop.signal.aborted) return { ok: false, error: failures.timeout };
      const read =
        error instanceof oauth.OperationProcessingError || error instanceof oauth.UnsupportedOperationError;
      return { ok: false, error: read ? failures.notUnderstood : connectionBroke(error) };
    } finally {
      cancelTimer();
    }
  };
}

function responseOf({ status, headers, body, damage }: Answer): Response {
  if (damage) throw new KnownFailure(damageFailure(damage));
  const named = Object.entries(headers).map(([name, value]) => [name, String(value)] as [string, string]);
  // Response takes no body, not even an empty one, where HTTP has none (204).
  return new Response(body?.byteLength ? new Uint8Array(body) : null, { status, headers: named });
}

/** As Zoom documents it: base64 of `id:secret` as they are. The library form-encodes both parts first, `_` and `-` included. */
function basic(clientId: string, clientSecret: string): Oauth.ClientAuth {
  const credentials = Buffer.from(`${clientId}:${clientSecret}`).toString('base64');
  return (_server, _client, _body, headers) => headers.set('authorization', `Basic ${credentials}`);
}

function connectionBroke(error: unknown): TallyError {
  const { reason } = failureOf(error);
  return reason === 'unknown' ? failures.network : connectionErrors[reason];
}
