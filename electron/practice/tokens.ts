import { randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';

/**
 * A mark that no other text contains, followed by 32 random bytes. The mark lets a search through logs, files and crash
 * dumps prove that no secret leaked; the bytes make it a secret.
 */
export function canary(): string {
  return `CANARY-${randomUUID()}-${randomBytes(32).toString('base64url')}`;
}

/**
 * The same for a secret that Zoom makes of digits alone and of ten at most, a host key or a passcode: seven that no other number
 * here begins with, and three at random.
 */
export function numberCanary(): string {
  return `7351942${randomInt(1_000).toString().padStart(3, '0')}`;
}

/** A client id, of 22 characters as Zoom's are. It is no secret and has a mark of its own: it stands in files, and in few other places. */
export function clientIdCanary(): string {
  return `CLIENT-${randomBytes(8).toString('hex').slice(1)}`;
}

/** JWT-shaped text of the given claims. The last part is a canary, not a signature: nobody verifies it. */
export function jwtShaped(header: object, claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}.${canary()}`;
}

/** Whether two secrets are equal, in a time that does not depend on where they differ. */
export function sameSecret(given: string, wanted: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(wanted);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** The token of an `Authorization: Bearer` header. */
export function bearer(header: string | undefined): string | undefined {
  return /^Bearer ([^\s]+)$/i.exec(header ?? '')?.[1];
}

/**
 * A start token as Zoom shapes it (payload keys of a decoded sample: aud clientsm, iss web, sty 100 for e-mail users).
 * Instants in epoch milliseconds.
 */
export function zak(userId: string, accountId: string, issuedAt: number, lifeSeconds: number): string {
  const iat = Math.floor(issuedAt / 1000);
  return jwtShaped(
    { typ: 'JWT', sv: '000001', zm_skm: 'zm_o2m', alg: 'HS256' },
    {
      aud: 'clientsm',
      uid: userId,
      iss: 'web',
      sk: '0',
      sty: 100,
      wcd: 'us02',
      clt: 0,
      exp: iat + lifeSeconds,
      iat,
      aid: accountId,
      cid: '',
    },
  );
}
