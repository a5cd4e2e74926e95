import { describe, expect, it } from 'vitest';
import { fixedSession } from '../../electron/core/sign-in/session.ts';
import { createZak, type Zak } from '../../electron/core/zak/zak.ts';
import { createZoomClient } from '../../electron/core/zoom/client.ts';
import { isStartLink } from '../../electron/desktop/links.ts';
import { createFakeClock, type FakeClock, settle } from '../support/fake-clock.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

interface ZakRig extends Rig {
  readonly zak: Zak;
  readonly clock: FakeClock;
  /** What is in the clipboard. */
  readonly board: { text: string };
  readonly opened: string[];
  until(test: (view: ReturnType<Zak['view']>) => boolean): Promise<void>;
}

function withZak(use: (rig: ZakRig) => Promise<void>): Promise<void> {
  const clock = createFakeClock();
  // The client's pauses between calls, not the token's minutes.
  clock.skipWaits(4_500);
  return withPractice({ now: clock.now }, async (rig) => {
    const board = { text: '' };
    const opened: string[] = [];
    const watchers = new Set<() => void>();
    const zoom = createZoomClient({
      clock,
      session: fixedSession(rig.practice.accessToken),
      apiUrl: () => rig.practice.apiUrl,
      random: () => 0,
    });
    const zak = createZak({
      clock,
      zoom,
      clipboard: {
        async copy(text) {
          board.text = text;
        },
        async clear(text) {
          if (board.text !== text) return 'left';
          board.text = '';
          return 'cleared';
        },
      },
      pages: {
        async startMeeting(url) {
          if (!isStartLink(url, true)) return false;
          opened.push(url);
          return true;
        },
      },
      changed() {
        for (const watcher of [...watchers]) watcher();
      },
    });
    const until: ZakRig['until'] = (test) =>
      new Promise((done) => {
        const look = () => {
          if (!test(zak.view())) return;
          watchers.delete(look);
          done();
        };
        watchers.add(look);
        look();
      });
    try {
      await use({ ...rig, zak, clock, board, opened, until });
    } finally {
      await zak.stop();
      zoom.dropConnections();
    }
  });
}

const held = (view: ReturnType<Zak['view']>) => view.phase === 'held';

describe('the ZAK', () => {
  it('goes to the clipboard, and nowhere else', () =>
    withZak(async ({ zak, board, until, clock }) => {
      zak.run({ type: 'zak.copy' });
      expect(zak.view().phase).toBe('fetching');
      await until(held);
      expect(board.text).toMatch(/^ey[\w-]+\.[\w-]+\.CANARY-/);
      expect(JSON.stringify(zak.view())).not.toContain('CANARY');
      const now = clock.now();
      expect(zak.view()).toMatchObject({
        expiresAt: now + 5 * 60_000,
        lifeMs: 5 * 60_000,
        clearsAt: now + 60_000,
      });
    }));

  it('is taken out of the clipboard after a minute, and its end is seen after five', () =>
    withZak(async ({ zak, board, until, clock }) => {
      zak.run({ type: 'zak.copy' });
      await until(held);
      await clock.advance(59_000);
      expect(board.text).not.toBe('');
      await clock.advance(1_000);
      await settle();
      expect(board.text).toBe('');
      expect(zak.view()).toMatchObject({ phase: 'held', cleared: 'cleared' });
      expect(zak.view().clearsAt).toBeUndefined();
      await clock.advance(4 * 60_000);
      expect(zak.view().phase).toBe('none');
      expect(zak.view().expiresAt).toBeUndefined();
    }));

  it('leaves alone what the person has copied since', () =>
    withZak(async ({ zak, board, until, clock }) => {
      zak.run({ type: 'zak.copy' });
      await until(held);
      board.text = 'a shopping list';
      await clock.advance(61_000);
      await settle();
      expect(board.text).toBe('a shopping list');
      expect(zak.view().cleared).toBe('left');
    }));

  it('is cleared after sleep, on demand, and when Tally ends', () =>
    withZak(async ({ zak, board, until, clock }) => {
      zak.run({ type: 'zak.copy' });
      await until(held);
      clock.jump(600_000);
      zak.wake();
      await settle();
      expect(board.text).toBe('');
      expect(zak.view().phase).toBe('none');
      zak.run({ type: 'zak.copy' });
      await until(held);
      zak.run({ type: 'zak.clear' });
      await until(({ cleared }) => cleared === 'cleared');
      expect(board.text).toBe('');
      zak.run({ type: 'zak.copy' });
      await until((view) => held(view) && view.clearsAt !== undefined);
      expect(board.text).not.toBe('');
      await zak.stop();
      expect(board.text).toBe('');
    }));

  it('lives longer when asked to', () =>
    withZak(async ({ zak, until, clock, state }) => {
      zak.run({ type: 'zak.copy', ttl: 7 * 86_400 });
      await until(held);
      expect(zak.view().expiresAt).toBe(clock.now() + 7 * 86_400_000);
      const { requests } = await state();
      expect(requests.map(({ operationId }) => operationId)).toEqual(['userToken']);
    }));

  it('says what Zoom says when there is none, and forgets it when told', () =>
    withZak(async ({ zak, until, fault }) => {
      await fault({ kind: 'status', status: 400, code: 200, message: 'No permission.' });
      zak.run({ type: 'zak.copy' });
      await until(({ phase }) => phase === 'failed');
      expect(zak.view().error).toMatchObject({ zoom: { code: 200 } });
      zak.run({ type: 'zak.dismiss' });
      expect(zak.view()).toEqual({ phase: 'none', starting: false });
    }));

  it('starts the personal room by a link to Zoom that carries a fresh token', () =>
    withZak(async ({ zak, until, opened, practice, board }) => {
      zak.run({ type: 'zak.start-room' });
      await until(({ starting }) => !starting && opened.length > 0);
      expect(opened).toHaveLength(1);
      expect(board.text).toBe('');
      const page = await fetch(String(opened[0]));
      expect(page.status).toBe(200);
      expect(await page.text()).toContain('would start now');
      expect(new URL(String(opened[0])).origin).toBe(practice.oauthUrl);
    }));
});
