import { describe, expect, it } from 'vitest';
import { help, presenceJson, presenceWords } from '../../../../electron/desktop/cli/words.ts';
import { screens } from '../../../../shared/places.ts';
import type { PresenceView } from '../../../../shared/presence.ts';
import { timeOfDay } from '../../../../shared/words/clock.ts';
import { settableStatuses, statusSlug } from '../../../../shared/zoom/presence.ts';
import { change, minute, refusal, start } from '../../../support/presence-script.ts';

const view = (more: Partial<PresenceView> = {}): PresenceView => ({
  current: { status: 'Available', since: start, cause: 'you' },
  ...more,
});
const away = { status: 'Away', since: start, cause: 'you' } as const;
const end = timeOfDay(start + 90 * minute);

describe('the status in words', () => {
  it.each<[string, PresenceView, readonly string[]]>([
    ['alone', view(), ['Available.']],
    [
      'with a timer',
      view({ current: { ...away, until: start + 90 * minute, restoreTo: 'Busy' } }),
      [`Away until ${end}, then Busy.`],
    ],
    [
      'that Zoom itself ends',
      view({ current: { ...away, status: 'Do_Not_Disturb', until: start + 90 * minute } }),
      [`Do not disturb until ${end}.`],
    ],
    ['with a timer that is over', view({ current: { ...away, until: start - 1 } }), ['Away.']],
    [
      'with one on its way',
      view({ sending: change('Out_of_Office') }),
      ['Available.', 'Switching to Out of office now.'],
    ],
    [
      'with one that waits for Zoom’s minute',
      view({ waiting: { change: change('Busy'), dueAt: start + 45_000, why: 'minute-limit' } }),
      ['Available.', 'Zoom allows one change per minute. Switching to Busy in 45 sec.'],
    ],
    [
      'with one that waits for Zoom to take calls again',
      view({ waiting: { change: change('Busy'), dueAt: start + 120_000, why: 'rate-limit' } }),
      ['Available.', 'Zoom allows no more calls for now. Switching to Busy in 2 min.'],
    ],
    [
      'with one that waits for the connection',
      view({ waiting: { change: change('Busy'), dueAt: start, why: 'offline' } }),
      ['Available.', 'Zoom can’t be reached. Tally keeps trying to switch to Busy.'],
    ],
    [
      'with one that Zoom refused',
      view({ failed: { change: change('Presenting'), error: refusal('refused') } }),
      ['Available.', 'Presenting wasn’t set: Refused: refused.'],
    ],
  ])('%s', (_what, presence, lines) => {
    expect(presenceWords(presence, start)).toEqual(lines);
  });

  it('for programs has names that the command takes, and instants', () => {
    const presence = view({
      current: { ...away, until: start + minute, restoreTo: 'In_Calendar_Event' },
      checkedAt: start,
      waiting: { change: change('Busy'), dueAt: start + minute, why: 'minute-limit' },
      failed: { change: change('Presenting'), error: refusal('refused') },
    });
    expect(presenceJson(presence)).toEqual({
      status: 'away',
      since: '2026-01-15T09:00:00.000Z',
      until: '2026-01-15T09:01:00.000Z',
      next: 'calendar',
      checkedAt: '2026-01-15T09:00:00.000Z',
      waiting: { status: 'busy', at: '2026-01-15T09:01:00.000Z', why: 'minute-limit' },
      failed: { status: 'presenting', kind: 'refused', what: 'Refused: refused.' },
    });
  });
});

it('the help names every status, screen and exit code, in lines that fit a terminal', () => {
  for (const status of settableStatuses) expect(help).toMatch(new RegExp(`\\b${statusSlug(status)}\\b`));
  for (const screen of screens) expect(help).toMatch(new RegExp(`\\b${screen}\\b`));
  for (const code of [0, 1, 2, 3, 4, 5]) expect(help).toMatch(new RegExp(`[:,] ?\n?${code} \\w`));
  for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(100);
});
