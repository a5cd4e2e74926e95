import { type Result, type TallyError, tallyError } from '../../../shared/errors.ts';
import type { ZakAction, ZakView } from '../../../shared/zak.ts';
import { accepted, byType, type Feature, type FeatureDeps } from '../feature.ts';
import { createAlarm } from '../lib/alarm.ts';
import { createClipboardLease } from '../lib/clipboard-lease.ts';
import { createLatest } from '../lib/latest.ts';
import { lifeMs } from './lifetime.ts';
import { startLink } from './start-link.ts';

type ZakDeps = Pick<FeatureDeps, 'clock' | 'zoom' | 'clipboard' | 'pages' | 'changed'>;

/** The token that starts a person's meetings. It goes from Zoom to the clipboard and is in no view, error or file. */
export interface Zak extends Feature<ZakView, ZakAction> {
  view(): ZakView;
}

export function createZak({ clock, zoom, clipboard, pages, changed }: ZakDeps): Zak {
  let view: ZakView = { phase: 'none', starting: false };
  let stopped = false;
  const begin = createLatest();
  const expiry = createAlarm(clock, expire);
  const aborter = new AbortController();
  const lease = createClipboardLease({
    clock,
    clipboard,
    ended(cleared) {
      const { clearsAt: _over, ...kept } = view;
      become({ ...kept, cleared });
    },
  });

  function become(next: ZakView): void {
    view = next;
    if (!stopped) changed();
  }

  async function fetchToken(ttl?: number): Promise<Result<string>> {
    const options = { signal: aborter.signal };
    const result =
      ttl === undefined
        ? await zoom.call('userZak', {}, options)
        : await zoom.call('userToken', { query: { type: 'zak', ttl } }, options);
    if (!result.ok) return result;
    const { token } = result.data;
    return typeof token === 'string' && token !== ''
      ? { ok: true, value: token }
      : { ok: false, error: noToken };
  }

  async function copy(ttl?: number): Promise<void> {
    const isLatest = begin();
    const { error: _error, cleared: _cleared, ...kept } = view;
    become({ ...kept, phase: 'fetching' });
    const token = await fetchToken(ttl);
    if (stopped || !isLatest()) return;
    if (!token.ok) return become({ ...view, phase: 'failed', error: token.error });
    const clearsAt = await lease.copy(token.value);
    if (stopped) return;
    if (clearsAt === undefined) return become({ ...view, phase: 'failed', error: notCopied });
    const now = clock.now();
    const life = lifeMs(token.value, ttl);
    const { starting } = view;
    become({ phase: 'held', expiresAt: now + life, lifeMs: life, clearsAt, starting });
    expiry.set(now + life);
  }

  function expire(): void {
    const { expiresAt: _ended, lifeMs: _life, ...kept } = view;
    become({ ...kept, phase: kept.phase === 'held' ? 'none' : kept.phase });
  }

  async function startRoom(): Promise<void> {
    if (view.starting) return;
    const { startError: _former, ...kept } = view;
    become({ ...kept, starting: true });
    const error = await openRoom();
    if (!stopped) become({ ...view, starting: false, ...(error && { startError: error }) });
  }

  async function openRoom(): Promise<TallyError | undefined> {
    const user = await zoom.call('user', {}, { signal: aborter.signal });
    if (!user.ok) return user.error;
    const token = await fetchToken();
    if (!token.ok) return token.error;
    const link = startLink(user.data, token.value);
    if (link === undefined) return noRoom;
    if (stopped) return undefined;
    return (await pages.startMeeting(link)) ? undefined : notOpened;
  }

  function dismiss(): void {
    const { error: _error, startError: _start, ...kept } = view;
    const alive = kept.expiresAt !== undefined && kept.phase === 'failed';
    become({ ...kept, phase: alive ? 'held' : kept.phase === 'failed' ? 'none' : kept.phase });
  }

  const run = byType<ZakAction>({
    'zak.copy': ({ ttl }) => copy(ttl),
    'zak.clear': lease.clear,
    'zak.start-room': startRoom,
    'zak.dismiss': dismiss,
  });

  return {
    view: () => view,
    run: (action) => (stopped ? accepted : run(action)),
    refresh() {},
    wake() {
      lease.wake();
      expiry.check();
    },
    async stop() {
      stopped = true;
      expiry.set(undefined);
      aborter.abort();
      await lease.stop();
    },
  };
}

const noToken = tallyError('bad-answer', 'Zoom’s answer holds no token.');
const notCopied = tallyError('internal', 'Open Tally to copy the ZAK.', {
  why: 'Your desktop lets a program copy only from its window, right after a key or a click there.',
  action: 'retry',
});
const noRoom = tallyError('not-found', 'Zoom doesn’t tell where your personal room is.', {
  why: 'Accounts without a meetings license have none.',
});
const notOpened = tallyError('internal', 'The start link couldn’t be opened.', {
  why: 'No program for it was found, or it leads somewhere else than to Zoom.',
  action: 'retry',
});
