import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeLeft, trayTooltip } from '../../../../electron/desktop/tray/tooltip.ts';
import { loopbackRedirect } from '../../../../shared/redirects.ts';
import { settableStatuses, statusWord } from '../../../../shared/zoom/presence.ts';
import { change, minute, refusal, start } from '../../../support/presence-script.ts';
import { connected, snapshot, summary } from '../../../support/snapshot.ts';

const second = 1_000;
const hour = 60 * minute;

describe('time left', () => {
  it.each([
    [42 * minute, '42 min'],
    [41 * minute + second, '42 min'],
    [2 * hour, '2 hr'],
    [2 * hour + 5 * minute, '2 hr 5 min'],
    [2 * hour + second, '2 hr 1 min'],
    [59 * minute + second, '1 hr'],
    [24 * hour, '24 hr'],
    [60 * second, '1 min'],
    [51 * second, '1 min'],
    [50 * second, '50 sec'],
    [41 * second, '50 sec'],
    [1, '10 sec'],
  ])('%d ms are "%s"', (ms, words) => {
    expect(timeLeft(ms)).toBe(words);
  });

  it('is never empty, never grows as time passes, and changes at most every ten seconds', () => {
    const amount = (words: string) =>
      [...words.matchAll(/(\d+) (hr|min|sec)/g)].reduce(
        (sum, [, count, unit]) => sum + Number(count) * { hr: hour, min: minute, sec: second }[unit as 'hr'],
        0,
      );
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 25 * hour }), fc.integer({ min: 0, max: hour }), (ms, later) => {
        expect(amount(timeLeft(ms))).toBeGreaterThanOrEqual(ms);
        expect(amount(timeLeft(ms)) - ms).toBeLessThan(ms > 50 * second ? minute : 10 * second);
        if (later < ms) expect(amount(timeLeft(ms - later))).toBeLessThanOrEqual(amount(timeLeft(ms)));
      }),
    );
  });
});

describe('the tooltip', () => {
  const dnd = { status: 'Do_Not_Disturb', since: start, until: start + 60 * minute } as const;

  it('tells the status, the time left and whose doing it is', () => {
    const own = snapshot({ current: { ...dnd, cause: 'you', restoreTo: 'Available' } });
    expect(trayTooltip(own, start + 18 * minute)).toBe('Do not disturb, 42 min left (you)');
    expect(trayTooltip(own, start + 60 * minute)).toBe('Do not disturb (you)');
    const zooms = snapshot({ current: { ...dnd, cause: 'zoom' } });
    expect(trayTooltip(zooms, start)).toBe('Do not disturb, 1 hr left (Zoom)');
    const back = snapshot({ current: { status: 'Available', since: start, cause: 'restored' } });
    expect(trayTooltip(back, start)).toBe('Available (timer ended)');
    const unknown = snapshot({ current: { status: 'Unknown', since: start, cause: 'zoom' } });
    expect(trayTooltip(unknown, start)).toBe('Unknown (Zoom)');
  });

  it('tells what waits and for what', () => {
    const waiting = { change: change('Away'), dueAt: start + 42 * second, why: 'minute-limit' } as const;
    expect(trayTooltip(snapshot({ waiting }), start)).toBe('Available (Zoom). Switching to Away in 50 sec');
    expect(trayTooltip(snapshot({ waiting: { ...waiting, why: 'offline' } }), start)).toBe(
      'Available (Zoom). Switching to Away when you’re online',
    );
  });

  it('has no empty place when what waits is due but the wire is not free', () => {
    const waiting = { change: change('Away'), dueAt: start, why: 'minute-limit' } as const;
    for (const now of [start, start + 5 * minute]) {
      expect(trayTooltip(snapshot({ waiting }), now)).toBe('Available (Zoom). Switching to Away next');
    }
  });

  it('tells what was not sent, beside the status that is confirmed', () => {
    const failed = { change: change('On_A_Call'), error: refusal('not-in-zoom-client') };
    expect(trayTooltip(snapshot({ failed }), start)).toBe('Available (Zoom). Couldn’t set On a call');
  });

  it('tells how the account is before there is a status', () => {
    const at = (account: Parameters<typeof snapshot>[1]) => trayTooltip(snapshot({}, account), start);
    expect(at({ phase: 'none' })).toBe('Tally: no account');
    expect(at({ phase: 'connecting', key: 'robin', practice: true })).toBe('Tally: connecting');
    expect(at({ phase: 'failed', key: 'robin', practice: true, error: refusal('network') })).toBe(
      'Tally: Refused: network.',
    );
    expect(at(connected)).toBe('Available (Zoom)');
  });

  it('tells that the keychain or the person is waited for', () => {
    const waiting = { phase: 'connecting', key: 'robin', practice: false, waitsFor: 'keychain' } as const;
    expect(trayTooltip(snapshot({}, waiting), start)).toBe('Tally: waiting for your keychain');
    const signIn = {
      phase: 'waiting',
      until: start,
      browser: true,
      listening: true,
      redirectUri: loopbackRedirect,
      app: { cloud: 'commercial', clientId: 'abc' },
    } as const;
    expect(trayTooltip(snapshot({}, { phase: 'none' }, { signIn }), start)).toBe(
      'Tally: waiting for you in the browser',
    );
  });

  it('tells whose status it is where there are several accounts, in what Windows shows of a tooltip', () => {
    const alex = summary('alex');
    const two = (name: string) => ({ accounts: [summary('robin', { name, active: true }), alex] });
    expect(trayTooltip(snapshot({}, connected, two('Robin Doe')), start)).toBe('Available (Zoom). Robin Doe');
    expect(trayTooltip(snapshot({}, connected, two('')), start)).toBe('Available (Zoom). robin@example.org');
    const waiting = { change: change('In_Calendar_Event'), dueAt: start, why: 'offline' } as const;
    const long = trayTooltip(snapshot({ waiting }, connected, two('Robin\n'.repeat(50))), start);
    expect(long.length).toBeLessThanOrEqual(127);
    expect(long).not.toContain('\n');
  });

  it('uses the words of the status for all of them', () => {
    for (const status of settableStatuses) {
      const shown = snapshot({ current: { status, since: start, cause: 'you' } });
      expect(trayTooltip(shown, start)).toBe(`${statusWord(status)} (you)`);
    }
  });
});
