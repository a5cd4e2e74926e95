import { createHash, randomBytes } from 'node:crypto';
import type { Practice } from '../../../electron/practice/server.ts';
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

/** Consent and code exchange of the public client, as an app does them. */
export async function signIn(practice: Practice, scope?: string): Promise<Tokens> {
  const { verifier, challenge } = pkce();
  const url = authorizeUrl(practice, { code_challenge: challenge, code_challenge_method: 'S256', scope });
  const code = new URL(await practice.consent(url)).searchParams.get('code') ?? '';
  const answer = await post(practice, '/oauth/token', {
    grant_type: 'authorization_code',
    client_id: practice.clientId,
    redirect_uri: redirectUri,
    code,
    code_verifier: verifier,
  });
  return answer.json as Tokens;
}
