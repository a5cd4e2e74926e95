import type * as Oauth from 'oauth4webapi';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { Result } from '../../../shared/ipc.ts';
import type { Clock } from '../ports.ts';

/** Tokens as Zoom gave them. The refresh token rotates: each answer has a new one and the former is dead. */
export interface Tokens {
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Epoch ms. Zoom's access tokens live an hour. */
  readonly expiresAt: number;
  /** Granted scopes, space-separated as Zoom sends them. */
  readonly scope: string;
}

export interface OauthSettings {
  /** Base of /oauth/authorize and /oauth/token: https://zoom.us, or the practice Zoom. */
  readonly oauthUrl: string;
  /** A public client (PKCE, no secret). */
  readonly clientId: string;
  readonly redirectUri: string;
}

interface SignIn {
  /** Where the person says yes. */
  readonly authorizeUrl: string;
  /** Takes the address that Zoom redirected to; checks `state`, then exchanges the code with the PKCE verifier. */
  finish(redirectedTo: string): Promise<Result<Tokens>>;
}

export interface ZoomOauth {
  begin(): Promise<SignIn>;
  /** One refresh; never repeated here, as a repeated one would use a dead token. */
  refresh(refreshToken: string): Promise<Result<Tokens>>;
}

/** Zoom's OAuth for a public client, by the book (RFC 6749, 7636, 8252; oauth4webapi, loaded on first use). */
export function createOauth(settings: OauthSettings, clock: Clock): ZoomOauth {
  const server: Oauth.AuthorizationServer = {
    issuer: settings.oauthUrl,
    authorization_endpoint: `${settings.oauthUrl}/oauth/authorize`,
    token_endpoint: `${settings.oauthUrl}/oauth/token`,
  };
  const client: Oauth.Client = { client_id: settings.clientId };

  async function exchange(
    ask: (
      oauth: typeof Oauth,
      options: Oauth.TokenEndpointRequestOptions,
    ) => Promise<Oauth.TokenEndpointResponse>,
  ): Promise<Result<Tokens>> {
    const oauth = await import('oauth4webapi');
    const options = {
      // Plain http exists on this computer only: the practice Zoom.
      [oauth.allowInsecureRequests]: settings.oauthUrl.startsWith('http://127.0.0.1:'),
      signal: () => AbortSignal.timeout(30_000),
    };
    try {
      const answer = await ask(oauth, options);
      if (!answer.refresh_token) return failed('bad-answer', 'Zoom sent no refresh token.');
      return {
        ok: true,
        value: {
          accessToken: answer.access_token,
          refreshToken: answer.refresh_token,
          expiresAt: clock.now() + (answer.expires_in ?? 3600) * 1000,
          scope: answer.scope ?? '',
        },
      };
    } catch (error) {
      return { ok: false, error: oauthFailure(oauth, error) };
    }
  }

  return {
    async begin() {
      const oauth = await import('oauth4webapi');
      const verifier = oauth.generateRandomCodeVerifier();
      const state = oauth.generateRandomState();
      const url = new URL(server.authorization_endpoint as string);
      url.search = new URLSearchParams({
        response_type: 'code',
        client_id: settings.clientId,
        redirect_uri: settings.redirectUri,
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state,
      }).toString();
      return {
        authorizeUrl: url.href,
        finish: (redirectedTo) =>
          exchange(async (lib, options) => {
            const answer = lib.validateAuthResponse(server, client, parameters(redirectedTo), state);
            const response = await lib.authorizationCodeGrantRequest(
              server,
              client,
              lib.None(),
              answer,
              settings.redirectUri,
              verifier,
              options,
            );
            return lib.processAuthorizationCodeResponse(server, client, response);
          }),
      };
    },
    refresh: (refreshToken) =>
      exchange(async (lib, options) => {
        const response = await lib.refreshTokenGrantRequest(
          server,
          client,
          lib.None(),
          refreshToken,
          options,
        );
        return lib.processRefreshTokenResponse(server, client, response);
      }),
  };
}

/** The parameters of an address. A text that is none has no parameters, and the check of the state refuses it. */
function parameters(address: string): URLSearchParams {
  try {
    return new URL(address).searchParams;
  } catch {
    return new URLSearchParams();
  }
}

function failed(kind: TallyError['kind'], what: string, why?: string): { ok: false; error: TallyError } {
  return { ok: false, error: tallyError(kind, what, why === undefined ? {} : { why }) };
}

/** Zoom's `{"reason", "error"}` bodies and broken connections, as errors of ours; never with the request in them. */
function oauthFailure(oauth: typeof Oauth, error: unknown): TallyError {
  if (error instanceof oauth.AuthorizationResponseError) {
    return tallyError('forbidden', 'Zoom did not connect the account.', { why: 'The request was declined.' });
  }
  if (error instanceof oauth.ResponseBodyError) {
    // invalid_grant, or before mid-2022 and for codes invalid_request: the grant is gone either way.
    return tallyError('not-signed-in', 'Zoom no longer accepts this sign-in.', {
      why: 'It was revoked or used elsewhere.',
    });
  }
  if (error instanceof oauth.OperationProcessingError) return badAnswer(oauth, error);
  if (
    error instanceof oauth.UnsupportedOperationError ||
    error instanceof oauth.WWWAuthenticateChallengeError
  ) {
    return notUnderstood;
  }
  return connectionBroke(error);
}

/** An answer that is not what it should be, or not all of it: the library wraps what broke the reading off. */
function badAnswer(oauth: typeof Oauth, { code, cause }: Oauth.OperationProcessingError): TallyError {
  if (code === oauth.PARSE_ERROR && !(cause instanceof SyntaxError)) return connectionBroke(cause);
  return cause instanceof Response && cause.status >= 500
    ? tallyError('zoom-down', 'Zoom has trouble with the sign-in at the moment.')
    : notUnderstood;
}

const notUnderstood = tallyError(
  'bad-answer',
  'Zoom sent an answer to the sign-in that Tally does not understand.',
);

function connectionBroke(error: unknown): TallyError {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return tallyError('timeout', 'Zoom did not answer the sign-in in time.');
  }
  return tallyError('network', 'Zoom could not be reached for the sign-in.');
}
