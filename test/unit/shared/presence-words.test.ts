import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import {
  isSettable,
  readStatus,
  type Status,
  settableStatuses,
  statusSlug,
  statusWord,
} from '../../../shared/zoom/presence.ts';
import schemas from '../../../shared/zoom/schemas.gen.json' with { type: 'json' };

const every: readonly Status[] = [...settableStatuses, 'Offline', 'Unknown'];

describe('status words', () => {
  it.each([
    ['Available', 'Available', 'available'],
    ['Away', 'Away', 'away'],
    ['Do_Not_Disturb', 'Do not disturb', 'do-not-disturb'],
    ['In_Calendar_Event', 'In a calendar event', 'calendar'],
    ['Presenting', 'Presenting', 'presenting'],
    ['In_A_Zoom_Meeting', 'In a meeting', 'meeting'],
    ['On_A_Call', 'On a call', 'call'],
    ['Busy', 'Busy', 'busy'],
    ['Out_of_Office', 'Out of office', 'out-of-office'],
    ['Offline', 'Offline', 'offline'],
    ['Unknown', 'Unknown', 'unknown'],
  ] as const)('%s is shown as "%s" and filed as %s', (status, word, slug) => {
    expect(statusWord(status)).toBe(word);
    expect(statusSlug(status)).toBe(slug);
    expect(readStatus(status)).toBe(status);
  });

  it.each([
    ['Do_No_Disturb', 'Do_Not_Disturb'],
    ['In_A_Calendar_Event', 'In_Calendar_Event'],
    ['In_A_Meeting', 'In_A_Zoom_Meeting'],
    ['In_Meeting', 'In_A_Zoom_Meeting'],
    ['In_A_Call', 'On_A_Call'],
    ['On_Phone_Call', 'On_A_Call'],
    ['Mobile_signed_in', 'Available'],
  ])('reads %s as %s', (raw, status) => {
    expect(readStatus(raw)).toBe(status);
  });

  it('reads every name that Zoom may answer', () => {
    for (const name of schemas.definitions.Presence.properties.status.enum) {
      expect(readStatus(name), name).not.toBe('Unknown');
    }
  });

  it('sets only what Zoom takes, with its limits', () => {
    const { status, duration } = schemas.definitions.PresenceUpdate.properties;
    expect([...settableStatuses, 'Do_No_Disturb'].sort()).toEqual([...status.enum].sort());
    expect(dndMinutes).toEqual({ min: duration.minimum, max: duration.maximum, default: duration.default });
    expect(operations.updatePresenceStatus.body).toBe('json');
  });

  it('takes anything from outside and answers a known status', () => {
    const names = fc.oneof(
      fc.anything(),
      fc.string(),
      fc.constantFrom('constructor', '__proto__', 'toString'),
    );
    fc.assert(
      fc.property(names, (raw) => {
        const status = readStatus(raw);
        expect(every).toContain(status);
        expect(statusWord(status)).not.toBe('');
        expect(isSettable(raw)).toBe(settableStatuses.includes(raw as never));
      }),
    );
    expect(readStatus('available')).toBe('Unknown');
    expect(isSettable('Offline')).toBe(false);
  });
});
