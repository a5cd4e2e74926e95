import { createHash, randomUUID } from 'node:crypto';
import { day, type PracticeClock } from './clock.ts';
import { canary, jwtShaped, sameSecret } from './tokens.ts';

/** The app that tests call Zoom by; whatever becomes of the apps of the account, it works. */
export const harnessId = 'harness';

/** Lifetimes in milliseconds, as Zoom's. */
const lifetimes = { code: 300_000, access: 3_600_000, refresh: 90 * day } as const;

/** An app registered at the practice Zoom. One without a secret is a public (PKCE) client. */
export interface Client {
  readonly id: string;
  /** The app that it is of; one that is its own only client has its id. */
  readonly app?: string;
  readonly secret?: string;
  readonly name: string;
  /** The registered redirect; without one the app comes back to any path of 127.0.0.1. */
  readonly redirectUri?: string;
  /** Addresses, or beginnings of them, that it may come back to. */
  readonly allowList?: readonly string[];
  scopes: readonly string[];
}

/** What clients of one app have in common. */
export const appOf = ({ app, id }: Pick<Client, 'app' | 'id'>): string => app ?? id;

/** One person's consent to one app. */
export interface Grant {
  readonly userId: string;
  readonly clientId: string;
  scopes: readonly string[];
  accessToken: string;
  accessExpiresAt: number;
  refreshToken: string;
  refreshExpiresAt: number;
  refreshes: number;
}

/** What a one-time code stands for. */
export interface CodeFacts {
  readonly userId: string;
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly challenge: string | undefined;
  readonly method: 'S256' | 'plain';
}

export interface Grants {
  readonly all: () => readonly Grant[];
  /** Refresh tokens traded so far, by all grants that ever were. */
  readonly refreshes: () => number;
  /** Grants that an app has revoked so far. */
  readonly revocations: () => number;
  /** Makes a one-time code, good for five minutes. */
  issueCode(code: CodeFacts): string;
  /** Trades a code for a grant, which kills any former one of the same person and app, unless such are kept. A string is the reason why not. */
  redeem(
    value: string,
    clientId: string,
    redirectUri: string,
    verifier: string,
  ): Grant | 'code' | 'redirect' | 'verifier';
  issue(userId: string, clientId: string, scopes: readonly string[], lifeMs?: number): Grant;
  /** Gives new tokens and kills the old ones; undefined when the token is not the newest of a living grant. */
  refresh(refreshToken: string, clientId: string): Grant | undefined;
  /** Ends the grant that either token belongs to; false when it is none of this app. */
  revoke(token: string, clientId: string): boolean;
  /** Ends grants as Zoom does, without an app having asked for it. */
  end(isOver: (grant: Grant) => boolean): void;
  /** The living grant that a refresh token is the newest of. */
  byRefreshToken(token: string, clientId: string): Grant | undefined;
  /** A newer sign-in of the same person and app has taken the place of the one that this refresh token belonged to. */
  isReplaced(token: string): boolean;
  /** The grant that an access token belongs to; 'expired' when its hour is over. */
  byAccessToken(token: string): Grant | 'expired' | undefined;
}

/** @param keepsFormer whether a former grant of the same person and app stands beside a new one */
export function createGrants(
  clock: PracticeClock,
  accountId: string,
  keepsFormer: () => boolean = () => false,
): Grants {
  let grants: Grant[] = [];
  let refreshes = 0;
  let revocations = 0;
  /** Refresh tokens that were the newest of their grant when a newer sign-in ended it. */
  const replaced = new Set<string>();
  const codes = new Map<string, CodeFacts & { readonly expiresAt: number }>();

  const accessToken = (userId: string, clientId: string, expiresAt: number) =>
    jwtShaped(
      { sv: '000001', alg: 'HS512', v: '2.0', kid: randomUUID() },
      {
        ver: 10,
        iss: `zm:cid:${clientId}`,
        aud: 'https://oauth.zoom.us',
        uid: userId,
        aid: accountId,
        nbf: Math.floor(clock.now() / 1000),
        exp: Math.floor(expiresAt / 1000),
        iat: Math.floor(clock.now() / 1000),
        jti: randomUUID(),
      },
    );
  const refreshToken = (userId: string) =>
    jwtShaped({ sv: '000001', alg: 'HS512', v: '2.0' }, { type: 1, uid: userId });

  const issue: Grants['issue'] = (userId, clientId, scopes, lifeMs = lifetimes.access) => {
    const former = grants.filter((grant) => grant.userId === userId && grant.clientId === clientId);
    if (!keepsFormer()) for (const one of former) replaced.add(one.refreshToken);
    grants = grants.filter((grant) => !replaced.has(grant.refreshToken));
    const accessExpiresAt = clock.now() + lifeMs;
    const grant: Grant = {
      userId,
      clientId,
      scopes,
      accessToken: accessToken(userId, clientId, accessExpiresAt),
      accessExpiresAt,
      refreshToken: refreshToken(userId),
      refreshExpiresAt: clock.now() + lifetimes.refresh,
      refreshes: 0,
    };
    grants.push(grant);
    return grant;
  };

  const byRefreshToken: Grants['byRefreshToken'] = (token, clientId) =>
    grants.find(
      (one) =>
        one.clientId === clientId &&
        sameSecret(one.refreshToken, token) &&
        clock.now() < one.refreshExpiresAt,
    );

  return {
    all: () => grants,
    refreshes: () => refreshes,
    revocations: () => revocations,
    issueCode: (code) => {
      const value = canary();
      codes.set(value, { ...code, expiresAt: clock.now() + lifetimes.code });
      return value;
    },
    redeem: (value, clientId, redirectUri, verifier) => {
      const code = codes.get(value);
      if (!code || code.clientId !== clientId) return 'code';
      codes.delete(value);
      if (clock.now() >= code.expiresAt) return 'code';
      if (code.redirectUri !== redirectUri) return 'redirect';
      if (code.challenge !== undefined && !verifies(code.challenge, code.method, verifier)) return 'verifier';
      return issue(code.userId, clientId, code.scopes);
    },
    issue,
    refresh: (token, clientId) => {
      const grant = byRefreshToken(token, clientId);
      if (!grant) return undefined;
      grant.accessExpiresAt = clock.now() + lifetimes.access;
      grant.accessToken = accessToken(grant.userId, clientId, grant.accessExpiresAt);
      grant.refreshToken = refreshToken(grant.userId);
      grant.refreshExpiresAt = clock.now() + lifetimes.refresh;
      grant.refreshes += 1;
      refreshes += 1;
      return grant;
    },
    revoke: (token, clientId) => {
      const left = grants.filter(
        (one) =>
          one.clientId !== clientId ||
          !(sameSecret(one.accessToken, token) || sameSecret(one.refreshToken, token)),
      );
      const found = left.length < grants.length;
      grants = left;
      if (found) revocations += 1;
      return found;
    },
    end: (isOver) => {
      grants = grants.filter((grant) => !isOver(grant));
    },
    byRefreshToken,
    isReplaced: (token) => replaced.has(token),
    byAccessToken: (token) => {
      const grant = grants.find((one) => sameSecret(one.accessToken, token));
      return grant && clock.now() >= grant.accessExpiresAt ? 'expired' : grant;
    },
  };
}

function verifies(challenge: string, method: 'S256' | 'plain', verifier: string): boolean {
  const given = method === 'plain' ? verifier : createHash('sha256').update(verifier).digest('base64url');
  return sameSecret(given, challenge);
}
