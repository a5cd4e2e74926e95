import type { Preferences } from './app.ts';
import type { Command } from './commands.ts';
import { followsAfter, type PresenceView } from './presence.ts';
import type { Snapshot } from './state.ts';
import { endOf, readTime, type TimeContext, type TimeRead, timeProblems } from './times.ts';
import { clockTime, hasHour12 } from './words/clock.ts';
import { durationWords } from './words/durations.ts';
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
  const passed = moved ? ' (that time has passed today)' : '';
  const end = `until ${clockTime(endOf(lasting, now), now)}${passed}`;
  const whole = 'minutes' in lasting ? `for ${durationWords(lasting.minutes * 60_000, 'long')}, ${end}` : end;
  return `${whole}, then ${statusWord(followsAfter(presence, status))}`;
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
    const title = `${statusWord(status)} ${understood(read, status, { presence, now })}`;
    return { ...command, title, action: { type: 'presence.set', status, ...read.lasting } };
  }
  if (read.problem === 'unknown' || read.problem === 'empty') return undefined;
  const title = `${statusWord(status)} ${time}? ${timeProblems[read.problem]}`;
  return { ...command, title, action: { type: 'presence.set', status }, why: 'Not possible' };
}

/** The status that a slug names. */
export function statusOfSlug(slug: string | undefined): SettableStatus | undefined {
  return settableStatuses.find((status) => statusSlug(status) === slug);
}
