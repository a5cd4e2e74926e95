import type { Preferences } from './app.ts';
import type { Command, LinkedAction } from './commands.ts';
import type { Preset, TimedChoice } from './presets.ts';
import { timeContext } from './said.ts';
import { shownShortcut } from './shortcut.ts';
import type { Snapshot } from './state.ts';
import { endOf, readTime, type TimeContext, type TimeProblem } from './times.ts';
import { clockTime } from './words/clock.ts';
import { durationWords } from './words/durations.ts';
import { common } from './words/en/common.ts';
import { times as t } from './words/en/times.ts';
import { type SettableStatus, settableStatuses, statusSlug, statusWord } from './zoom/presence.ts';

const byStatusWord = new Set(settableStatuses.flatMap((status) => [statusWord(status), statusSlug(status)]));

/** Whether two names are one, whatever their case. */
export function isSameName(a: string, b: string): boolean {
  const plain = (name: string) => name.normalize('NFC').toLowerCase().trim();
  return plain(a) === plain(b);
}

/** The preset that goes by a name. */
export function presetNamed(name: string, presets: readonly Preset[]): Preset | undefined {
  return presets.find((preset) => isSameName(preset.name, name));
}

/** Whether a name is that of a status, which counts more than a preset's. */
export function isStatusName(name: string): boolean {
  return name.toLowerCase() === 'dnd' || [...byStatusWord].some((word) => isSameName(word, name));
}

type ChoiceRead =
  | { readonly ok: true; readonly action: Extract<LinkedAction, { type: 'presence.set' }> }
  | { readonly ok: false; readonly problem: TimeProblem };

/** What a choice means at a moment. */
export function readChoice({ status, time }: TimedChoice, context: TimeContext): ChoiceRead {
  if (time === '') return { ok: true, action: { type: 'presence.set', status } };
  const read = readTime(time, status, context);
  if (!read.ok) return read;
  return { ok: true, action: { type: 'presence.set', status, ...read.lasting } };
}

/** "Away for 45 minutes", "Do not disturb until 5:00 PM". */
function choiceWords(
  { status, minutes, until }: Extract<ChoiceRead, { ok: true }>['action'],
  now: number,
  usualMinutes: number,
): string {
  if (typeof until === 'number') return t.statusUntil(statusWord(status), clockTime(until, now));
  const lasting = minutes ?? (status === 'Do_Not_Disturb' ? usualMinutes : undefined);
  return lasting === undefined
    ? statusWord(status)
    : t.statusFor(statusWord(status), durationWords(lasting * 60_000, 'long'));
}

/** What a choice means at `now` (epoch ms); the status alone where its time means nothing. */
export function presetWords(choice: TimedChoice, preferences: Preferences, now: number): string {
  const read = readChoice(choice, timeContext(preferences, now));
  return read.ok ? choiceWords(read.action, now, preferences.dndMinutes) : statusWord(choice.status);
}

type Known = Pick<Snapshot, 'presets' | 'preferences' | 'shortcutTriggers'>;

function choiceCommand(
  choice: TimedChoice,
  { preferences }: Known,
  now: number,
): Pick<Command, 'title' | 'action' | 'why' | 'needs'> {
  const read = readChoice(choice, timeContext(preferences, now));
  const needs = 'updatePresenceStatus';
  const title = presetWords(choice, preferences, now);
  if (read.ok) return { title, action: read.action, needs };
  const why = read.problem === 'dnd-too-long' ? t.moreThanADay : t.notPossibleNow;
  return { title, action: { type: 'presence.set', status: choice.status }, why, needs };
}

/** A command for each preset, as it is meant at `now` (epoch ms). */
export function presetCommands(snapshot: Known, now: number): readonly Command[] {
  return snapshot.presets.list.map((preset) => {
    const { title, ...command } = choiceCommand(preset, snapshot, now);
    return {
      ...command,
      id: `preset/${preset.name}`,
      group: 'Presets',
      title: common.about(preset.name, title),
      words: 'preset',
      ...(preset.shortcut && { keys: shownShortcut(preset.shortcut, snapshot.shortcutTriggers) }),
    };
  });
}

/** The last timed choices that can be made again at `now` (epoch ms). */
export function recentCommands(snapshot: Known, now: number): readonly Command[] {
  return snapshot.presets.recent.map((choice) => ({
    ...choiceCommand(choice, snapshot, now),
    id: `recent/${statusSlug(choice.status)}/${choice.time}`,
    group: 'Timers',
  }));
}

/** When what a preset or a recent choice means changes: its next end has come. Epoch ms; undefined where none of them has one. */
export function choicesChangeAt({ presets, preferences }: Known, now: number): number | undefined {
  const ends = [...presets.list, ...presets.recent].flatMap((choice) => {
    const read = readChoice(choice, timeContext(preferences, now));
    return read.ok && typeof read.action.until === 'number' ? [read.action.until] : [];
  });
  return ends.length > 0 ? Math.min(...ends) : undefined;
}

/** An end by the clock without a word that says which day or half of it: the same digits would mean another time later. */
const bareClock = /^(?:(?:until|till|til) )?[\d:.h ]+(?:[ap]\.?m?\.?|o.?clock)?$/i;

/**
 * A time as it is kept: an end by the clock says which half of the day is meant, as "2:30" is another one in the morning. Undefined
 * where it is none for this status.
 */
export function keptTime(
  { status, time }: TimedChoice,
  context: TimeContext,
): { readonly ok: true; readonly time: string } | { readonly ok: false; readonly problem: TimeProblem } {
  const typed = time.trim();
  if (typed === '') return { ok: true, time: '' };
  const read = readTime(typed, status, context);
  if (!read.ok) return read;
  const isClock = 'until' in read.lasting && bareClock.test(typed);
  return { ok: true, time: isClock ? clockText(endOf(read.lasting, context.now)) : typed };
}

/** An end as one types it, whatever clock the system has: "until 5:05pm". */
function clockText(at: number): string {
  const date = new Date(at);
  const hours = date.getHours();
  const minutes = String(date.getMinutes()).padStart(2, '0');
  return `until ${hours % 12 || 12}:${minutes}${hours < 12 ? 'am' : 'pm'}`;
}

/** How a choice that was made is kept, to be made again; undefined where it would not mean the same another day. */
export function recentOf(
  status: SettableStatus,
  lasting: { readonly minutes?: number | undefined; readonly until?: number | 'morning' | undefined },
  now: number,
): TimedChoice | undefined {
  const { minutes, until } = lasting;
  if (until === 'morning') return { status, time: 'tomorrow morning' };
  if (until === undefined) return minutes === undefined ? undefined : { status, time: String(minutes) };
  // Later than that it was a certain day.
  return until > now && until - now < 24 * 3_600_000 ? { status, time: clockText(until) } : undefined;
}

export const presetTimeProblems: Readonly<Record<TimeProblem, string>> = {
  ...t.problems,
  unknown: t.unknownForPreset,
};
