import { describe, expect, it } from 'vitest';
import { type MenuLine, trayMenu } from '../../../../electron/desktop/tray/menu.ts';
import type { AccountSummary, AccountView } from '../../../../shared/accounts.ts';
import { actionSchema } from '../../../../shared/actions.ts';
import { tallyError } from '../../../../shared/errors.ts';
import { loopbackRedirect } from '../../../../shared/redirects.ts';
import type { Snapshot } from '../../../../shared/state.ts';
import { type Status, settableStatuses, statusWord } from '../../../../shared/zoom/presence.ts';
import { change, minute, refusal, start } from '../../../support/presence-script.ts';
import { connected, snapshot, summary } from '../../../support/snapshot.ts';

const all = (lines: readonly MenuLine[]): MenuLine[] =>
  lines.flatMap((line) => [line, ...all(line.lines ?? [])]);
const openAccounts = { type: 'window.open', screen: 'accounts' };
/** The radios of the statuses: those of the first level. */
const radios = (shown: Snapshot) => trayMenu(shown).filter(({ kind }) => kind === 'radio');
const ticked = (shown: Snapshot) => radios(shown).filter(({ checked }) => checked);
const find = (shown: Snapshot, label: string) => all(trayMenu(shown)).find((line) => line.label === label);
const labels = (shown: Snapshot) => trayMenu(shown).map(({ label }) => label);
const being = (status: Status) => snapshot({ current: { status, since: start, cause: 'you' } });

const accounts: AccountView[] = [
  { phase: 'none' },
  { phase: 'connecting', key: 'robin', practice: true },
  { phase: 'failed', key: 'robin', practice: true, error: refusal('network') },
];

describe('the statuses', () => {
  it.each(settableStatuses)('with %s, it alone is ticked', (status) => {
    expect(ticked(being(status)).map(({ label }) => label)).toEqual([statusWord(status)]);
  });

  it('are all there, in order, and each sets itself', () => {
    expect(radios(being('Away')).map(({ label, action }) => [label, action])).toEqual(
      settableStatuses.map((status) => [statusWord(status), { type: 'presence.set', status }]),
    );
    expect(radios(being('Away')).every(({ enabled }) => enabled)).toBe(true);
  });

  it.each<Status>(['Offline', 'Unknown'])('with %s, none is ticked and all can be chosen', (status) => {
    expect(ticked(being(status))).toEqual([]);
    expect(radios(being(status)).every(({ enabled }) => enabled)).toBe(true);
  });

  it('tick what Zoom has confirmed, not what is on its way or has failed', () => {
    const waiting = { change: change('Busy'), dueAt: start, why: 'minute-limit' } as const;
    const failed = { change: change('Presenting'), error: refusal('timeout') };
    const pending = snapshot({ sending: change('Away'), waiting, failed });
    expect(ticked(pending).map(({ label }) => label)).toEqual(['Available']);
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

describe('timers', () => {
  it('offers the lengths of do not disturb', () => {
    const menu = find(being('Away'), 'Do not disturb for');
    expect(menu?.lines?.map(({ label, action }) => [label, action])).toEqual([
      ['20 minutes', { type: 'presence.set', status: 'Do_Not_Disturb', minutes: 20 }],
      ['1 hour', { type: 'presence.set', status: 'Do_Not_Disturb', minutes: 60 }],
      ['2 hours', { type: 'presence.set', status: 'Do_Not_Disturb', minutes: 120 }],
      ['4 hours', { type: 'presence.set', status: 'Do_Not_Disturb', minutes: 240 }],
      ['Until tomorrow morning', { type: 'presence.set', status: 'Do_Not_Disturb', until: 'morning' }],
      ['Other…', { type: 'window.open', screen: 'status' }],
    ]);
  });

  it('offers the current status for a while', () => {
    expect(find(being('On_A_Call'), 'On a call for a while')?.lines?.map(({ action }) => action)).toEqual(
      [15, 30, 60].map((minutes) => ({ type: 'presence.set', status: 'On_A_Call', minutes })),
    );
  });

  it.each<Status>(['Do_Not_Disturb', 'Offline', 'Unknown'])('does not offer %s for a while', (status) => {
    const menu = find(being(status), 'For a while');
    expect([menu, ...(menu?.lines ?? [])].map((line) => line?.enabled)).toEqual([false, false, false, false]);
  });
});

describe('the story', () => {
  const clock = /\d{1,2}:\d\d/;

  it('is not told when there is nothing to tell', () => {
    const separators = trayMenu(being('Away')).filter(({ kind }) => kind === 'separator');
    expect(separators).toHaveLength(5);
    expect(labels(being('Away')).slice(-5)).toEqual(['', 'Open Tally', 'Preferences', '', 'Quit']);
  });

  it('tells when a status ends and what follows', () => {
    const until = start + 30 * minute;
    const timed = { status: 'Presenting', since: start, cause: 'you', until, restoreTo: 'Busy' } as const;
    const line = trayMenu(snapshot({ current: timed })).find(({ label }) => label.includes('until'));
    expect(line?.label).toMatch(/^Presenting until .*, then Busy$/);
    expect(line?.label).toMatch(clock);
    expect(line?.enabled).toBe(false);
    const zooms = { status: 'Do_Not_Disturb', since: start, cause: 'zoom', until } as const;
    expect(labels(snapshot({ current: zooms })).find((label) => label.includes('until'))).not.toContain(
      'then',
    );
  });

  it('tells what waits, and cancels it', () => {
    const waiting = { change: change('Away'), dueAt: start + 42_000, why: 'minute-limit' } as const;
    const shown = snapshot({ waiting });
    expect(labels(shown).find((label) => label.startsWith('Away is sent at'))).toMatch(/\d:\d\d:\d\d/);
    expect(find(shown, 'Cancel Away')).toMatchObject({ enabled: true, action: { type: 'presence.cancel' } });
    const offline = snapshot({ waiting: { ...waiting, why: 'offline' } });
    expect(find(offline, 'Away is sent when Zoom can be reached')?.enabled).toBe(false);
    expect(find(offline, 'Cancel Away')).toBeDefined();
  });

  it('tells what failed and why, with both ways out', () => {
    const failed = { change: change('Do_Not_Disturb', 20), error: refusal('zoom-down') };
    const shown = snapshot({ failed });
    expect(find(shown, 'Do not disturb not sent: Refused: zoom-down.')?.enabled).toBe(false);
    expect(find(shown, 'Try again')?.action).toEqual({ type: 'presence.retry' });
    expect(find(shown, 'Leave it')?.action).toEqual({ type: 'presence.dismiss' });
  });

  it('holds nothing that changes by itself as time passes', () => {
    const waiting = { change: change('Away'), dueAt: start + 42_000, why: 'minute-limit' } as const;
    const shown = snapshot({ waiting });
    expect(JSON.stringify(trayMenu(shown))).toBe(JSON.stringify(trayMenu(structuredClone(shown))));
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
    expect(ticked(shown).map(({ label }) => label)).toEqual(['Available']);
    const lengths = all(trayMenu(shown)).filter(({ action }) => action?.type === 'presence.set');
    expect(lengths.filter(({ enabled }) => enabled)).toEqual([]);
    expect(find(shown, 'Tally may not set the status. See why…')).toMatchObject({
      enabled: true,
      action: openAccounts,
    });
  });

  it('that may not do other things can set its status', () => {
    const missing = [{ operation: 'userPresenceStatus', scopes: ['user:read:presence_status'] }] as const;
    const shown = snapshot({}, { ...connected, missing });
    expect(radios(shown).every(({ enabled }) => enabled)).toBe(true);
    expect(find(shown, 'Tally may not set the status. See why…')).toBeUndefined();
  });

  it.each([
    [
      { phase: 'waiting', until: start, browser: true, listening: true, redirectUri: loopbackRedirect },
      'Waiting for you in the browser…',
    ],
    [{ phase: 'finishing' }, 'Finishing the sign-in…'],
    [
      { phase: 'failed', error: refusal('timeout'), redirectUri: loopbackRedirect },
      'The sign-in did not work. See why…',
    ],
  ] as const)('%# that is being signed in has a way to see how far it is', (signIn, label) => {
    expect(find(snapshot({}, { phase: 'none' }, { signIn }), label)).toMatchObject({ action: openAccounts });
    expect(find(snapshot({}, connected, { signIn }), label)).toMatchObject({ action: openAccounts });
  });

  it('that is not connected can be tried again', () => {
    const failed = first({ phase: 'failed', key: 'robin', practice: true, error: refusal('network') });
    expect(failed).toMatchObject({ enabled: true, action: { type: 'account.reconnect' } });
  });
});

describe('several accounts', () => {
  const submenu = (accounts: readonly AccountSummary[]) =>
    find(snapshot({}, connected, { accounts }), 'Account');

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
    expect(submenu([summary('robin', { active: true })])).toBeUndefined();
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
