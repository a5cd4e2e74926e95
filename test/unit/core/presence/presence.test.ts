import { expect, it } from 'vitest';
import { createPresence } from '../../../../electron/core/presence/presence.ts';
import { initialPresence } from '../../../../electron/core/presence/reducer.ts';
import { storePresence } from '../../../../electron/core/presence/stored.ts';
import type { Notice } from '../../../../shared/app.ts';
import { createFakeAttendance } from '../../../support/fake-attendance.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { minute, start } from '../../../support/presence-script.ts';

const day = 24 * 60 * minute;

/** A presence whose Zoom takes everything and says Available, over what a file holds. */
function begin(file?: unknown) {
  const clock = createFakeClock(start);
  const notices: Notice[] = [];
  const calls: string[] = [];
  const call = async (operation: string) => {
    calls.push(operation);
    return operation === 'userPresenceStatus'
      ? { ok: true as const, data: { status: 'Available' } }
      : { ok: true as const, data: null };
  };
  const presence = createPresence({
    own: { id: 'own' },
    clock,
    attendance: createFakeAttendance(),
    zoom: { call },
    files: {
      presence: () => file,
      savePresence: () => undefined,
      preferences: () => ({ dndMinutes: 60, morningHour: 8 }),
    },
    notice: (one: Notice) => notices.push(one),
    changed: () => undefined,
  } as unknown as Parameters<typeof createPresence>[0]);
  return { clock, presence, notices, calls };
}

it('says that a timer may have been lost where the file with the status cannot be read, and only there', () => {
  expect(begin().notices).toEqual([]);
  expect(begin(storePresence(initialPresence(start), start)).notices).toEqual([]);
  expect(begin({ current: 'Away' }).notices).toEqual([
    {
      id: 'presence-reset',
      title: 'A timer may have been lost',
      detail: 'The file with the last status couldn’t be read. Tally asks Zoom for the status instead.',
    },
  ]);
});

it('refuses a do not disturb that is longer than Zoom’s longest, and no other status for that', () => {
  const { presence } = begin();
  const until = (status: 'Do_Not_Disturb' | 'Away', ms: number) =>
    presence.run({ type: 'presence.set', status, until: start + ms });
  expect(until('Do_Not_Disturb', day + 1)).toMatchObject({
    ok: false,
    error: { kind: 'invalid-input', what: expect.stringMatching(/24 hours/) },
  });
  expect(presence.view().sending).toBeUndefined();
  expect(until('Do_Not_Disturb', day)).toMatchObject({ ok: true });
  expect(until('Away', 2 * day)).toMatchObject({ ok: true });
  expect(presence.run({ type: 'presence.set', status: 'Do_Not_Disturb' })).toMatchObject({ ok: true });
});

it('goes back to what a change replaced, and asks Zoom when that is wanted', async () => {
  const { clock, presence, calls } = begin();
  presence.refresh();
  await settle();
  expect(presence.view().current.status).toBe('Available');
  presence.run({ type: 'presence.set', status: 'Busy' });
  await settle();
  expect(presence.view()).toMatchObject({ current: { status: 'Busy' }, before: { status: 'Available' } });
  await clock.advance(minute);
  presence.run({ type: 'presence.undo' });
  await settle();
  expect(presence.view().current.status).toBe('Available');
  expect(calls).toEqual(['userPresenceStatus', 'updatePresenceStatus', 'updatePresenceStatus']);
});

it('bears that nothing is there any more of what a click meant', () => {
  const { presence } = begin();
  const before = presence.view();
  for (const type of ['presence.cancel', 'presence.retry', 'presence.dismiss'] as const)
    presence.run({ type, status: 'Busy' });
  expect(presence.view()).toEqual(before);
});
