import { describe, expect, it } from 'vitest';
import type { Moment } from '../../../../electron/core/notifications/news.ts';
import { createNotifications } from '../../../../electron/core/notifications/notifications.ts';
import type { Notification } from '../../../../electron/core/ports.ts';
import type { Action } from '../../../../shared/actions.ts';
import type { UploadPhase, UploadView } from '../../../../shared/backgrounds.ts';
import { type NotificationPreference, notificationDefaults } from '../../../../shared/notifications.ts';
import type { Screen } from '../../../../shared/places.ts';
import type { PresenceView } from '../../../../shared/presence.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { change, minute, refusal, start } from '../../../support/presence-script.ts';
import { connected, snapshot } from '../../../support/snapshot.ts';

const available = { status: 'Available', since: start, cause: 'you' } as const;
const away = { status: 'Away', since: start, cause: 'you', until: start + 30 * minute } as const;
const failed = { change: change('Busy'), error: refusal('timeout') };

function rig() {
  const clock = createFakeClock(start);
  const shown: Notification[] = [];
  const closed: string[] = [];
  const done: [string, Action][] = [];
  const world = {
    seen: undefined as Screen | undefined,
    preferences: { ...snapshot().preferences },
    moments: [] as Moment[],
  };
  const notifications = createNotifications({
    clock,
    notifier: { show: (one) => shown.push(one), close: (id) => closed.push(id) },
    shell: { seenScreens: () => (world.seen ? [world.seen] : []) },
    preferences: () => world.preferences,
    moments: () => world.moments,
    run: (key, action) => done.push([key, action]),
  });
  const become = (...moments: Partial<Moment>[]) => {
    world.moments = moments.map((moment, at) => ({
      key: at === 0 ? 'robin' : `other-${at}`,
      name: at === 0 ? 'Robin' : 'Alex',
      account: connected,
      presence: { current: available },
      ...moment,
    }));
    notifications.changed();
  };
  const presence = (more: Partial<PresenceView>) =>
    become({ presence: { current: available, ...more } as PresenceView });
  const titles = () => shown.splice(0).map(({ title }) => title);
  become({});
  return { clock, shown, closed, done, world, notifications, become, presence, titles };
}

describe('a status', () => {
  it('that is refused is told once, with what can be done, and taken away when that is done', () => {
    const { presence, shown, closed, done } = rig();
    presence({ failed });
    presence({ failed, checkedAt: start });
    expect(shown).toHaveLength(1);
    expect(shown[0]).toMatchObject({
      id: 'robin/refused',
      title: 'Couldn’t set Busy',
      body: 'Refused: timeout.',
      button: 'Try again',
    });
    shown[0]?.chosen('button');
    shown[0]?.chosen('notification');
    expect(done).toEqual([
      ['robin', { type: 'presence.retry', status: 'Busy' }],
      ['robin', { type: 'window.open', screen: 'status' }],
    ]);
    presence({ sending: change('Busy') });
    expect(closed).toEqual(['robin/refused']);
  });

  it.each([
    ['not-signed-in', 'Sign in again', { type: 'account.reconnect' }],
    ['missing-scope', undefined, { type: 'presence.retry', status: 'Busy' }],
  ] as const)('that is refused for %s has the button %s', (kind, button, action) => {
    const { presence, shown, done } = rig();
    presence({ failed: { ...failed, error: refusal(kind) } });
    expect(shown[0]?.button).toBe(button);
    shown[0]?.chosen('button');
    expect(done).toEqual([['robin', action]]);
  });

  it('is not told where it is seen, or not wanted, or was there before the connection', () => {
    const { presence, become, titles, world } = rig();
    world.seen = 'status';
    presence({ failed });
    world.seen = 'profile';
    presence({});
    presence({ failed: { ...failed } });
    expect(titles()).toEqual(['Couldn’t set Busy']);
    world.preferences = { ...world.preferences, notifyRefused: false };
    presence({});
    presence({ failed: { ...failed } });
    become({ account: { phase: 'connecting', key: 'robin', practice: false } });
    world.preferences = { ...world.preferences, notifyRefused: true };
    presence({ failed: { ...failed } });
    expect(titles()).toEqual([]);
  });
});

describe('a timer', () => {
  const restored = { status: 'Available', since: start + 30 * minute, cause: 'restored' } as const;

  it('that has ended is told when Zoom has what follows', async () => {
    const { presence, shown, done, clock } = rig();
    presence({ current: away });
    await clock.advance(30 * minute);
    presence({ current: { status: 'Away', since: start, cause: 'you' }, sending: change('Available') });
    expect(shown).toEqual([]);
    presence({ current: restored });
    expect(shown[0]).toMatchObject({
      title: 'Away ended',
      body: 'Back to Available.',
      button: '15 more minutes',
    });
    shown[0]?.chosen('button');
    expect(done).toEqual([['robin', { type: 'presence.set', status: 'Away', minutes: 15 }]]);
  });

  it('that Zoom ended is told, and one that the person ended is not', () => {
    const { presence, titles, clock } = rig();
    presence({ current: away });
    presence({ current: available });
    presence({ current: away });
    presence({ current: { ...available, cause: 'zoom' } });
    expect(titles()).toEqual([]);
    presence({ current: away });
    clock.jump(30 * minute);
    presence({ current: { ...available, cause: 'zoom' } });
    expect(titles()).toEqual(['Away ended']);
  });

  it('that Zoom took back early is told with why, and offers nothing that would end as early', () => {
    const { presence, shown, titles } = rig();
    const taken = { ...available, cause: 'zoom', ended: 'Away' } as const;
    presence({ current: { status: 'Away', since: start, cause: 'you' } });
    presence({ current: taken });
    expect(titles()).toEqual([]);
    presence({ current: away });
    presence({ current: taken });
    expect(shown).toMatchObject([
      { title: 'Away ended early', body: 'Zoom ends Away by itself once you’re active.' },
    ]);
    expect(shown[0]?.button).toBeUndefined();
  });

  it('that ends in a minute is told after sleep, too, though something else changes first', () => {
    const { presence, titles, clock, world, notifications } = rig();
    world.preferences = { ...world.preferences, notifyEnding: true };
    presence({ current: away });
    clock.jump(29 * minute + 10_000);
    presence({ current: away, checkedAt: clock.now() });
    notifications.wake();
    presence({ current: away });
    expect(titles()).toEqual(['Away ends in a minute']);
  });

  it('that ends in a minute is told once where that is wanted, and made longer from there', async () => {
    const { presence, shown, done, clock, world, closed, titles } = rig();
    presence({ current: away });
    await clock.advance(29 * minute);
    expect(shown).toEqual([]);
    world.preferences = { ...world.preferences, notifyEnding: true };
    const current = {
      ...away,
      since: clock.now(),
      until: clock.now() + 30 * minute,
      restoreTo: 'Busy',
    } as const;
    presence({ current });
    await clock.advance(28 * minute);
    expect(shown).toEqual([]);
    await clock.advance(minute);
    presence({ current, checkedAt: clock.now() });
    await clock.advance(minute / 2);
    expect(shown).toHaveLength(1);
    expect(shown[0]?.title).toBe('Away ends in a minute');
    expect(shown[0]?.body).toMatch(/^Switching to Busy at /);
    shown[0]?.chosen('button');
    const longer = current.until + 15 * minute;
    expect(done).toEqual([['robin', { type: 'presence.set', status: 'Away', until: longer }]]);
    titles();
    presence({ current: { ...current, until: longer } });
    expect(closed).toEqual(['robin/timer']);
    await clock.advance(15 * minute);
    expect(titles()).toEqual(['Away ends in a minute']);
  });

  it('that was over before the computer slept in is not told to end', () => {
    const { presence, titles, clock, world, notifications } = rig();
    world.preferences = { ...world.preferences, notifyEnding: true };
    presence({ current: away });
    clock.jump(60 * minute);
    notifications.wake();
    expect(titles()).toEqual([]);
  });
});

it('a ZAK that is copied or not is told, unless the screen shows it', () => {
  const { become, shown, world, done } = rig();
  const fetching = { phase: 'fetching', starting: false } as const;
  become({ zak: fetching });
  become({ zak: { ...fetching, phase: 'held', expiresAt: start + 90 * minute } });
  become({ zak: fetching });
  become({ zak: { ...fetching, phase: 'failed', error: refusal('zoom-down') } });
  expect(shown.map(({ id, title }) => [id, title])).toEqual([
    ['robin/zak', 'ZAK copied'],
    ['robin/zak', 'Couldn’t copy a ZAK'],
  ]);
  expect(shown[0]?.body).toMatch(/^Valid until .*\d:\d\d.*\.\nClears from the clipboard in 1 minute\.$/);
  shown[1]?.chosen('button');
  expect(done).toEqual([['robin', { type: 'zak.copy' }]]);
  world.seen = 'zak';
  become({ zak: fetching });
  become({ zak: { ...fetching, phase: 'held' } });
  expect(shown).toHaveLength(2);
});

it('uploads are told when all have ended, with names that stay apart from the words', () => {
  const { become, shown, world } = rig();
  const view = (name: string, state: UploadPhase): UploadView => ({ id: name, name, bytes: 1, state });
  const queue = (...all: UploadView[]) =>
    become({ backgrounds: { queue: all } as unknown as NonNullable<Moment['backgrounds']> });
  world.seen = 'backgrounds';
  queue(view('seen', 'sending'));
  queue(view('seen', 'done'));
  expect(shown).toEqual([]);
  world.seen = 'status';
  queue(view('a\u202egnp.', 'sending'), view('b', 'waiting'));
  queue(view('a\u202egnp.', 'done'), view('b', 'question'));
  expect(shown.map(({ title, body }) => [title, body])).toEqual([
    ['An upload needs your answer', 'Uploaded: \u2068agnp.\u2069\nWaiting for your answer: \u2068b\u2069'],
  ]);
});

it('a sign-in that has ended is told wherever no window has the focus, of any account and whose it is', () => {
  const { become, shown, world, done, closed } = rig();
  const ended = { phase: 'failed', key: 'x', practice: false, error: refusal('not-signed-in') } as const;
  const lost = { ...ended, error: refusal('network') };
  become({}, {});
  become({ account: lost }, { account: ended });
  expect(shown.map(({ id, title, body }) => [id, title, body])).toEqual([
    ['other-1/sign-in', 'Sign in to Zoom again', 'Refused: not-signed-in.\nAccount: \u2068Alex\u2069'],
  ]);
  shown[0]?.chosen('button');
  expect(done).toEqual([['other-1', { type: 'account.reconnect' }]]);
  become({}, {});
  expect(closed).toContain('other-1/sign-in');
  world.seen = 'advanced';
  become({ account: ended }, {});
  expect(shown).toHaveLength(1);
  world.seen = undefined;
  become({}, {});
  become({ account: { ...ended, error: refusal('forbidden') } }, {});
  expect(shown.at(-1)).toMatchObject({ title: 'Zoom no longer lets Tally in' });
  expect(shown.at(-1)?.button).toBeUndefined();
});

it('an app that Zoom refuses until somebody has acted there is told, and its click leads to the reason', () => {
  const { become, shown, done } = rig();
  become({});
  become({ account: { phase: 'failed', key: 'x', practice: false, error: refusal('forbidden') } });
  expect(shown).toMatchObject([{ title: 'Zoom no longer lets Tally in' }]);
  expect(shown[0]?.button).toBeUndefined();
  shown[0]?.chosen('notification');
  expect(done).toEqual([['robin', { type: 'window.open', screen: 'status' }]]);
});

it('two thousand refusals stand in one place, and every kind can be switched off', () => {
  const { presence, shown, world, become } = rig();
  for (let turn = 0; turn < 2_000; turn += 1) presence({ failed: { ...failed } });
  expect(new Set(shown.map(({ id }) => id))).toEqual(new Set(['robin/refused']));
  shown.length = 0;
  const none = Object.fromEntries(Object.keys(notificationDefaults).map((name) => [name, false]));
  world.preferences = { ...world.preferences, ...(none as Record<NotificationPreference, boolean>) };
  presence({ current: away });
  presence({ current: { ...available, cause: 'restored' }, failed: { ...failed } });
  become({ zak: { phase: 'fetching', starting: false } });
  become({ zak: { phase: 'held', starting: false } });
  become({
    account: { phase: 'failed', key: 'robin', practice: false, error: refusal('not-signed-in') },
  });
  expect(shown).toEqual([]);
});
