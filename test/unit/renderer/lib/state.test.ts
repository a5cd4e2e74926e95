import { describe, expect, it } from 'vitest';
import { createSnapshotStore, runAction } from '../../../../renderer/lib/bridge.ts';
import { announcement, changeWords, chosenStatus, permissionWords } from '../../../../renderer/lib/words.ts';
import { connectingStart } from '../../../../shared/connecting.ts';
import type { Result } from '../../../../shared/errors.ts';
import type { TallyBridge } from '../../../../shared/ipc/channels.ts';
import { notificationDefaults } from '../../../../shared/notifications.ts';
import type { PresenceView } from '../../../../shared/presence.ts';
import type { Snapshot } from '../../../../shared/state.ts';
import { retryWord } from '../../../../shared/words/retry.ts';
import { quietBroker } from '../../../support/snapshot.ts';

const current = { status: 'Available', since: 0, cause: 'you' } as const;
const snapshot = (version: number): Snapshot => ({
  version,
  account: { phase: 'none' },
  accounts: [],
  connecting: connectingStart,
  presence: { current },
  presets: { list: [], recent: [] },
  outwards: { on: false, program: '', args: [], quiet: { on: false } },
  mqtt: quietBroker,
  preferences: {
    theme: 'system',
    startHidden: false,
    dndMinutes: 20,
    morningHour: 9,
    endOfDay: 1050,
    keepHistory: true,
    libraryMegabytes: 500,
    trayClick: 'popover',
    shortcut: '',
    allowLinks: false,
    checkUpdates: true,
    ...notificationDefaults,
  },
  notices: [],
});

function openAnswer() {
  let resolve: (result: Result<Snapshot>) => void = () => {};
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<Result<Snapshot>>((accept, refuse) => {
    resolve = accept;
    reject = refuse;
  });
  return { promise, resolve, reject };
}

/** When whatever follows an answer has run. */
const handled = () => new Promise((resolve) => setImmediate(resolve));

/** A bridge whose answers the test gives by hand. */
function handBridge() {
  const asked: ReturnType<typeof openAnswer>[] = [];
  let push: (snapshot: Snapshot) => void = () => {};
  const bridge: Pick<TallyBridge, 'state' | 'actions'> = {
    state: {
      get: () => {
        const answer = openAnswer();
        asked.push(answer);
        return answer.promise;
      },
      changed: (listener) => {
        push = listener;
        return () => {};
      },
    },
    actions: { run: () => Promise.reject(new Error('gone')) },
  };
  return { bridge, asked, push: (pushed: Snapshot) => push(pushed) };
}

describe('the snapshot held by the window', () => {
  it('is the one asked for, then each one pushed', async () => {
    const { bridge, asked, push } = handBridge();
    const store = createSnapshotStore(bridge);
    expect(store.get()).toEqual({ phase: 'loading' });
    asked[0]?.resolve({ ok: true, value: snapshot(1) });
    await handled();
    expect(store.get()).toEqual({ phase: 'ready', snapshot: snapshot(1) });
    push(snapshot(2));
    expect(store.get()).toEqual({ phase: 'ready', snapshot: snapshot(2) });
  });

  it('never goes back to an older one', async () => {
    const { bridge, asked, push } = handBridge();
    const store = createSnapshotStore(bridge);
    push(snapshot(5));
    asked[0]?.resolve({ ok: true, value: snapshot(4) });
    await handled();
    expect(store.get()).toEqual({ phase: 'ready', snapshot: snapshot(5) });
  });

  it('tells its listeners, until they leave', () => {
    const { bridge, push } = handBridge();
    const store = createSnapshotStore(bridge);
    let told = 0;
    const leave = store.subscribe(() => {
      told += 1;
    });
    push(snapshot(1));
    leave();
    push(snapshot(2));
    expect(told).toBe(1);
  });

  it('shows a failure to read, and asks again', async () => {
    const { bridge, asked } = handBridge();
    const store = createSnapshotStore(bridge);
    const failed = new Promise<void>((resolve) => store.subscribe(resolve));
    asked[0]?.reject(new Error('gone'));
    await failed;
    expect(store.get()).toMatchObject({ phase: 'failed', error: { kind: 'internal', action: 'retry' } });
    store.load();
    asked[1]?.resolve({ ok: true, value: snapshot(1) });
    await handled();
    expect(store.get().phase).toBe('ready');
  });

  it('turns a broken bridge into an error, never into an exception', async () => {
    const result = await runAction(handBridge().bridge, { type: 'presence.keep' });
    expect(result).toMatchObject({ ok: false, error: { kind: 'internal' } });
  });
});

describe('words', () => {
  const waiting: PresenceView = {
    current,
    waiting: { change: { status: 'Away', cause: 'you', lastsMs: 1_800_000 }, dueAt: 1, why: 'minute-limit' },
  };

  it('names a change with its length', () => {
    expect(changeWords({ status: 'Do_Not_Disturb', cause: 'you' })).toBe('Do not disturb');
    expect(changeWords({ status: 'Away', cause: 'you', lastsMs: 1_800_000 })).toBe('Away for 30 minutes');
  });

  it('takes what is on its way for chosen, and nothing that cannot be chosen', () => {
    expect(chosenStatus(waiting)).toBe('Away');
    expect(chosenStatus({ current, sending: { status: 'Busy', cause: 'you' } })).toBe('Busy');
    expect(chosenStatus({ current: { ...current, status: 'Offline' } })).toBeUndefined();
  });

  it('announces the wait without counting, so that it is said once', () => {
    expect(announcement(waiting)).toBe(
      'Switching to Away for 30 minutes soon: Zoom allows one change per minute.',
    );
    expect(announcement(waiting)).not.toMatch(/\d:\d/);
  });

  it('offers to try again only where that can help', () => {
    const error = { kind: 'network', what: 'No connection.' } as const;
    expect(retryWord({ ...error, action: 'check-connection' })).toBe('Try again');
    expect(retryWord({ ...error, action: 'sign-in' })).toBe('Sign in again');
    expect(retryWord({ ...error, action: 'check-input' })).toBeUndefined();
    expect(retryWord({ ...error, action: 'add-scope' })).toBeUndefined();
  });

  it('names no scope of an administrator, which the app cannot have', () => {
    expect(permissionWords(['user:read:user', 'user:read:user:admin'])).toBe(
      'Permission needed: user:read:user. Add it to your Zoom app, under Scopes. Then sign in again.',
    );
    expect(permissionWords(['user:read:list_users:admin'])).toBe(
      'Only an app that an administrator manages can have the permission for this.',
    );
  });
});
