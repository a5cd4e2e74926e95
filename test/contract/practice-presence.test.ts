import { describe, expect, it } from 'vitest';
import { settableStatuses } from '../../shared/zoom/presence.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

const minute = 60_000;

const set = (rig: Rig, status: string, duration?: number) =>
  rig.call('updatePresenceStatus', {
    body: { status, ...(duration === undefined ? {} : { duration }) } as never,
  });
const stored = async (rig: Rig) => (await rig.state()).me.presence;

describe('presence', () => {
  it('takes every status and reads it back in the words of GET', async () => {
    await withPractice({ limits: false }, async (rig) => {
      const words: Record<string, string> = {
        In_Calendar_Event: 'In_A_Calendar_Event',
        In_A_Zoom_Meeting: 'In_A_Meeting',
        On_A_Call: 'In_A_Call',
      };
      for (const status of settableStatuses) {
        expect((await set(rig, status)).status).toBe(204);
        expect((await stored(rig)).status).toBe(status);
        const read = (await rig.call('userPresenceStatus')).json as { status: string };
        expect(read.status).toBe(words[status] ?? status);
      }
      await rig.patch({ presenceWords: 'put', presence: 'On_A_Call' });
      expect((await rig.call('userPresenceStatus')).json).toEqual({ status: 'On_A_Call' });
    });
  });

  it('takes the misspelling of do not disturb, 20 minutes unless told otherwise', async () => {
    await withPractice({ limits: false }, async (rig) => {
      await set(rig, 'Do_No_Disturb');
      const { status, endsAt } = await stored(rig);
      expect(status).toBe('Do_Not_Disturb');
      const { now } = await rig.state();
      expect(((endsAt ?? 0) - now) / minute).toBeCloseTo(20, 1);
    });
  });

  it('ends do not disturb by itself, and tells only its owner when', async () => {
    await withPractice({}, async (rig) => {
      await set(rig, 'Do_Not_Disturb', 45);
      const read = await rig.call('userPresenceStatus');
      expect(read.json).toMatchObject({ status: 'Do_Not_Disturb', remaining_time: 45 * 60 });
      const path = { userId: rig.practice.userId };
      const byAdmin = await rig.call('userPresenceStatus', { path }, rig.practice.adminAccessToken);
      expect(byAdmin.json).toEqual({ status: 'Do_Not_Disturb' });
      await rig.advance(44 * minute);
      expect((await stored(rig)).status).toBe('Do_Not_Disturb');
      await rig.advance(minute);
      expect((await rig.call('userPresenceStatus')).json).toEqual({ status: 'Available' });
    });
  });

  it('lasts a minute at least, or 20 in an account with the older rule', async () => {
    await withPractice({ limits: false }, async (rig) => {
      expect((await set(rig, 'Do_Not_Disturb', 1)).status).toBe(204);
      expect((await stored(rig)).endsAt).toBeDefined();
      await rig.patch({ shortDndAllowed: false });
      expect(await set(rig, 'Do_Not_Disturb', 19)).toMatchObject({
        status: 400,
        json: { code: 300, errors: [{ field: 'duration', message: 'Invalid field.' }] },
      });
      for (const duration of [undefined, 20])
        expect((await set(rig, 'Do_Not_Disturb', duration)).status).toBe(204);
    });
  });

  it.each([
    [{ status: 'Invisible' }, 'status'],
    [{ status: 'away' }, 'status'],
    [{ status: 'Offline' }, 'status'],
    [{}, 'status'],
    [{ status: 'Do_Not_Disturb', duration: 0 }, 'duration'],
    [{ status: 'Do_Not_Disturb', duration: 1441 }, 'duration'],
    [{ status: 'Do_Not_Disturb', duration: 20.5 }, 'duration'],
    [{ status: 'Do_Not_Disturb', duration: '30' }, 'duration'],
  ])('refuses %j, naming the field', async (body, field) => {
    await withPractice({}, async (rig) => {
      const answer = await rig.call('updatePresenceStatus', { body: body as never });
      expect(answer).toMatchObject({
        status: 400,
        json: { code: 300, message: 'Validation Failed.', errors: [{ field, message: 'Invalid field.' }] },
      });
      expect((await stored(rig)).status).toBe('Available');
    });
  });

  it('cannot be set without a Zoom client signed in, and reads Offline then', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ loggedIn: false });
      expect(await set(rig, 'Away')).toMatchObject({ status: 400, code: 5301 });
      expect((await rig.call('userPresenceStatus')).json).toEqual({ status: 'Offline' });
      await rig.patch({ loggedIn: true });
      expect((await set(rig, 'Away')).status).toBe(204);
    });
  });

  it('only goes to do not disturb on clients before 5.3.0', async () => {
    await withPractice({ limits: false }, async (rig) => {
      await rig.patch({ clientVersion: '5.2.9.1(win)' });
      expect(await set(rig, 'Away')).toMatchObject({ status: 400, code: 5301 });
      expect((await set(rig, 'Do_Not_Disturb')).status).toBe(204);
      expect(await set(rig, 'Available')).toMatchObject({ status: 400, code: 5301 });
      await rig.patch({ clientVersion: '5.3.0.1(win)' });
      expect((await set(rig, 'Available')).status).toBe(204);
    });
  });

  it('takes one update a minute for a person, counting none that was refused', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ loggedIn: false });
      await set(rig, 'Away');
      await rig.patch({ loggedIn: true });
      expect((await set(rig, 'Away')).status).toBe(204);
      await rig.advance(59_000);
      const refused = await set(rig, 'Available');
      expect(refused).toMatchObject({ status: 429, code: 429 });
      expect(refused.headers.get('x-ratelimit-type')).toBeNull();
      expect(refused.headers.get('retry-after')).toBeNull();
      expect((await stored(rig)).status).toBe('Away');
      await rig.advance(1000);
      expect((await set(rig, 'Available')).status).toBe(204);
    });
  });

  it('has no minute with limits off', async () => {
    await withPractice({ limits: false }, async (rig) => {
      const answers = [await set(rig, 'Away'), await set(rig, 'Available'), await set(rig, 'Busy')];
      expect(answers.map((answer) => answer.status)).toEqual([204, 204, 204]);
    });
  });
});

/** A clock that stands still but for the moves of a test, so that a second is a second. */
const standing = () => {
  const at = Date.UTC(2026, 0, 31, 22, 0, 0);
  return () => at;
};

describe('limits', () => {
  it.each([
    ['free', 'user', 4],
    ['free', 'userPresenceStatus', 2],
    ['free', 'userSettings', 2],
    ['pro', 'user', 30],
    ['pro', 'userSettings', 20],
    ['business', 'user', 80],
    ['business', 'userSettings', 60],
  ] as const)(
    'on the %s plan take as many of %s in a second as the label allows',
    async (plan, id, allowed) => {
      await withPractice({ plan, now: standing() }, async (rig) => {
        const answers = await Promise.all(Array.from({ length: allowed + 1 }, () => rig.call(id)));
        const good = answers.filter((answer) => answer.status === 200);
        const bad = answers.filter((answer) => answer.status === 429);
        expect([good.length, bad.length]).toEqual([allowed, 1]);
        expect(
          good.map((answer) => Number(answer.headers.get('x-ratelimit-remaining'))).sort((a, b) => a - b),
        ).toEqual(Array.from({ length: allowed }, (_, left) => left));
        expect(bad[0]).toMatchObject({
          code: 429,
          message: 'You have reached the maximum per-second rate limit for this API. Try again later.',
        });
        expect(bad[0]?.headers.get('x-ratelimit-type')).toBe('QPS');
        expect(bad[0]?.headers.get('x-ratelimit-limit')).toBe(String(allowed));
        expect(bad[0]?.headers.get('retry-after')).toBeNull();
        await rig.advance(1000);
        expect((await rig.call(id)).status).toBe(200);
      });
    },
  );

  it('count a day on the free plan, until midnight GMT', async () => {
    let at = Date.UTC(2026, 0, 31, 23, 30, 0);
    await withPractice({ plan: 'free', now: () => at }, async (rig) => {
      for (let pair = 0; pair < 1000; pair += 1) {
        const answers = await Promise.all([rig.call('userSchedulers'), rig.call('userSchedulers')]);
        if (answers.some((answer) => answer.status !== 200)) throw new Error(`Refused in pair ${pair}`);
        at += 1000;
      }
      const refused = await rig.call('userSchedulers');
      expect(refused.status).toBe(429);
      expect(refused.headers.get('x-ratelimit-type')).toBe('Daily-limit');
      expect(refused.headers.get('retry-after')).toBe('2026-02-01T00:00:00Z');
      expect((await rig.call('user')).status).toBe(200);
      at = Date.UTC(2026, 1, 1, 0, 0, 0);
      expect((await rig.call('userSchedulers')).status).toBe(200);
    });
  });

  it('take three changes of an address in a day', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ adminOnly: [] });
      const change = (email: string) => rig.call('userEmailUpdate', { body: { email } });
      for (const email of ['a@practice.example', 'b@practice.example', 'c@practice.example']) {
        expect((await change(email)).status).toBe(204);
      }
      const refused = await change('d@practice.example');
      expect(refused.status).toBe(429);
      expect(refused.headers.get('retry-after')).toBeNull();
    });
  });

  it('none of them holds with limits off', async () => {
    await withPractice({ plan: 'free', limits: false, now: standing() }, async (rig) => {
      const answers = await Promise.all(Array.from({ length: 12 }, () => rig.call('userSettings')));
      expect(answers.every((answer) => answer.status === 200)).toBe(true);
    });
  });
});
