import { afterEach, expect, it } from 'vitest';
import type { Snapshot } from '../../shared/state.ts';
import { reasonWords } from '../../shared/words/automation.ts';
import type { SettableStatus } from '../../shared/zoom/presence.ts';
import { calendarText, startCalendarServer } from '../support/calendars-server.ts';
import { minute, start } from '../support/presence-script.ts';
import { ready, sent, status, type TallyRig, withTally } from '../support/tally-rig.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const at = (minutes: number) => start + minutes * minute;
const is = (wanted: SettableStatus) => (snapshot: Snapshot) =>
  status(snapshot) === wanted && !snapshot.presence.sending && !snapshot.presence.waiting;
const only = ({ calendars }: Snapshot) => calendars?.calendars[0];
const bodies = async (made: TallyRig) => (await sent(made)).map(({ body }) => body);

function pass({ tally, clock }: TallyRig, ms: number): void {
  clock.jump(ms);
  tally.wake();
}

/** Connected, with the rule on and a calendar that was read from this computer. */
async function begin({ tally, until }: TallyRig, text: string): Promise<void> {
  const server = await startCalendarServer((_, response) => response.end(text), false);
  closing.push(server.close);
  await tally.connect();
  await until(ready);
  tally.run({ type: 'automation.calendar', on: true });
  await until(({ automation }) => automation?.settings.calendar.on === true);
  tally.run({ type: 'calendars.add', address: server.at('/private-5e7c/basic.ics') });
  const found = await until((snapshot) => only(snapshot)?.problem === 'nearby');
  tally.run({ type: 'calendars.allow', id: only(found)?.id ?? '' });
  await until((snapshot) => only(snapshot)?.readAt !== undefined && only(snapshot)?.isKept === true);
}

it('an event sets its status with its title as the reason, and the former one comes back at its end', () =>
  withTally(async (made) => {
    const { tally, until } = made;
    await begin(made, calendarText(at(20), at(40)));
    tally.run({ type: 'automation.calendar', before: 5 });
    expect(tally.snapshot().automation?.day).toMatchObject([
      { rule: 'calendar', status: 'Busy', from: at(15), until: at(40) },
    ]);
    pass(made, 15 * minute);
    const early = await until(is('Busy'));
    const { acting } = early.automation ?? {};
    expect(acting).toMatchObject({ rule: 'calendar', since: at(15), until: at(40), begins: at(20) });
    expect(acting && reasonWords(acting, at(15))).toMatch(/^before a calendar event at .* · Design review$/);
    pass(made, 5 * minute);
    const during = await until(({ automation }) => automation?.acting?.begins === undefined);
    const now = during.automation?.acting;
    expect(now && reasonWords(now, at(20))).toMatch(/^in a calendar event until .* · Design review$/);
    pass(made, 20 * minute);
    await until(is('Available'));
    expect(await bodies(made)).toEqual([{ status: 'Busy' }, { status: 'Available' }]);
  }));

it('an all-day event sets Out of office where that is wanted, and is skipped for a day by a click', () =>
  withTally(async (made) => {
    const { tally, until } = made;
    const day = new Date(start).toISOString().slice(0, 10).replaceAll('-', '');
    const text = calendarText(at(0), at(0)).replace(
      /DTSTART:.*\r\nDTEND:.*\r\n/,
      `DTSTART;VALUE=DATE:${day}\r\n`,
    );
    await begin(made, text);
    expect(status(tally.snapshot())).toBe('Available');
    tally.run({ type: 'automation.calendar', away: true });
    await until(is('Out_of_Office'));
    expect(tally.snapshot().automation?.day[0]?.status).toBe('Out_of_Office');
    pass(made, minute);
    tally.run({ type: 'automation.skip' });
    await until(is('Available'));
    pass(made, 2 * minute);
    expect(await bodies(made)).toEqual([{ status: 'Out_of_Office' }, { status: 'Available' }]);
  }));

it('a choice of the person’s is left alone during an event', () =>
  withTally(async (made) => {
    const { tally, until } = made;
    await begin(made, calendarText(at(10), at(20)));
    tally.run({ type: 'presence.set', status: 'Away' });
    await until(is('Away'));
    pass(made, 10 * minute);
    await until(({ automation }) => automation?.obstacle === 'choice');
    expect(await bodies(made)).toEqual([{ status: 'Away' }]);
  }));

it('signing out takes the calendars along, from the disk and the keychain', () =>
  withTally(async (made) => {
    const { tally, until, keychain } = made;
    await begin(made, calendarText(at(20), at(40)));
    expect([...keychain.items.keys()]).toEqual(['calendars:given']);
    const gone = Promise.withResolvers<void>();
    const { delete: forget } = keychain.items;
    keychain.items.delete = (item) => {
      if (item === 'calendars:given') gone.resolve();
      return forget.call(keychain.items, item);
    };
    tally.run({ type: 'account.sign-out', key: 'given' });
    await gone.promise;
    await until(({ calendars }) => calendars === undefined);
    expect(keychain.items.size).toBe(0);
  }));
