import { describe, expect, it } from 'vitest';
import { readAutomation } from '../../../../electron/core/automation/stored.ts';
import { type MenuLine, trayMenu as menuAt, menuChangesAt } from '../../../../electron/desktop/tray/menu.ts';
import type { AccountSummary, AccountView } from '../../../../shared/accounts.ts';
import { actionSchema } from '../../../../shared/actions.ts';
import type { AutomationView } from '../../../../shared/automation.ts';
import { tallyError } from '../../../../shared/errors.ts';
import type { PresenceView } from '../../../../shared/presence.ts';
import { loopbackRedirect } from '../../../../shared/redirects.ts';
import type { Snapshot } from '../../../../shared/state.ts';
import { endsChangeAt } from '../../../../shared/times.ts';
import { type Status, settableStatuses, statusWord } from '../../../../shared/zoom/presence.ts';
import { change, minute, refusal, start } from '../../../support/presence-script.ts';
import { connected, libraryOf, snapshot, summary } from '../../../support/snapshot.ts';

const all = (lines: readonly MenuLine[]): MenuLine[] =>
  lines.flatMap((line) => [line, ...all(line.lines ?? [])]);
const openAccounts = { type: 'window.open', screen: 'accounts' };
/** A Wednesday, by the system's zone. */
const now = new Date(2026, 0, 14, 14, 2).getTime();
const trayMenu = (shown: Snapshot) => menuAt(shown, now);
/** Each status until it is changed. */
const radios = (shown: Snapshot) => all(trayMenu(shown)).filter(({ kind }) => kind === 'checkbox');
const ticked = (shown: Snapshot) => radios(shown).filter(({ checked }) => checked);
const find = (shown: Snapshot, label: string) => all(trayMenu(shown)).find((line) => line.label === label);
const labels = (shown: Snapshot) => trayMenu(shown).map(({ label }) => label);
const being = (status: Status) => snapshot({ current: { status, since: start, cause: 'you' } });

const accounts: AccountView[] = [
  { phase: 'none' },
  { phase: 'connecting', key: 'robin', practice: true },
  { phase: 'failed', key: 'robin', practice: true, error: refusal('network') },
];

const usual: readonly Status[] = ['Available', 'Busy', 'Do_Not_Disturb', 'Away', 'Out_of_Office'];
const others = settableStatuses.filter((status) => !usual.includes(status));

describe('the statuses', () => {
  it.each(settableStatuses.filter((status) => status !== 'Do_Not_Disturb'))(
    'with %s, it alone is ticked',
    (status) => {
      const actions = ticked(being(status)).map(({ action }) => action);
      expect(actions).toEqual([{ type: 'presence.set', status }]);
    },
  );

  it('are the five of Zoom with their times, and the others', () => {
    const menus = trayMenu(being('Away')).filter(({ kind }) => kind === 'submenu');
    expect(menus.map(({ label }) => label)).toEqual([
      'Presets and recent',
      ...usual.map(statusWord),
      'More statuses',
    ]);
    const single = menus.at(-1)?.lines;
    expect(single?.map(({ label, action }) => [label, action])).toEqual(
      others.map((status) => [statusWord(status), { type: 'presence.set', status }]),
    );
    expect(radios(being('Away')).every(({ enabled }) => enabled)).toBe(true);
  });

  it.each<Status>(['Offline', 'Unknown', 'Do_Not_Disturb'])(
    'with %s, none is ticked and all can be chosen',
    (status) => {
      expect(ticked(being(status))).toEqual([]);
      expect(radios(being(status)).every(({ enabled }) => enabled)).toBe(true);
    },
  );

  it('tick what Zoom has confirmed, not what is on its way or has failed, and no timer', () => {
    const waiting = { change: change('Busy'), dueAt: start, why: 'minute-limit' } as const;
    const failed = { change: change('Presenting'), error: refusal('timeout') };
    const pending = snapshot({ sending: change('Away'), waiting, failed });
    expect(ticked(pending).map(({ action }) => action)).toEqual([
      { type: 'presence.set', status: 'Available' },
    ]);
    const timed = { status: 'Away', since: start, cause: 'you', until: start + minute } as const;
    expect(ticked(snapshot({ current: timed }))).toEqual([]);
  });

  it.each(accounts)('are not ticked and cannot be chosen with an account in phase $phase', (account) => {
    const lines = all(trayMenu(snapshot({}, account)));
    expect(lines.filter(({ checked }) => checked)).toEqual([]);
    const open = lines.filter(({ enabled, action }) => enabled && action).map(({ action }) => action?.type);
    expect(open.filter((type) => type?.startsWith('presence.'))).toEqual([]);
    expect(open).toContain('app.quit');
    expect(open).toContain('window.open');
  });
});

describe('presets and recent choices', () => {
  const having = (count: number, recent: Snapshot['presets']['recent'] = []) =>
    snapshot({}, undefined, {
      presets: {
        list: Array.from({ length: count }, (_, at) => ({
          name: `Preset ${at + 1}`,
          status: 'Away',
          time: at === 0 ? 'until 3:00pm' : '45',
        })),
        recent,
      },
    });

  it('are on top: three presets in the menu itself, the others and the last choices behind one line', () => {
    const shown = having(5, [{ status: 'Busy', time: '30' }]);
    const top = trayMenu(shown).slice(3);
    expect(top.slice(0, 4).map(({ label }) => label)).toEqual([
      expect.stringMatching(/^Preset 1: Away until (3:00.PM|15:00)$/),
      'Preset 2: Away for 45 minutes',
      'Preset 3: Away for 45 minutes',
      'Presets and recent',
    ]);
    expect(top[1]?.action).toEqual({ type: 'presence.set', status: 'Away', minutes: 45 });
    expect(top[3]?.lines?.map(({ label }) => label)).toEqual([
      'Preset 4: Away for 45 minutes',
      'Preset 5: Away for 45 minutes',
      '',
      'Busy for 30 minutes',
      '',
      'Edit presets…',
    ]);
    for (const { action } of all(top)) if (action) expect(actionSchema.safeParse(action).success).toBe(true);
  });

  it('leave every other line in its place, whatever was chosen last', () => {
    const none = labels(having(1));
    expect(labels(having(1, [{ status: 'Busy', time: '30' }]))).toEqual(none);
    expect(find(having(0), 'Presets and recent')?.lines?.map(({ label }) => label)).toEqual([
      'Edit presets…',
    ]);
  });

  it('say another day when their end has come', () => {
    const shown = having(1);
    expect(menuChangesAt(shown, now)).toBe(endsChangeAt(now, 1050));
    const late = new Date(2026, 0, 14, 14, 55).getTime();
    const end = new Date(2026, 0, 14, 15).getTime();
    expect(menuChangesAt(shown, late)).toBe(end);
    expect(menuAt(shown, end)[3]?.label).toMatch(/^Preset 1: Away until tomorrow /);
  });

  it('cannot be chosen where no status can', () => {
    const failed = snapshot({}, { phase: 'failed', key: 'robin', practice: true, error: refusal('network') });
    const presets = having(2).presets;
    const lines = menuAt({ ...failed, presets }, now);
    expect(lines.filter(({ label }) => label.startsWith('Preset ')).map(({ enabled }) => enabled)).toEqual([
      false,
      false,
    ]);
  });
});

describe('timers', () => {
  const at = (hours: number, minutes = 0) => new Date(2026, 0, 14, hours, minutes).getTime();
  const lines = (label: string, time = now) =>
    menuAt(being('Busy'), time)
      .find((menu) => menu.label === label)
      ?.lines?.filter(({ kind }) => kind !== 'separator')
      .map(({ label: said, action }) => [said, action]);
  const lengths = (status: Status) =>
    [15, 30, 45, 60, 120].map((minutes) => [
      minutes < 60 ? `${minutes} minutes` : minutes === 60 ? '1 hour' : '2 hours',
      { type: 'presence.set', status, minutes },
    ]);
  const until = (status: Status, ...ends: number[]) =>
    ends.map((end) => [
      expect.stringMatching(/^Until \d{1,2}:\d\d/),
      { type: 'presence.set', status, until: end },
    ]);
  const morning = (status: Status) => [
    'Until tomorrow morning',
    { type: 'presence.set', status, until: 'morning' },
  ];

  it('offers lengths, the next half hours, the end of the day, the morning and the field of the window', () => {
    expect(lines('Away')).toEqual([
      ['Until I change it', { type: 'presence.set', status: 'Away' }],
      ...lengths('Away'),
      ...until('Away', at(14, 30), at(15), at(17, 30)),
      morning('Away'),
      ['Other…', { type: 'window.open', screen: 'status', search: 'away' }],
    ]);
  });

  it('offers do not disturb for its usual and its longest length, as Zoom ends it', () => {
    expect(lines('Do not disturb')).toEqual([
      ['20 minutes (usual length)', { type: 'presence.set', status: 'Do_Not_Disturb' }],
      ...lengths('Do_Not_Disturb'),
      ...until('Do_Not_Disturb', at(14, 30), at(15), at(17, 30)),
      morning('Do_Not_Disturb'),
      ['24 hours, Zoom’s longest', { type: 'presence.set', status: 'Do_Not_Disturb', minutes: 1440 }],
      ['Other…', { type: 'window.open', screen: 'status', search: 'do-not-disturb' }],
    ]);
  });

  it('offers no end that comes before one has chosen it, and each once', () => {
    const ends = (time: number) =>
      (lines('Away', time) ?? []).flatMap(([, action]) =>
        action && typeof action === 'object' && 'until' in action && action.until !== 'morning'
          ? [action.until]
          : [],
      );
    expect(ends(at(14, 20))).toEqual([at(14, 30), at(15), at(17, 30)]);
    expect(ends(at(14, 20) + 1)).toEqual([at(15), at(15, 30), at(17, 30)]);
    expect(ends(at(17))).toEqual([at(17, 30), at(18)]);
    expect(ends(at(17, 21))).toEqual([at(18), at(18, 30)]);
    expect(ends(at(23, 40))).toEqual([at(24), at(24, 30)]);
  });

  it('says the same until it is to be made anew, and something else then', () => {
    const say = (time: number) => JSON.stringify(menuAt(being('Away'), time));
    for (const time of [at(14, 2), at(14, 20), at(17, 19), at(17, 25), at(23, 45), at(0), at(23, 59)]) {
      const next = endsChangeAt(time, 1050);
      expect(next).toBeGreaterThan(time);
      expect(next - time).toBeLessThanOrEqual(30 * minute + 1);
      expect(say(next - 1)).toBe(say(time));
      expect(say(next)).not.toBe(say(time));
    }
  });

  it('that run are made longer or ended, as was said when the menu was made', () => {
    const end = now + 20 * minute;
    const running = (status: 'Away' | 'Do_Not_Disturb', until_: number) =>
      snapshot({ current: { status, since: now, cause: 'you', until: until_, restoreTo: 'Busy' } });
    const line = (shown: Snapshot, begin: string) =>
      all(trayMenu(shown)).find(({ label }) => label.startsWith(begin));
    expect(line(running('Away', end), '15 more minutes, until')?.action).toEqual({
      type: 'presence.set',
      status: 'Away',
      until: end + 15 * minute,
    });
    expect(line(running('Away', end), 'End now')).toMatchObject({
      label: 'End now, back to Busy',
      action: { type: 'presence.set', status: 'Busy' },
    });
    expect(line(running('Do_Not_Disturb', end), '15 more')?.enabled).toBe(true);
    expect(line(running('Do_Not_Disturb', now + 1430 * minute), '15 more')?.enabled).toBe(false);
    expect(line(being('Away'), 'End now')).toBeUndefined();
  });
});

describe('the story', () => {
  const clock = /\d{1,2}:\d\d/;

  it('is not told when there is nothing to tell', () => {
    const separators = trayMenu(being('Away')).filter(({ kind }) => kind === 'separator');
    expect(separators).toHaveLength(3);
    expect(trayMenu(being('Away'))[1]).toMatchObject({ label: 'Now: Away', kind: 'item', enabled: false });
    expect(labels(being('Away')).slice(-4)).toEqual(['', 'Open Tally', 'Preferences', 'Quit']);
  });

  it('tells when a status ends and what follows', () => {
    const until = start + 30 * minute;
    const timed = { status: 'Presenting', since: start, cause: 'you', until, restoreTo: 'Busy' } as const;
    const line = trayMenu(snapshot({ current: timed })).find(({ label }) => label.includes('until'));
    expect(line?.label).toMatch(/^Now: Presenting until .*, then Busy$/);
    expect(line?.label).toMatch(clock);
    expect(line?.action).toBeUndefined();
    const zooms = { status: 'Do_Not_Disturb', since: start, cause: 'zoom', until } as const;
    expect(labels(snapshot({ current: zooms })).find((label) => label.includes('Now'))).not.toContain('then');
  });

  it('tells what waits, and cancels it', () => {
    const waiting = { change: change('Away'), dueAt: start + 42_000, why: 'minute-limit' } as const;
    const shown = snapshot({ waiting });
    expect(labels(shown)[1]).toMatch(/^Now: Available\. Switching to Away at \d+:\d\d:\d\d/);
    expect(find(shown, 'Cancel Away')).toMatchObject({
      enabled: true,
      action: { type: 'presence.cancel', status: 'Away' },
    });
    const offline = snapshot({ waiting: { ...waiting, why: 'offline' } });
    expect(find(offline, 'Switching to Away when you’re online')?.enabled).toBe(false);
    expect(find(offline, 'Cancel Away')).toBeDefined();
  });

  it.each([
    ['zoom-down', 'Try again', { type: 'presence.retry', status: 'Do_Not_Disturb' }],
    ['not-signed-in', 'Sign in again…', { type: 'account.reconnect' }],
    ['missing-scope', 'See missing permissions…', { type: 'window.open', screen: 'accounts' }],
    ['invalid-input', 'Dismiss', { type: 'presence.dismiss', status: 'Do_Not_Disturb' }],
  ] as const)('tells what failed and why (%s), with the one thing that helps', (kind, label, action) => {
    const failed = { change: change('Do_Not_Disturb', 20), error: refusal(kind) };
    const shown = snapshot({ failed });
    expect(find(shown, `Couldn’t set Do not disturb: Refused: ${kind}.`)?.enabled).toBe(false);
    expect(labels(shown)[1]).toBe(`Now: Available. Couldn’t set Do not disturb: Refused: ${kind}.`);
    expect(trayMenu(shown)[1]?.lines?.slice(1)).toMatchObject([{ label, action }]);
  });

  it('holds nothing that changes by itself as time passes', () => {
    const waiting = { change: change('Away'), dueAt: start + 42_000, why: 'minute-limit' } as const;
    const shown = snapshot({ waiting });
    expect(JSON.stringify(trayMenu(shown))).toBe(JSON.stringify(trayMenu(structuredClone(shown))));
  });
});

describe('a newer Tally', () => {
  it('is told, with the way to it, with an account and without', () => {
    for (const account of [connected, { phase: 'none' } as const]) {
      const known = snapshot({}, account, { update: { version: '0.3.0' } });
      expect(find(known, 'Tally 0.3.0 is out…')?.action).toEqual({ type: 'web.open', page: 'releases' });
      expect(labels(snapshot({}, account, { update: {} })).join()).not.toContain('is out');
    }
  });
});

describe('the account', () => {
  const first = (account: AccountView) => trayMenu(snapshot({}, account))[0];

  it.each<[AccountView, string]>([
    [connected, 'Robin Doe (robin@example.org)'],
    [{ ...connected, practice: true }, 'Robin Doe (practice account)'],
    [{ ...connected, name: 'Salt & Pepper_Shaker' }, 'Salt & Pepper_Shaker (robin@example.org)'],
    [{ ...connected, name: connected.email }, 'robin@example.org'],
    [{ ...connected, name: 'Robin\nQuit' }, 'Robin Quit (robin@example.org)'],
    [{ phase: 'connecting', key: 'robin', practice: true }, 'Connecting…'],
    [{ phase: 'none' }, 'No account'],
  ])('%# is named', (account, label) => {
    expect(first(account)).toMatchObject({ label, enabled: false });
  });

  it('that is long does not make the menu as wide as the screen', () => {
    const long = { ...connected, name: '👩‍👩‍👧‍👦'.repeat(200), email: `${'a'.repeat(300)}@example.org` };
    const label = first(long)?.label ?? '';
    expect([...label].length).toBeLessThan(130);
    expect(label).toMatch(/…\)$/);
    expect(label).not.toMatch(/\p{Surrogate}/u);
  });

  it.each([
    ['network', 'Not connected. Try again'],
    ['not-signed-in', 'Sign in again…'],
    ['keychain', 'Unlock the keychain and try again'],
  ] as const)('that failed for %s says "%s"', (kind, label) => {
    const failed = first({ phase: 'failed', key: 'robin', practice: false, error: tallyError(kind, 'No.') });
    expect(failed).toMatchObject({ label, enabled: true, action: { type: 'account.reconnect' } });
  });

  it('that waits for the keychain says so', () => {
    const waiting = { phase: 'connecting', key: 'robin', practice: false, waitsFor: 'keychain' } as const;
    expect(first(waiting)).toMatchObject({ label: 'Waiting for your keychain…', enabled: false });
  });

  it('that is not there yet can be connected', () => {
    const lines = trayMenu(snapshot({}, { phase: 'none' }));
    expect(lines[1]).toMatchObject({ label: 'Connect Zoom…', enabled: true, action: openAccounts });
    // Nothing that cannot be done without one.
    expect(
      lines.filter(({ enabled, kind }) => !enabled && kind !== 'separator').map(({ label }) => label),
    ).toEqual(['No account']);
    expect(lines.map(({ label }) => label).filter(Boolean)).toEqual([
      'No account',
      'Connect Zoom…',
      'Try a practice account',
      'Open Tally',
      'Preferences',
      'Quit',
    ]);
    expect(find(snapshot(), 'Connect Zoom…')).toBeUndefined();
  });

  it('that may not set its status has the statuses disabled, and says where to see why', () => {
    const missing = [{ operation: 'updatePresenceStatus', scopes: ['user:update:presence_status'] }] as const;
    const shown = snapshot({}, { ...connected, missing });
    expect(radios(shown).some(({ enabled }) => enabled)).toBe(false);
    expect(ticked(shown).map(({ action }) => action)).toEqual([
      { type: 'presence.set', status: 'Available' },
    ]);
    const lengths = all(trayMenu(shown)).filter(({ action }) => action?.type === 'presence.set');
    expect(lengths.filter(({ enabled }) => enabled)).toEqual([]);
    expect(find(shown, 'Tally can’t set your status. See why…')).toMatchObject({
      enabled: true,
      action: openAccounts,
    });
  });

  it('that may not do other things can set its status', () => {
    const missing = [{ operation: 'userPresenceStatus', scopes: ['user:read:presence_status'] }] as const;
    const shown = snapshot({}, { ...connected, missing });
    expect(radios(shown).every(({ enabled }) => enabled)).toBe(true);
    expect(find(shown, 'Tally can’t set your status. See why…')).toBeUndefined();
  });

  it.each([
    [
      {
        phase: 'waiting',
        until: start,
        browser: true,
        listening: true,
        redirectUri: loopbackRedirect,
        app: { cloud: 'commercial', clientId: 'abc' },
      },
      'Waiting for you in the browser…',
    ],
    [{ phase: 'finishing' }, 'Finishing the sign-in…'],
    [
      {
        phase: 'failed',
        error: refusal('timeout'),
        redirectUri: loopbackRedirect,
        app: { cloud: 'commercial', clientId: 'abc' },
      },
      'The sign-in didn’t work. See why…',
    ],
  ] as const)('%# that is being signed in has a way to see how far it is', (signIn, label) => {
    expect(find(snapshot({}, { phase: 'none' }, { signIn }), label)).toMatchObject({ action: openAccounts });
    expect(find(snapshot({}, connected, { signIn }), label)).toMatchObject({ action: openAccounts });
  });

  it('that Zoom does not let in until somebody has acted there leads to the reason', () => {
    const error = tallyError('forbidden', 'No.');
    const shown = snapshot({}, { phase: 'failed', key: 'robin', practice: false, error });
    expect(find(shown, 'Not connected. See why…')).toMatchObject({
      action: { type: 'window.open', screen: 'status' },
    });
  });

  it('that is not connected can be tried again', () => {
    const failed = first({ phase: 'failed', key: 'robin', practice: true, error: refusal('network') });
    expect(failed).toMatchObject({ enabled: true, action: { type: 'account.reconnect' } });
  });
});

describe('several accounts', () => {
  const submenu = (accounts: readonly AccountSummary[]) => trayMenu(snapshot({}, connected, { accounts }))[0];

  it('have a menu of their own, with the active one ticked', () => {
    const two = [
      summary('robin', { name: 'Robin Doe', active: true }),
      summary('alex', { name: '', phase: 'failed' }),
      summary('practice', { name: 'Robin Ashdown', practice: true }),
    ];
    expect(submenu(two)?.lines?.map(({ label, checked, action }) => [label, checked, action])).toEqual([
      ['Robin Doe (robin@example.org)', true, { type: 'account.switch', key: 'robin' }],
      ['alex@example.org, not connected', false, { type: 'account.switch', key: 'alex' }],
      ['Robin Ashdown (practice account)', false, { type: 'account.switch', key: 'practice' }],
      ['', undefined, undefined],
      ['Manage accounts…', undefined, openAccounts],
    ]);
  });

  it('have none while there is but one', () => {
    expect(submenu([summary('robin', { active: true })])?.kind).toBe('item');
  });

  it('are shortened, each on one line', () => {
    const long = summary('long', {
      name: `Ro\nbin ${'x'.repeat(300)}`,
      email: `${'a'.repeat(300)}@example.org`,
    });
    const label = submenu([summary('robin', { active: true }), long])?.lines?.[1]?.label ?? '';
    expect([...label].length).toBeLessThan(130);
    expect(label).not.toContain('\n');
  });

  it('do not turn what stands behind them, nor look the same by signs that nobody sees', () => {
    const odd = summary('odd', { name: 'Ja\u200bne\u202e\ufeff', email: 'j@example.org' });
    expect(submenu([summary('robin', { active: true }), odd])?.lines?.[1]?.label).toBe(
      'Jane (j@example.org)',
    );
    const joined = summary('joined', { name: '👩‍🚀', email: 'j@example.org' });
    expect(submenu([summary('robin', { active: true }), joined])?.lines?.[1]?.label).toContain('👩‍🚀');
  });
});

describe('its lines', () => {
  const waiting = { change: change('Away'), dueAt: start, why: 'offline' } as const;
  const failed = { change: change('Away'), error: refusal('timeout') };
  const timed = {
    status: 'Busy',
    since: start,
    cause: 'you',
    until: now + minute,
    restoreTo: 'Away',
  } as const;
  const missing = [{ operation: 'updatePresenceStatus', scopes: ['user:update:presence_status'] }] as const;
  const two = [summary('robin', { active: true }), summary('alex', { phase: 'failed' })];
  const signIn = { phase: 'finishing' } as const;
  const failure = { phase: 'failed', key: 'robin', practice: false, error: refusal('network') } as const;
  const states: Record<string, Snapshot> = {
    'a status': being('Busy'),
    'a timer': snapshot({ current: timed }),
    'a change that waits': snapshot({ waiting }),
    'a change that failed': snapshot({ failed }),
    'all of these, with two accounts and a sign-in': snapshot(
      { current: timed, waiting, failed },
      connected,
      {
        accounts: two,
        signIn,
      },
    ),
    'no permission': snapshot({}, { ...connected, missing }),
    'a connection that is being made': snapshot({}, { phase: 'connecting', key: 'robin', practice: false }),
    'a connection that failed, with two accounts': snapshot({}, failure, { accounts: two }),
  };
  const places = (shown: Snapshot) =>
    trayMenu(shown).map(({ kind, label }, at) =>
      at < 2 || at === 9 ? 'whatever' : `${kind === 'separator'}${label}`,
    );

  it.each(Object.keys(states))('are few, and at their places with %s', (state) => {
    const shown = states[state] as Snapshot;
    expect(labels(shown).filter(Boolean)).toHaveLength(14);
    expect(places(shown)).toEqual(places(being('Available')));
  });

  it('say of a failed account how to try again, and why it failed, with several accounts, too', () => {
    const shown = states['a connection that failed, with two accounts'] as Snapshot;
    expect(labels(shown).slice(0, 2)).toEqual(['Not connected. Try again', 'Refused: network.']);
    expect(trayMenu(shown)[0]?.lines?.[0]?.action).toEqual({ type: 'account.reconnect' });
  });
});

it('sends only actions that main would take from the window as well', () => {
  const waiting = { change: change('Away'), dueAt: start, why: 'offline' } as const;
  const failed = { change: change('Away'), error: refusal('timeout') };
  const shown = [
    ...settableStatuses.map(being),
    snapshot({ waiting, failed }),
    ...accounts.map((account) => snapshot({}, account)),
  ];
  const actions = shown
    .flatMap((one) => all(trayMenu(one)))
    .filter(({ enabled, action }) => enabled && action);
  expect(actions.length).toBeGreaterThan(100);
  for (const { action } of actions)
    expect(actionSchema.safeParse(action).success, JSON.stringify(action)).toBe(true);
});

describe('the sets of the library', () => {
  const sets = { Winter: 8, Work: 2, Everything: 11 };

  it('are a menu of their own, ticked where Zoom has all of one, and only where there are some', () => {
    expect(labels(snapshot())).not.toContain('Background set');
    expect(labels(snapshot({}, connected, { library: libraryOf({}) }))).not.toContain('Background set');
    const shown = snapshot({}, connected, { library: libraryOf(sets) });
    const lines = find(shown, 'Background set')?.lines ?? [];
    expect(lines.map(({ label, checked, enabled }) => [label, checked, enabled])).toEqual([
      ['Winter', true, true],
      ['Work', false, true],
      ['Everything', false, false],
    ]);
    expect(lines[1]?.action).toEqual({ type: 'library.put-set', set: 'Work' });
    for (const { action } of lines) expect(actionSchema.safeParse(action).success).toBe(true);
  });

  it('cannot be put up without the permission to upload', () => {
    const missing = [{ operation: 'uploadVBuser', scopes: [] }] as const;
    const shown = snapshot({}, { ...connected, missing }, { library: libraryOf(sets) });
    expect(find(shown, 'Background set')?.lines?.some(({ enabled }) => enabled)).toBe(false);
  });
});

describe('the rules', () => {
  const { settings } = readAutomation(undefined);
  const rules = (more: Partial<AutomationView>, current: PresenceView['current'], on = true) =>
    snapshot({ current }, connected, {
      automation: {
        settings: { ...settings, lock: { ...settings.lock, on } },
        facts: {},
        day: [],
        untold: [],
        log: [],
        ...more,
      },
    });
  const available = { status: 'Available', since: start, cause: 'you' } as const;
  const locked = { status: 'Away', since: now, cause: 'rule', restoreTo: 'Available' } as const;
  const told = (shown: Snapshot) => trayMenu(shown)[1]?.lines?.map(({ label, action }) => action ?? label);
  const pauses = ['hour', 'today', 'resumed'].map((until) => ({ type: 'automation.pause', until }));

  it('tell why the status is what it is, and what can be done about it', () => {
    const shown = rules({ acting: { rule: 'lock', status: 'Away', since: now } }, locked);
    expect(labels(shown)[1]).toBe('Now: Away · locked since 2:02 PM');
    expect(told(shown)).toEqual(['', { type: 'automation.skip' }, ...pauses]);
  });

  it('tell why they wait, and let the person go back to them', () => {
    const shown = rules({ hold: {}, obstacle: 'choice' }, available);
    expect(labels(shown)[1]).toMatch(/^Now: Available\. Automation waits: your own choice/);
    expect(told(shown)).toEqual([
      '',
      'Automation waits: your own choice counts.',
      { type: 'automation.release' },
      ...pauses,
    ]);
    expect(told(rules({ paused: {} }, available))).toEqual([
      '',
      'Automation is paused.',
      { type: 'automation.resume' },
    ]);
  });

  it('say nothing while none is on', () => {
    expect(trayMenu(rules({}, available, false))[1]?.lines).toBeUndefined();
  });
});
