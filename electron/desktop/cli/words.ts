import { statusCommands } from '../../../shared/commands.ts';
import { exitCodes } from '../../../shared/exit-codes.ts';
import { screens } from '../../../shared/places.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { clockTime } from '../../../shared/words/clock.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { type Status, statusSlug, statusWord } from '../../../shared/zoom/presence.ts';

const statuses = statusCommands.flatMap(({ links }) => links.map((link) => link.slice('status/'.length)));

export const help = `Tally: your own Zoom account in the tray

  tally                        Open the window
  tally status [--json]        Print your status
  tally status STATUS [--for LENGTH | --until TIME]
                               Set your status
  tally status PRESET          Use one of your presets
  tally open SCREEN            Open a screen
  tally open settings --search WORDS
                               Search the settings
  tally upload FILE...         Upload backgrounds
  tally setup FILE             Sign in with the setup somebody gave you
  tally --help                 Print this
  tally --version              Print the version

STATUS  ${wrapped(statuses)}
SCREEN  ${wrapped(screens)}
LENGTH  45, 1h30, 1.5h
TIME    14:30, 2:30pm, noon, "tomorrow 8", morning

Tally is started if it isn’t running. Exit codes: ${exitCodes.worked} it worked, ${exitCodes.mistake} the command isn’t right,
${exitCodes.refused} Zoom refused or no account is connected, ${exitCodes.unreached} no answer from Zoom, ${exitCodes.limit} a limit of Zoom’s is reached,
${exitCodes.inside} anything else.
`;

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
  const end = until === undefined || until <= now ? '' : ` until ${clockTime(until, now)}`;
  return `${statusWord(status)}${end}${end && restoreTo ? `, then ${statusWord(restoreTo)}` : ''}.`;
}

/** What becomes of a change that waits. */
export function waitingWords(
  { change, dueAt, why }: NonNullable<PresenceView['waiting']>,
  now: number,
): string {
  const word = statusWord(change.status);
  if (why === 'offline') return `Zoom can’t be reached. Tally keeps trying to switch to ${word}.`;
  const when = dueAt > now ? `in ${durationWords(dueAt - now)}` : 'now';
  const limit =
    why === 'minute-limit' ? 'Zoom allows one change per minute' : 'Zoom allows no more calls for now';
  return `${limit}. Switching to ${word} ${when}.`;
}

/** The present status with what is on its way, one sentence a line. */
export function presenceWords(presence: PresenceView, now: number): readonly string[] {
  const { sending, waiting, failed } = presence;
  return [
    currentWords(presence, now),
    ...(sending ? [`Switching to ${statusWord(sending.status)} now.`] : []),
    ...(waiting ? [waitingWords(waiting, now)] : []),
    ...(failed ? [`${statusWord(failed.change.status)} wasn’t set: ${failed.error.what}`] : []),
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
