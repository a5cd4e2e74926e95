import { describe, expect, it } from 'vitest';
import type { Tokens } from '../../../../electron/core/sign-in/oauth.ts';
import { createSession, fixedSession } from '../../../../electron/core/sign-in/session.ts';
import type { StoredGrant } from '../../../../electron/core/sign-in/vault.ts';
import { type Result, type TallyError, tallyError } from '../../../../shared/errors.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { gate } from '../../../support/waiting.ts';

const hour = 3_600_000;
const minute = 60_000;
const network = tallyError('network', 'No way.');
const locked = tallyError('keychain', 'The keychain is locked.');

interface Script {
  /** Failures of the first refreshes, instead of what Zoom would say. */
  readonly fail?: readonly TallyError[];
  readonly prepare?: (grant: StoredGrant) => Promise<Result<StoredGrant>>;
  readonly save?: () => Promise<void>;
  readonly reload?: () => Result<StoredGrant | null>;
  readonly grant?: StoredGrant;
  /** False: a start of the app with what the keychain has, and no access token yet. */
  readonly access?: boolean;
  readonly lifeMs?: number;
}

/** A Zoom whose refresh tokens rotate strictly: `refresh-0`, then `refresh-1` and so on, each good once. */
function bench(script: Script = {}) {
  const clock = createFakeClock();
  const order: string[] = [];
  const ended: TallyError[] = [];
  const { opened, open } = gate();
  const failures = [...(script.fail ?? [])];
  const life = script.lifeMs ?? hour;
  let count = 0;
  const tokens = (): Tokens => ({
    accessToken: `access-${count}`,
    refreshToken: `refresh-${count}`,
    expiresAt: clock.now() + life,
    scope: 'user:read:user',
  });
  const session = createSession({
    clock,
    random: () => 0,
    grant: script.grant ?? { refreshToken: 'refresh-0' },
    ...(script.access !== false && { access: { token: 'access-0', expiresAt: clock.now() + life } }),
    prepare: script.prepare ?? (async (grant) => ({ ok: true, value: grant })),
    async refresh(refreshToken) {
      order.push(`refresh ${refreshToken}`);
      await opened;
      const failure = failures.shift();
      if (failure) return { ok: false, error: failure };
      if (refreshToken !== `refresh-${count}`) {
        return { ok: false, error: tallyError('not-signed-in', 'A dead token.') };
      }
      count += 1;
      return { ok: true, value: tokens() };
    },
    async save({ refreshToken, former }) {
      order.push(`save ${refreshToken} after ${former}`);
      await script.save?.();
      order.push(`saved ${refreshToken}`);
    },
    async reload() {
      order.push('reload');
      return script.reload?.() ?? { ok: true, value: null };
    },
    ended: (error) => void ended.push(error),
    refreshed: ({ accessToken }) => void order.push(`refreshed ${accessToken}`),
  });
  /** Another sign-in of the same person, or another copy of Tally, ends the token that this session has. */
  const rotate = () => {
    count += 1;
  };
  const asked = () => order.filter((one) => one.startsWith('refresh '));
  return { clock, session, order, ended, open, rotate, asked };
}

const token = (value: string) => ({ ok: true, token: value });

describe('a session', () => {
  it('gives the token it has until two minutes before its hour is over', async () => {
    const { clock, session, order, open } = bench();
    open();
    expect(await session.accessToken()).toEqual(token('access-0'));
    clock.jump(58 * minute - 1);
    expect(await session.accessToken()).toEqual(token('access-0'));
    expect(order).toEqual([]);
    clock.jump(1);
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(order).toEqual([
      'refresh refresh-0',
      'save refresh-1 after refresh-0',
      'saved refresh-1',
      'refreshed access-1',
    ]);
    expect(session.grant()).toEqual({ refreshToken: 'refresh-1', former: 'refresh-0' });
  });

  it('refreshes once for 100 calls at the end of the hour', async () => {
    const { clock, session, asked, open } = bench();
    clock.jump(hour);
    const calls = Array.from({ length: 100 }, (_, index) =>
      index % 2 === 0 ? session.accessToken() : session.refresh('access-0'),
    );
    open();
    for (const result of await Promise.all(calls)) expect(result).toEqual(token('access-1'));
    expect(asked()).toEqual(['refresh refresh-0']);
  });

  it('starts with what the keychain has, by one refresh', async () => {
    const { session, asked, open } = bench({ access: false });
    open();
    const calls = await Promise.all([session.accessToken(), session.accessToken(), session.refresh('old')]);
    expect(calls).toEqual(Array(3).fill(token('access-1')));
    expect(asked()).toEqual(['refresh refresh-0']);
  });

  it('with tokens of a short life refreshes halfway, not with every call', async () => {
    const { clock, session, asked, open } = bench({ lifeMs: 60_000 });
    open();
    clock.jump(29_999);
    expect(await session.accessToken()).toEqual(token('access-0'));
    clock.jump(1);
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(asked()).toHaveLength(1);
  });

  it('keeps the new tokens before it gives them away', async () => {
    const kept = gate();
    const { session, order, open } = bench({ save: () => kept.opened });
    open();
    let given = false;
    const refreshed = session.refresh('access-0').then((result) => {
      given = true;
      return result;
    });
    await new Promise((done) => setImmediate(done));
    expect(order.at(-1)).toBe('save refresh-1 after refresh-0');
    // Neither to whoever comes meanwhile.
    const other = session.refresh('access-0');
    await new Promise((done) => setImmediate(done));
    expect(given).toBe(false);
    kept.open();
    expect(await refreshed).toEqual(token('access-1'));
    expect(await other).toEqual(token('access-1'));
  });

  it('does not refresh for a token that somebody else has replaced already', async () => {
    const { session, asked, open } = bench();
    open();
    await session.refresh('access-0');
    expect(await session.refresh('access-0')).toEqual(token('access-1'));
    expect(asked()).toHaveLength(1);
    expect(await session.refresh('access-1')).toEqual(token('access-2'));
  });

  it('uses new tokens even when they cannot be kept: the former ones are dead', async () => {
    const { session, open } = bench({ save: () => Promise.reject(new Error('locked')) });
    open();
    expect(await session.refresh('access-0')).toEqual(token('access-1'));
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(await session.refresh('access-1')).toEqual(token('access-2'));
  });

  it('waits no longer than 20 s for the keychain, and loses nothing by it', async () => {
    const { clock, session, open } = bench({ save: () => new Promise(() => {}) });
    open();
    const refreshed = session.refresh('access-0');
    await clock.advance(20_000);
    expect(await refreshed).toEqual(token('access-1'));
    expect(session.grant().refreshToken).toBe('refresh-1');
    expect(clock.pending()).toEqual([]);
  });

  it('believes Zoom rather than a clock that was put back', async () => {
    const { clock, session, open } = bench();
    open();
    clock.jump(-48 * hour);
    expect(await session.refresh('access-0')).toEqual(token('access-1'));
    clock.jump(96 * hour);
    expect(await session.accessToken()).toEqual(token('access-2'));
  });
});

describe('a keychain that is asked before Zoom is', () => {
  it('and cannot keep the next grant ends the refresh, and nothing of the present one is used up', async () => {
    const answers: Result<StoredGrant>[] = [{ ok: false, error: locked }];
    const { clock, session, asked, ended, open } = bench({
      prepare: async (grant) => answers.shift() ?? { ok: true, value: grant },
    });
    open();
    clock.jump(hour);
    expect(await session.accessToken()).toMatchObject({ ok: false, error: locked });
    expect(asked()).toEqual([]);
    expect(ended).toEqual([]);
    session.retryNow();
    expect(await session.accessToken()).toEqual(token('access-1'));
  });

  it('and takes its time is waited for with the present token while that works', async () => {
    const kept = gate();
    const { clock, session, asked, open } = bench({
      prepare: async (grant) => {
        await kept.opened;
        return { ok: true, value: grant };
      },
    });
    open();
    clock.jump(58 * minute);
    const first = session.accessToken();
    await clock.advance(1_500);
    expect(await first).toEqual(token('access-0'));
    expect(await session.accessToken()).toEqual(token('access-0'));
    expect(asked()).toEqual([]);
    clock.jump(2 * minute);
    const late = session.accessToken();
    kept.open();
    expect(await late).toEqual(token('access-1'));
    expect(clock.pending()).toEqual([]);
  });

  it('and has a newer grant of another copy of Tally gives that', async () => {
    const other = { refreshToken: 'refresh-1', former: 'refresh-0' };
    const { session, asked, open, rotate } = bench({ prepare: async () => ({ ok: true, value: other }) });
    open();
    rotate();
    expect(await session.refresh('access-0')).toEqual(token('access-2'));
    expect(asked()).toEqual(['refresh refresh-1']);
  });

  it('and has an older one that is dead does not cost the present one', async () => {
    const { clock, session, open } = bench({
      prepare: async () => ({ ok: true, value: { refreshToken: 'refresh-x' } }),
    });
    clock.skipWaits(1000);
    open();
    expect(await session.refresh('access-0')).toEqual(token('access-1'));
  });
});

describe('a token whose successor may have been lost', () => {
  const revoked = tallyError('not-signed-in', 'Zoom no longer accepts this sign-in.', { why: 'Revoked.' });
  const lost = 'This sign-in seems to have been lost on its way.';

  it('with the former process is not called revoked', async () => {
    const grant = { refreshToken: 'refresh-x', trading: true as const };
    const { clock, session, ended, open } = bench({ grant, access: false, fail: [revoked] });
    clock.skipWaits(1000);
    open();
    expect(await session.accessToken()).toMatchObject({ error: { kind: 'not-signed-in', what: lost } });
    expect(ended).toMatchObject([{ what: lost }]);
  });

  it('with an answer of Zoom’s is not called revoked', async () => {
    const { clock, session, ended, open } = bench({ access: false, fail: [network, revoked] });
    clock.skipWaits(1000);
    open();
    await session.accessToken();
    session.retryNow();
    await session.accessToken();
    expect(ended).toMatchObject([{ what: lost }]);
  });

  it('is called what Zoom calls it once a later one has been kept', async () => {
    const grant = { refreshToken: 'refresh-0', trading: true as const };
    const { clock, session, ended, open } = bench({ grant, access: false });
    clock.skipWaits(1000);
    open();
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(session.grant()).toEqual({ refreshToken: 'refresh-1', former: 'refresh-0' });
    clock.jump(hour);
    for (let count = 0; count < 2; count += 1) await session.refresh('access-1');
    expect(ended).toEqual([]);
  });
});

describe('a refresh that fails for now', () => {
  it('is told to all who wait, and for 1, 2, 4 ... 60 s to all who come, without asking Zoom', async () => {
    const { clock, session, asked, open } = bench({ fail: Array(9).fill(network) });
    clock.jump(hour);
    open();
    for (const [count, seconds] of [1, 2, 4, 8, 16, 32, 60, 60, 60].entries()) {
      const error = { ok: false, error: { ...network, retryAt: clock.now() + seconds * 1000 } };
      expect(await Promise.all([session.accessToken(), session.refresh('access-0')])).toEqual([error, error]);
      clock.jump(seconds * 1000 - 1);
      expect(await session.accessToken()).toEqual(error);
      expect(asked()).toHaveLength(count + 1);
      clock.jump(1);
    }
    expect(await session.accessToken()).toEqual(token('access-1'));
  });

  it('does not matter while the present token is good', async () => {
    const { clock, session, asked, open } = bench({ fail: [network, network] });
    open();
    clock.jump(58 * minute);
    expect(await session.accessToken()).toEqual(token('access-0'));
    expect(await session.accessToken()).toEqual(token('access-0'));
    expect(asked()).toHaveLength(1);
    clock.jump(2 * minute);
    expect(await session.accessToken()).toMatchObject({ ok: false, error: { kind: 'network' } });
    clock.jump(2000);
    expect(await session.accessToken()).toEqual(token('access-1'));
  });

  it('matters at once when Zoom has refused the present token', async () => {
    const { session, open } = bench({ fail: [network] });
    open();
    expect(await session.refresh('access-0')).toMatchObject({ ok: false, error: { kind: 'network' } });
    expect(await session.accessToken()).toMatchObject({ ok: false, error: { kind: 'network' } });
  });

  it('is repeated at once where the person, the network or the clock says so', async () => {
    const { clock, session, asked, open } = bench({ fail: [network, network, network] });
    clock.jump(hour);
    open();
    await session.accessToken();
    session.retryNow();
    expect(await session.accessToken()).toMatchObject({ error: { retryAt: clock.now() + 1000 } });
    clock.jump(-48 * hour);
    expect(await session.refresh('access-0')).toMatchObject({ ok: false });
    expect(asked()).toHaveLength(3);
  });

  it.each([
    [30_000, 30_000],
    [400 * 86_400_000, 86_400_000],
  ])('is not repeated for as long as Zoom wishes, %d ms, up to a day', async (wish, pause) => {
    const clock = createFakeClock();
    const limit = tallyError('rate-limit', 'Slowly.', { retryAt: clock.now() + wish });
    const { session, open } = bench({ fail: [limit] });
    open();
    expect(await session.refresh('access-0')).toMatchObject({ error: { retryAt: clock.now() + pause } });
  });

  it('because the app is unknown at Zoom, says so with no time in it, and is no end', async () => {
    const unknown = tallyError('invalid-input', 'No such app.', { action: 'sign-in' });
    const { clock, session, ended, open } = bench({ fail: [unknown] });
    open();
    expect(await session.refresh('access-0')).toEqual({ ok: false, error: unknown });
    expect(ended).toEqual([]);
    clock.jump(1000);
    expect(await session.refresh('access-0')).toEqual(token('access-1'));
  });
});

describe('a dead token', () => {
  const dead = { ok: false, error: { kind: 'not-signed-in' } };

  it('is sent once; that the sign-in is over is told once and remembered', async () => {
    const { clock, session, order, ended, open, rotate } = bench();
    clock.skipWaits(1000);
    open();
    rotate();
    const refused = await Promise.all(Array.from({ length: 50 }, () => session.refresh('access-0')));
    for (const result of refused) expect(result).toMatchObject(dead);
    session.retryNow();
    clock.jump(hour);
    expect(await session.refresh('access-0')).toMatchObject(dead);
    expect(await session.accessToken()).toMatchObject(dead);
    expect(order).toEqual(['refresh refresh-0', 'reload']);
    expect(ended).toMatchObject([{ kind: 'not-signed-in' }]);
  });

  it('is replaced by what another copy has put into the keychain a second later', async () => {
    const other = { refreshToken: 'refresh-1', former: 'refresh-0' };
    const { clock, session, order, ended, open, rotate } = bench({
      reload: () => ({ ok: true, value: other }),
    });
    open();
    rotate();
    const result = session.refresh('access-0');
    await clock.advance(999);
    expect(order).toEqual(['refresh refresh-0']);
    await clock.advance(1);
    expect(await result).toEqual(token('access-2'));
    expect(order.slice(0, 4)).toEqual([
      'refresh refresh-0',
      'reload',
      'refresh refresh-1',
      'save refresh-2 after refresh-1',
    ]);
    expect(ended).toEqual([]);
  });

  it('gives way to the former one, which is tried once', async () => {
    // The newest never came into force at Zoom.
    const grant = { refreshToken: 'refresh-x', former: 'refresh-0', clientSecret: 's' };
    const { clock, session, asked, ended, open } = bench({ grant, access: false });
    clock.skipWaits(1000);
    open();
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(asked()).toEqual(['refresh refresh-x', 'refresh refresh-0']);
    expect(session.grant()).toEqual({ refreshToken: 'refresh-1', former: 'refresh-0', clientSecret: 's' });
    expect(ended).toEqual([]);
  });

  it('with all others dead too means the end, each of them asked for once', async () => {
    const grant = { refreshToken: 'refresh-x', former: 'refresh-y' };
    const reload = () => ({ ok: true as const, value: { refreshToken: 'refresh-z', former: 'refresh-w' } });
    const { clock, session, asked, ended, open } = bench({ grant, access: false, reload });
    clock.skipWaits(1000);
    open();
    for (let count = 0; count < 3; count += 1) expect(await session.accessToken()).toMatchObject(dead);
    expect(asked()).toEqual(['refresh refresh-x', 'refresh refresh-z', 'refresh refresh-w']);
    expect(ended).toHaveLength(1);
  });

  it('means the end for the reason that Zoom gives for the newest', async () => {
    const grant = { refreshToken: 'refresh-x', former: 'refresh-y' };
    const reason = tallyError('not-signed-in', 'The scopes have changed.');
    const { clock, session, ended, open } = bench({ grant, access: false, fail: [reason] });
    clock.skipWaits(1000);
    open();
    expect(await session.accessToken()).toEqual({ ok: false, error: reason });
    expect(ended).toEqual([reason]);
  });

  it('behind a locked keychain is not the end: it is looked at again, without asking Zoom', async () => {
    const kept: Result<StoredGrant | null>[] = [
      { ok: false, error: locked },
      { ok: true, value: { refreshToken: 'refresh-1' } },
    ];
    const { clock, session, asked, ended, open, rotate } = bench({
      reload: () => kept.shift() as Result<StoredGrant | null>,
    });
    clock.skipWaits(1000);
    open();
    rotate();
    expect(await session.refresh('access-0')).toMatchObject({
      ok: false,
      error: { ...locked, retryAt: expect.any(Number) },
    });
    expect(ended).toEqual([]);
    session.retryNow();
    expect(await session.refresh('access-0')).toEqual(token('access-2'));
    expect(asked()).toEqual(['refresh refresh-0', 'refresh refresh-1']);
  });

  it.each([
    ['without a keychain', tallyError('keychain', 'None.', { action: 'retry' })],
    ['with a damaged one', tallyError('not-signed-in', 'Damaged.')],
  ])('%s is the end', async (_, error) => {
    const { clock, session, ended, open, rotate } = bench({ reload: () => ({ ok: false, error }) });
    clock.skipWaits(1000);
    open();
    rotate();
    expect(await session.refresh('access-0')).toMatchObject({ error: { what: 'A dead token.' } });
    expect(ended).toHaveLength(1);
  });

  it('is not mistaken for one when the way to the other breaks off', async () => {
    const grant = { refreshToken: 'refresh-x', former: 'refresh-0' };
    const deadToken = tallyError('not-signed-in', 'A dead token.');
    const { clock, session, asked, ended, open } = bench({
      grant,
      access: false,
      fail: [deadToken, network],
    });
    clock.skipWaits(1000);
    open();
    expect(await session.accessToken()).toMatchObject({ error: { kind: 'network' } });
    session.retryNow();
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(asked()).toEqual(['refresh refresh-x', 'refresh refresh-0', 'refresh refresh-0']);
    expect(ended).toEqual([]);
  });
});

it('a token from outside is used as it is and cannot be refreshed', async () => {
  const session = fixedSession('given');
  expect(await session.accessToken()).toEqual(token('given'));
  const refused = await session.refresh('given');
  expect(refused).toMatchObject({ ok: false, error: { kind: 'not-signed-in', action: 'sign-in' } });
  expect(JSON.stringify(refused)).not.toContain('given"');
});
