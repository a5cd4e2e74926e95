import type { Preferences } from './app.ts';
import type { Command } from './commands.ts';
import { followsAfter, type PresenceView } from './presence.ts';
import type { Snapshot } from './state.ts';
import { endOf, readTime, type TimeContext, type TimeRead } from './times.ts';
import { clockTime, hasHour12 } from './words/clock.ts';
import { durationWords } from './words/durations.ts';
import { times as t } from './words/en/times.ts';
import { type SettableStatus, settableStatuses, statusSlug, statusWord } from './zoom/presence.ts';

/** What people say besides the names that are shown. */
const otherNames: Readonly<Partial<Record<SettableStatus, readonly string[]>>> = {
  Do_Not_Disturb: ['dnd', 'quiet'],
  Out_of_Office: ['ooo'],
  In_Calendar_Event: ['in calendar event'],
};

/** Longest first, as one may begin another. */
const names = settableStatuses
  .flatMap((status) =>
    [statusWord(status).toLowerCase(), statusSlug(status), ...(otherNames[status] ?? [])].map((name) => ({
      name,
      status,
    })),
  )
  .toSorted((a, b) => b.name.length - a.name.length);

/** How a person's times are read at `now` (epoch ms). */
export function timeContext(
  { endOfDay, morningHour }: Pick<Preferences, 'endOfDay' | 'morningHour'>,
  now: number,
): TimeContext {
  return { now, hour12: hasHour12(), endOfDay, morningHour };
}

/** A time as it was understood: "until 2:30 PM, then Available". */
export function understood(
  read: Extract<TimeRead, { ok: true }>,
  status: SettableStatus,
  { presence, now }: { readonly presence: PresenceView; readonly now: number },
): string {
  const { lasting, moved } = read;
  const end = clockTime(endOf(lasting, now), now);
  const next = statusWord(followsAfter(presence, status));
  if ('minutes' in lasting) return t.forThen(durationWords(lasting.minutes * 60_000, 'long'), end, next);
  return moved ? t.untilMovedThen(end, next) : t.untilThen(end, next);
}

/** A status and a time in one line, such as "dnd 45" or "away until 14:30"; undefined where it is not meant as that. */
export function saidCommand(
  line: string,
  { presence, preferences }: Pick<Snapshot, 'presence' | 'preferences'>,
  now: number,
): Command | undefined {
  const said = line.trim().toLowerCase().replace(/\s+/g, ' ');
  const found = names.find(({ name }) => said.startsWith(`${name} `));
  if (!found) return undefined;
  const { status, name } = found;
  const time = said.slice(name.length + 1);
  const read = readTime(time, status, timeContext(preferences, now));
  const command = { id: 'said', group: 'Timers', needs: 'updatePresenceStatus' } as const;
  if (read.ok) {
    const title = t.statusAndTime(statusWord(status), understood(read, status, { presence, now }));
    return { ...command, title, action: { type: 'presence.set', status, ...read.lasting } };
  }
  if (read.problem === 'unknown' || read.problem === 'empty') return undefined;
  const title = t.statusAndWrongTime(statusWord(status), time, t.problems[read.problem]);
  return { ...command, title, action: { type: 'presence.set', status }, why: t.notPossible };
}

/** The status that a slug names. */
export function statusOfSlug(slug: string | undefined): SettableStatus | undefined {
  return settableStatuses.find((status) => statusSlug(status) === slug);
}
