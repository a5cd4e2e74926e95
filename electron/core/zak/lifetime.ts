/** How long Zoom lets a ZAK live, ms: five minutes, or two hours by the token operation (facts: tokens). */
const usual = 5 * 60_000;
/** Longer lives are not believed: Zoom gives a year at most. */
const longest = 366 * 86_400_000;

/**
 * How long a token lives from when it was made, ms: by its own times, as this computer's clock may differ from Zoom's; else by
 * what was asked for.
 * @param ttl seconds that were asked for
 */
export function lifeMs(token: string, ttl?: number): number {
  const asked = ttl === undefined ? usual : ttl * 1000;
  try {
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8'));
    const { iat, exp } = claims as { readonly iat?: unknown; readonly exp?: unknown };
    const life = (Number(exp) - Number(iat)) * 1000;
    return life > 0 && life <= longest ? life : asked;
  } catch {
    return asked;
  }
}
