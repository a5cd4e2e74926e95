import { describe, expect, it } from 'vitest';
import { createZak, type Zak } from '../../electron/core/zak/zak.ts';
import { isStartLink } from '../../electron/desktop/links.ts';
import { createFakeClipboard } from '../support/fake-clipboard.ts';
import { settle } from '../support/fake-clock.ts';
import { type FeatureRig, withFeature } from '../support/feature-rig.ts';
import { createWatch } from '../support/waiting.ts';

type ZakView = ReturnType<Zak['view']>;

interface ZakRig extends FeatureRig {
  readonly zak: Zak;
  /** What is in the clipboard. */
  readonly board: { text: string };
  readonly opened: string[];
  until(test: (view: ZakView) => boolean): Promise<ZakView>;
}

function withZak(use: (rig: ZakRig) => Promise<void>, takes = true): Promise<void> {
  // The client's pauses between calls, not the token's minutes.
  return withFeature({ skip: 4_500 }, async (rig) => {
    const { board, clipboard } = createFakeClipboard();
    const opened: string[] = [];
    const watch = createWatch();
    const zak = createZak({
      clock: rig.clock,
      zoom: rig.zoom,
      clipboard: takes ? clipboard : { ...clipboard, copy: async () => false },
      pages: {
        async startMeeting(url) {
          if (!isStartLink(url, true)) return false;
          opened.push(url);
          return true;
        },
      },
      changed: watch.changed,
    });
    const until: ZakRig['until'] = (test) => watch.until(zak.view, test);
    try {
      await use({ ...rig, zak, board, opened, until });
    } finally {
      await zak.stop();
    }
  });
}

const held = (view: ZakView) => view.phase === 'held';

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

  it('that the desktop does not let Tally copy is not said to be copied, with the way out', () =>
    withZak(async ({ zak, until }) => {
      zak.run({ type: 'zak.copy' });
      const view = await until(({ phase }) => phase === 'failed');
      expect(view.error?.what).toBe('Open Tally to copy the ZAK.');
      expect(view.clearsAt).toBeUndefined();
    }, false));

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
