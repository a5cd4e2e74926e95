import { describe, expect, it } from 'vitest';
import type { Tokens } from '../../electron/core/accounts/oauth.ts';
import { createSession, fixedSession } from '../../electron/core/accounts/session.ts';
import { tallyError } from '../../shared/errors.ts';
import type { Result } from '../../shared/ipc.ts';
import { createFakeClock } from './support/fake-clock.ts';
import { gate } from './support/zoom-server.ts';

const hour = 3_600_000;
const minute = 60_000;
const broken: Result<Tokens> = { ok: false, error: tallyError('network', 'No way.') };

/** A Zoom whose refresh tokens rotate strictly: each is good once. */
function bench(answers: { readonly fail?: number; readonly save?: (tokens: Tokens) => Promise<void> } = {}) {
  const clock = createFakeClock();
  const order: string[] = [];
  const { opened, open } = gate();
  let count = 0;
  let failures = answers.fail ?? 0;
  const tokens = (): Tokens => ({
    accessToken: `access-${count}`,
    refreshToken: `refresh-${count}`,
    expiresAt: clock.now() + hour,
    scope: 'user:read:user',
  });
  const session = createSession({
    clock,
    tokens: tokens(),
    async refresh(refreshToken) {
      order.push(`refresh ${refreshToken}`);
      await opened;
      if (failures > 0) {
        failures -= 1;
        return broken;
      }
      if (refreshToken !== `refresh-${count}`) {
        return { ok: false, error: tallyError('not-signed-in', 'A dead token.') };
      }
      count += 1;
      return { ok: true, value: tokens() };
    },
    async save(kept) {
      order.push(`save ${kept.refreshToken}`);
      await answers.save?.(kept);
      order.push(`saved ${kept.refreshToken}`);
    },
  });
  /** Another sign-in of the same person ends this grant. */
  const revoke = () => {
    count += 1;
  };
  return { clock, session, order, open, revoke };
}

const token = (value: string) => ({ ok: true, token: value });

describe('a session', () => {
  it('asks with a dead refresh token once, and then no more', async () => {
    const { session, order, open, revoke } = bench();
    open();
    revoke();
    const refused = { ok: false, error: { kind: 'not-signed-in' } };
    expect(await session.refresh('access-0')).toMatchObject(refused);
    expect(await Promise.all(Array.from({ length: 50 }, () => session.refresh('access-0')))).toEqual(
      Array(50).fill(expect.objectContaining({ ok: false })),
    );
    expect(order).toEqual(['refresh refresh-0']);
  });

  it('gives the token it has until two minutes before its hour is over', async () => {
    const { clock, session, order, open } = bench();
    open();
    expect(await session.accessToken()).toEqual(token('access-0'));
    clock.jump(58 * minute - 1);
    expect(await session.accessToken()).toEqual(token('access-0'));
    expect(order).toEqual([]);
    clock.jump(1);
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(order).toEqual(['refresh refresh-0', 'save refresh-1', 'saved refresh-1']);
  });

  it('refreshes once for 100 calls at the end of the hour', async () => {
    const { clock, session, order, open } = bench();
    clock.jump(hour);
    const calls = Array.from({ length: 100 }, (_, index) =>
      index % 2 === 0 ? session.accessToken() : session.refresh('access-0'),
    );
    open();
    for (const result of await Promise.all(calls)) expect(result).toEqual(token('access-1'));
    expect(order.filter((one) => one.startsWith('refresh'))).toEqual(['refresh refresh-0']);
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
    expect(order.at(-1)).toBe('save refresh-1');
    expect(given).toBe(false);
    kept.open();
    expect(await refreshed).toEqual(token('access-1'));
  });

  it('does not refresh for a token that somebody else has replaced already', async () => {
    const { session, order, open } = bench();
    open();
    await session.refresh('access-0');
    expect(await session.refresh('access-0')).toEqual(token('access-1'));
    expect(order.filter((one) => one.startsWith('refresh'))).toHaveLength(1);
    expect(await session.refresh('access-1')).toEqual(token('access-2'));
  });

  it('tells all who wait that a refresh failed, and tries anew for the next', async () => {
    const { clock, session, order, open } = bench({ fail: 1 });
    clock.jump(hour);
    open();
    expect(await Promise.all([session.accessToken(), session.accessToken()])).toEqual([broken, broken]);
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(order.filter((one) => one.startsWith('refresh'))).toEqual([
      'refresh refresh-0',
      'refresh refresh-0',
    ]);
  });

  it('uses new tokens even when they cannot be kept: the former ones are dead', async () => {
    const { session, open } = bench({ save: () => Promise.reject(new Error('locked')) });
    open();
    expect(await session.refresh('access-0')).toEqual(token('access-1'));
    expect(await session.accessToken()).toEqual(token('access-1'));
    expect(await session.refresh('access-1')).toEqual(token('access-2'));
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

it('a token from outside is used as it is and cannot be refreshed', async () => {
  const session = fixedSession('given');
  expect(await session.accessToken()).toEqual(token('given'));
  const refused = await session.refresh('given');
  expect(refused).toMatchObject({ ok: false, error: { kind: 'not-signed-in', action: 'sign-in' } });
  expect(JSON.stringify(refused)).not.toContain('given"');
});
