import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  choicesChangeAt,
  isStatusName,
  keptTime,
  presetCommands,
  presetNamed,
  readChoice,
  recentCommands,
  recentOf,
} from '../../../shared/preset-commands.ts';
import type { Preset, TimedChoice } from '../../../shared/presets.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { settableStatuses } from '../../../shared/zoom/presence.ts';
import { connected, snapshot } from '../../support/snapshot.ts';

const hour = 3_600_000;
/** A Wednesday, by the system's zone. */
const now = new Date(2026, 0, 14, 14, 2).getTime();
const at = (hours: number, minutes = 0, days = 0) => new Date(2026, 0, 14 + days, hours, minutes).getTime();
const context = (time: number, hour12 = true) => ({ now: time, hour12, endOfDay: 1050, morningHour: 8 });
const having = (list: readonly Preset[], recent: readonly TimedChoice[] = []): Snapshot =>
  snapshot({}, connected, { presets: { list, recent } });
const preset = (name: string, status: Preset['status'], time: string): Preset => ({ name, status, time });

describe('presets as commands', () => {
  it('say what they mean now, and do that', () => {
    const all = having([
      preset('Lunch', 'Away', '45'),
      preset('Focus', 'Do_Not_Disturb', 'until 5:00pm'),
      preset('Quiet', 'Do_Not_Disturb', ''),
      preset('Back', 'Available', ''),
      preset('Early', 'Do_Not_Disturb', 'Friday'),
    ]);
    const commands = presetCommands(all, now);
    expect(commands.map(({ title }) => title.replace(/\s/g, ' '))).toEqual([
      'Lunch: Away for 45 minutes',
      expect.stringMatching(/^Focus: Do not disturb until (5:00 PM|17:00)$/),
      'Quiet: Do not disturb for 20 minutes',
      'Back: Available',
      'Early: Do not disturb',
    ]);
    expect(commands.map(({ action }) => action)).toEqual([
      { type: 'presence.set', status: 'Away', minutes: 45 },
      { type: 'presence.set', status: 'Do_Not_Disturb', until: at(17) },
      { type: 'presence.set', status: 'Do_Not_Disturb' },
      { type: 'presence.set', status: 'Available' },
      { type: 'presence.set', status: 'Do_Not_Disturb' },
    ]);
    expect(commands.map(({ why }) => why)).toEqual([...Array(4).fill(undefined), 'More than 24 hours']);
    expect(new Set(commands.map(({ id }) => id)).size).toBe(5);
  });

  it('change their words when their end has come', () => {
    const all = having(
      [preset('Lunch', 'Away', '45'), preset('Focus', 'Busy', 'until 5:00pm')],
      [{ status: 'Away', time: 'until 3:30pm' }],
    );
    expect(choicesChangeAt(all, now)).toBe(at(15, 30));
    expect(choicesChangeAt(all, at(15, 30))).toBe(at(17));
    expect(presetCommands(all, at(17))[1]?.action).toMatchObject({ until: at(17, 0, 1) });
    expect(recentCommands(all, at(17))[0]?.title).toMatch(/^Away until tomorrow /);
    expect(choicesChangeAt(having([preset('Lunch', 'Away', '45')]), now)).toBeUndefined();
  });

  it('go by their names in any case, unless a status has the name', () => {
    const all = [preset('Déjeuner', 'Away', '45')];
    expect(presetNamed(' DÉJEUNER', all)).toBe(all[0]);
    expect(presetNamed('déjeuner'.normalize('NFD'), all)).toBe(all[0]);
    expect(presetNamed('dejeuner', all)).toBeUndefined();
    expect(['Away', 'DND', 'do not disturb', 'out-of-office', 'lunch'].map(isStatusName)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});

describe('a kept time', () => {
  it.each<[string, string]>([
    ['', ''],
    ['45', '45'],
    [' 1h30 ', '1h30'],
    ['5:00', 'until 5:00pm'],
    ['until 5', 'until 5:00pm'],
    ['09:30', 'until 9:30am'],
    ['17:00', 'until 5:00pm'],
    ['12:30 am', 'until 12:30am'],
    ['end of day', 'end of day'],
    ['noon', 'noon'],
    ['tomorrow 8', 'tomorrow 8'],
    ['Monday', 'Monday'],
  ])('%j is kept as %j', (typed, time) => {
    expect(keptTime({ status: 'Away', time: typed }, context(now))).toEqual({ ok: true, time });
  });

  it('means the same time of day whenever it is read, however it was typed', () => {
    const typed = fc.tuple(
      fc.constantFrom('', 'until ', 'till '),
      fc.integer({ min: 0, max: 23 }),
      fc.integer({ min: 0, max: 59 }),
    );
    fc.assert(
      fc.property(
        typed,
        fc.boolean(),
        fc.integer({ min: 0, max: 20 * 24 }),
        ([lead, hours, minutes], hour12, later) => {
          const time = `${lead}${hours}:${String(minutes).padStart(2, '0')}`;
          const kept = keptTime({ status: 'Away', time }, context(now, hour12));
          const meant = readChoice({ status: 'Away', time }, context(now, hour12));
          if (!kept.ok || !meant.ok) throw new Error(time);
          const again = readChoice({ status: 'Away', time: kept.time }, context(now + later * hour, !hour12));
          const clock = (read: ReturnType<typeof readChoice>) => {
            const date = new Date(read.ok ? Number(read.action.until) : Number.NaN);
            return [date.getHours(), date.getMinutes()];
          };
          expect(clock(again)).toEqual(clock(meant));
        },
      ),
    );
  });
});

it('a choice that was made means the same when it is made again', () => {
  const lasting = fc.oneof(
    fc.record({ minutes: fc.integer({ min: 1, max: 1440 }) }),
    fc.record({ until: fc.integer({ min: 1, max: 24 * 60 - 1 }).map((minutes) => now + minutes * 60_000) }),
    fc.constant({ until: 'morning' as const }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...settableStatuses), lasting, fc.boolean(), (status, made, hour12) => {
      const recent = recentOf(status, made, now);
      if (!recent) throw new Error('It is not kept');
      const read = readChoice(recent, context(now, hour12));
      const { until } = made as { until?: number | 'morning' };
      const meant = until === 'morning' ? { until: at(8, 0, 1) } : made;
      expect(read).toEqual({ ok: true, action: { type: 'presence.set', status, ...meant } });
    }),
  );
});
