import { isBlocked } from '../../../shared/blocked.ts';
import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import type { Clock, TokenResult, ZoomSession } from '../ports.ts';
import { ends } from './ends.ts';
import type { Tokens } from './oauth.ts';
import type { StoredGrant } from './vault.ts';

/** Refreshed this long before the hour is over, so that no call meets an expired token. */
const early = 2 * 60_000;
/** After a refresh failed, callers get its error for so long: 1, 2, 4 s and so on, at most this, in ms. */
const longestPause = 60_000;
/** Zoom's own wish for a pause is believed up to a day, in ms. */
const longestWish = 86_400_000;
/** Another copy of Tally that has just rotated the token gets so long, in ms, to put the new one into the keychain. */
const othersSave = 1_000;
/** A keychain that takes longer than this, in ms, is not waited for: the tokens work without it. */
const savePatience = 20_000;
/** Who has an access token that still works waits so long, in ms, for the keychain, before a new one is asked for. */
const glance = 1_500;

export interface SessionDeps {
  readonly clock: Clock;
  /** 0 to under 1, for jitter. */
  random(): number;
  /** From the vault, or of a fresh sign-in. */
  readonly grant: StoredGrant;
  /** Of a fresh sign-in; without it the first call refreshes. */
  readonly access?: { readonly token: string /** Epoch ms. */; readonly expiresAt: number };
  /** One refresh; the error of a dead token, and no other, has the kind `not-signed-in`. */
  refresh(refreshToken: string): Promise<Result<Tokens>>;
  /**
   * Makes sure that the next grant can be kept, before the present one is used up for it: a refresh token of Zoom's works once. Gives
   * the grant to go on with, as another copy of Tally may have put a newer one there. An error ends the refresh, and Zoom is not asked.
   */
  prepare(grant: StoredGrant): Promise<Result<StoredGrant>>;
  /**
   * Keeps the new grant. Awaited, though not for long, before the new tokens are used: a rotated token that was not kept is lost
   * with the process. Tells the person itself when it cannot; the tokens are used all the same, as the former ones are dead.
   */
  save(grant: StoredGrant): Promise<void>;
  /**
   * What the keychain holds now; another copy of Tally may have rotated it. A locked keychain (`unlock-keychain`) leaves the
   * question open until it is unlocked, so a grant that is in memory only should give null.
   */
  reload(): Promise<Result<StoredGrant | null>>;
  /** Told once when Zoom has ended the grant: only a new sign-in helps. */
  ended(error: TallyError): void;
  /** Told of each new set of tokens. */
  refreshed(tokens: Tokens): void;
}

/** A failed refresh that is not repeated for a while. `since` guards against a clock that was put back. */
interface Pause {
  readonly error: TallyError;
  readonly since: number;
  readonly until: number;
}

/**
 * Holds the tokens of one grant and refreshes them once, however many callers ask. No token is sent again after Zoom called it
 * dead; when none is left, that is told once and remembered for good.
 */
export function createSession(deps: SessionDeps) {
  const { clock } = deps;
  let { grant } = deps;
  /** Gone as soon as Zoom refuses it. `renewAt` in epoch ms. */
  let access = deps.access && { ...deps.access, renewAt: renewAt(deps.access.expiresAt, clock.now()) };
  let refreshing: Promise<TokenResult> | undefined;
  let failures = 0;
  let pause: Pause | undefined;
  let gone: TallyError | undefined;
  /** What Zoom gave for a refresh token may have been lost: with the former process, or with an answer. */
  let lossy = grant.trading === true;
  /** Resolves when the keychain takes its time; while it is asked alone. */
  let slow: Promise<undefined> | undefined;
  const dead = new Set<string>();

  /** Sends one refresh token to Zoom, unless it is known to be dead. */
  async function trade(refreshToken: string): Promise<Result<Tokens>> {
    if (dead.has(refreshToken)) return { ok: false, error: ends.unknown };
    const result = await deps.refresh(refreshToken).catch(() => failedInside);
    if (result.ok) lossy = false;
    else if (isDead(result)) dead.add(refreshToken);
    else if (mayBeLost.includes(result.error.kind)) lossy = true;
    return result;
  }

  async function adopt(tokens: Tokens, used: string): Promise<void> {
    const { trading: _, ...rest } = grant;
    grant = { ...rest, refreshToken: tokens.refreshToken, former: used };
    await withinPatience(clock, deps.save(grant));
    const { accessToken: token, expiresAt } = tokens;
    access = { token, expiresAt, renewAt: renewAt(expiresAt, clock.now()) };
    deps.refreshed(tokens);
  }

  async function prepare(): Promise<Result<StoredGrant>> {
    const asked = deps.prepare(grant).catch(() => failedInside);
    let cancel = () => {};
    slow = new Promise((done) => {
      cancel = clock.setTimeout(() => done(undefined), glance);
    });
    const prepared = await asked;
    cancel();
    slow = undefined;
    return prepared;
  }

  /** The present token, then those that the keychain holds by and by, then the former one; each only after the one before is dead. */
  async function renew(): Promise<Result<Tokens>> {
    const mine = grant;
    const prepared = await prepare();
    if (!prepared.ok) return prepared;
    grant = prepared.value;
    const first = await attempt(grant.refreshToken);
    if (!isDead(first)) return first;

    for (;;) {
      await new Promise<void>((done) => clock.setTimeout(done, othersSave));
      const reloaded = await deps.reload().catch(() => failedInside);
      // Whether another copy has rotated the token cannot be known yet.
      if (!reloaded.ok && reloaded.error.action === 'unlock-keychain') return reloaded;
      if (!reloaded.ok || !reloaded.value || dead.has(reloaded.value.refreshToken)) break;
      grant = reloaded.value;
      const next = await attempt(grant.refreshToken);
      // Dead already: the other copy has just rotated it once more, and is about to keep that.
      if (!isDead(next)) return next;
    }

    const last = await tryOne([mine.refreshToken, grant.former, mine.former]);
    // Why the newest one is dead is what the person should know.
    return last && !isDead(last) ? last : first;
  }

  /** The first of these that Zoom has not called dead. */
  async function tryOne(spares: readonly (string | undefined)[]): Promise<Result<Tokens> | undefined> {
    const left = spares.find((token) => token !== undefined && !dead.has(token));
    return left === undefined ? undefined : attempt(left);
  }

  async function attempt(refreshToken: string): Promise<Result<Tokens>> {
    const result = await trade(refreshToken);
    if (result.ok) await adopt(result.value, refreshToken);
    return result;
  }

  async function refreshNow(): Promise<TokenResult> {
    const result = await renew();
    if (result.ok) {
      failures = 0;
      return { ok: true, token: result.value.accessToken };
    }
    const { error } = result;
    if (isDead(result)) {
      // Where Zoom names a reason of its own, that is the reason.
      gone = lossy && error.what === ends.unknown.what ? ends.onItsWay : error;
      access = undefined;
      deps.ended(gone);
      return { ok: false, error: gone };
    }
    pause = pauseAfter(error, failures, { now: clock.now(), jitter: deps.random() });
    failures += 1;
    return { ok: false, error: pause.error };
  }

  function once(): Promise<TokenResult> {
    if (gone) return Promise.resolve({ ok: false, error: gone });
    if (refreshing) return refreshing;
    if (pause && clock.now() >= pause.since && clock.now() < pause.until) {
      return Promise.resolve({ ok: false, error: pause.error });
    }
    pause = undefined;
    refreshing = refreshNow().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  }

  /** Whether the present access token is good for a while yet. */
  const works = () => access !== undefined && clock.now() < access.expiresAt;

  return {
    works,
    async accessToken(): Promise<TokenResult> {
      if (access && clock.now() < access.renewAt) return { ok: true, token: access.token };
      const renewed = once();
      const result = works() && slow ? await Promise.race([renewed, slow]) : await renewed;
      // Too early to matter.
      if (!result?.ok && access && works()) return { ok: true, token: access.token };
      return result ?? renewed;
    },
    async refresh(usedToken: string): Promise<TokenResult> {
      // Another caller has refreshed meanwhile: its token has not been refused yet.
      if (access && usedToken !== access.token) return { ok: true, token: access.token };
      access = undefined;
      return once();
    },
    /** Forgets that a refresh failed a moment ago: the computer woke up, the network is back, the person tries again. */
    retryNow(): void {
      pause = undefined;
      failures = 0;
    },
    /** The newest grant, kept or not. */
    grant: () => grant,
  };
}

/** Two minutes before the end, or halfway through a life that is shorter than four. */
function renewAt(expiresAt: number, now: number): number {
  return expiresAt - Math.min(early, (expiresAt - now) / 2);
}

/** Waits for `work` to end, well or not, though not for long. */
function withinPatience(clock: Clock, work: Promise<void>): Promise<void> {
  return new Promise((done) => {
    work.finally(clock.setTimeout(done, savePatience)).then(done, done);
  });
}

/**
 * The pause after one more refresh failed.
 * @param failures in a row before it
 * @param jitter 0 to under 1
 */
function pauseAfter(
  error: TallyError,
  failures: number,
  { now: since, jitter }: { readonly now: number; readonly jitter: number },
): Pause {
  // Jitter goes downwards, so that clients of one network do not come back in step.
  const ms = Math.min(1000 * 2 ** Math.min(failures, 10), longestPause) * (1 - jitter / 4);
  const wish = Math.min(error.retryAt ?? 0, since + longestWish);
  const until = Math.max(since + Math.round(ms), wish);
  // Of what only the person can mend, the time when Tally looks again is of no interest.
  const told = error.action === 'sign-in' || isBlocked(error) ? error : { ...error, retryAt: until };
  return { error: told, since, until };
}

function isDead(result: Result<Tokens>): boolean {
  return !result.ok && result.error.kind === 'not-signed-in';
}

/** After these, nobody knows whether Zoom has given a new token. */
const mayBeLost: readonly TallyError['kind'][] = [
  'network',
  'timeout',
  'bad-answer',
  'zoom-down',
  'internal',
];

const failedInside: Result<never> = {
  ok: false,
  error: tallyError('internal', 'The sign-in couldn’t be refreshed.'),
};

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
