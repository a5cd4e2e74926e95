import { createHash, randomBytes } from 'node:crypto';
import type { Practice } from '../../electron/practice/server.ts';
import { type Answer, readAnswer } from './practice-client.ts';

export const redirectUri = 'http://127.0.0.1:49152/back/here';

/** A verifier and its S256 challenge. */
export function pkce() {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** The address of the consent page for the public client; `change` adds or, with undefined, drops parameters. */
export function authorizeUrl(practice: Practice, change: Record<string, string | undefined> = {}): string {
  const url = new URL('/oauth/authorize', practice.oauthUrl);
  const parameters = {
    response_type: 'code',
    client_id: practice.clientId,
    redirect_uri: redirectUri,
    ...change,
  };
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return url.href;
}

/** Sends parameters to `/oauth/token` or `/oauth/revoke`. */
export async function post(
  practice: Practice,
  path: string,
  form: Record<string, string>,
  basic?: string,
): Promise<Answer> {
  const response = await fetch(new URL(path, practice.oauthUrl), {
    method: 'POST',
    body: new URLSearchParams(form),
    headers: basic === undefined ? {} : { authorization: `Basic ${Buffer.from(basic).toString('base64')}` },
  });
  return readAnswer(response);
}

export interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: number;
  readonly scope: string;
  readonly token_type: string;
  readonly api_url: string;
}

/** Who signs in with what; the practice user with the public client unless said. */
interface SignInOptions {
  readonly scope?: string;
  readonly email?: string;
  readonly clientId?: string;
  /** Sent by HTTP Basic in place of the client id. */
  readonly clientSecret?: string;
  readonly redirectUri?: string;
}

/** Consent and code exchange, as an app does them. */
export async function signIn(practice: Practice, options: SignInOptions = {}): Promise<Tokens> {
  const { clientId = practice.clientId, clientSecret, redirectUri: redirect = redirectUri } = options;
  const { verifier, challenge } = pkce();
  const url = authorizeUrl(practice, {
    client_id: clientId,
    redirect_uri: redirect,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    scope: options.scope,
  });
  const code = new URL(await practice.consent(url, options.email)).searchParams.get('code') ?? '';
  const form = { grant_type: 'authorization_code', redirect_uri: redirect, code, code_verifier: verifier };
  const answer =
    clientSecret === undefined
      ? await post(practice, '/oauth/token', { ...form, client_id: clientId })
      : await post(practice, '/oauth/token', form, `${clientId}:${clientSecret}`);
  return answer.json as Tokens;
}

interface AppFields {
  readonly name?: string;
  readonly redirect?: string;
  /** The address unless told. */
  readonly allow?: string;
  readonly scopes?: string;
  /** "on" for a public client. */
  readonly public?: string;
}

interface MadeApp {
  readonly status: number;
  readonly headers: Headers;
  readonly html: string;
  /** The public client's where it is a public app. */
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
  readonly production: { readonly clientId: string | undefined; readonly clientSecret: string | undefined };
  /** What the page says is wrong, as HTML. */
  readonly problem: string | undefined;
}

/** Fills the marketplace's form in and sends it. What is not given will do. */
export async function makeApp(practice: Practice, fields: AppFields = {}): Promise<MadeApp> {
  const { redirect = fields.public ? 'http://127.0.0.1/back' : 'https://www.example.com/back' } = fields;
  const { scopes = 'user:read:user', ...others } = fields;
  const form = new URLSearchParams({ name: 'My app', allow: redirect, ...others, redirect });
  for (const scope of scopes.split(/[\s,]+/).filter(Boolean)) form.append('scope', scope);
  const response = await fetch(practice.marketplaceUrl, { method: 'POST', body: form });
  const html = await response.text();
  const output = (id: string) => new RegExp(`<output id="${id}">([^<]+)<`).exec(html)?.[1];
  return {
    status: response.status,
    headers: response.headers,
    html,
    clientId: output(fields.public ? 'public-client-id' : 'client-id'),
    clientSecret: output('client-secret'),
    production: {
      clientId: output('production-client-id'),
      clientSecret: output('production-client-secret'),
    },
    problem: /<p role="alert">([^<]+)</.exec(html)?.[1],
  };
}
