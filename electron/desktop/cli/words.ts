import { statusCommands } from '../../../shared/commands.ts';
import { exitCodes } from '../../../shared/exit-codes.ts';
import { screens } from '../../../shared/places.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { clockTime } from '../../../shared/words/clock.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { commandLine as t } from '../../../shared/words/en/command-line.ts';
import { type Status, statusSlug, statusWord } from '../../../shared/zoom/presence.ts';

const statuses = statusCommands.flatMap(({ links }) => links.map((link) => link.slice('status/'.length)));

export const help = t.help({ statuses: wrapped(statuses), screens: wrapped(screens), codes: exitCodes });

/** Words in lines of at most 70 characters, under each other. */
function wrapped(words: readonly string[]): string {
  const lines = [''];
  for (const word of words) {
    const line = `${lines.at(-1)}${lines.at(-1) ? ', ' : ''}${word}`;
    if (line.length > 70) lines.push(word);
    else lines[lines.length - 1] = line;
  }
  return lines.join(',\n        ');
}

/** "Away until 2:30 PM, then Available." `now` in epoch ms. */
export function currentWords({ current }: Pick<PresenceView, 'current'>, now: number): string {
  const { status, until, restoreTo } = current;
  const word = statusWord(status);
  if (until === undefined || until <= now) return t.now(word);
  const end = clockTime(until, now);
  return restoreTo ? t.nowUntilThen(word, end, statusWord(restoreTo)) : t.nowUntil(word, end);
}

/** What becomes of a change that waits. */
export function waitingWords(
  { change, dueAt, why }: NonNullable<PresenceView['waiting']>,
  now: number,
): string {
  const word = statusWord(change.status);
  if (why === 'offline') return t.unreachable(word);
  const isMinute = why === 'minute-limit';
  if (dueAt <= now) return (isMinute ? t.minuteLimitNow : t.rateLimitNow)(word);
  return (isMinute ? t.minuteLimit : t.rateLimit)(word, durationWords(dueAt - now));
}

/** The present status with what is on its way, one sentence a line. */
export function presenceWords(presence: PresenceView, now: number): readonly string[] {
  const { sending, waiting, failed } = presence;
  return [
    currentWords(presence, now),
    ...(sending ? [t.switching(statusWord(sending.status))] : []),
    ...(waiting ? [waitingWords(waiting, now)] : []),
    ...(failed ? [t.notSet(statusWord(failed.change.status), failed.error.what)] : []),
  ];
}

const instant = (at: number) => new Date(at).toISOString();
const slug = (status: Status) => statusSlug(status);

/** The same for a program: statuses as the command takes them, instants in UTC. */
export function presenceJson({ current, checkedAt, sending, waiting, failed }: PresenceView): object {
  return {
    status: slug(current.status),
    since: instant(current.since),
    ...(current.until !== undefined && { until: instant(current.until) }),
    ...(current.restoreTo && { next: slug(current.restoreTo) }),
    ...(checkedAt !== undefined && { checkedAt: instant(checkedAt) }),
    ...(sending && { sending: { status: slug(sending.status) } }),
    ...(waiting && {
      waiting: { status: slug(waiting.change.status), at: instant(waiting.dueAt), why: waiting.why },
    }),
    ...(failed && {
      failed: { status: slug(failed.change.status), kind: failed.error.kind, what: failed.error.what },
    }),
  };
}
