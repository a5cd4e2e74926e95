import type { Cause } from '../../../shared/presence.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { reasonWords } from '../../../shared/words/automation.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { shorten } from '../../../shared/words/shorten.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';

const minute = 60_000;

const causeWord: Readonly<Record<Cause, string>> = {
  you: 'you',
  restored: 'timer ended',
  zoom: 'Zoom',
  rule: 'automation',
};

/** Time left (above 0 ms) in words that change at most once a minute above a minute, and every ten seconds below it. */
export function timeLeft(ms: number): string {
  const tens = Math.max(0, Math.ceil(ms / 10_000)) * 10_000;
  return durationWords(tens < minute ? tens : Math.max(ms, minute));
}

/** Characters of a name: Windows shows 127 of a whole tooltip. */
const longestName = 30;

/** One line such as "Do not disturb, 42 min left (you)"; with several accounts it ends with whose it is. `now` in epoch ms. */
export function trayTooltip(snapshot: Snapshot, now: number): string {
  const { account, accounts, signIn } = snapshot;
  const active = accounts.length > 1 ? accounts.find((one) => one.active) : undefined;
  const whose = active ? `. ${shorten(active.name || active.email, longestName)}` : '';
  if (account.phase === 'connected') return `${statusLine(snapshot, now)}${whose}`;
  if (account.phase === 'connecting')
    return account.waitsFor === 'keychain' ? 'Tally: waiting for your keychain' : 'Tally: connecting';
  if (account.phase === 'failed') return `Tally: ${account.error.what}`;
  return signIn?.phase === 'waiting' ? 'Tally: waiting for you in the browser' : 'Tally: no account';
}

function statusLine({ presence, automation }: Snapshot, now: number): string {
  const { current, waiting, failed } = presence;
  const left =
    current.until !== undefined && current.until > now ? `, ${timeLeft(current.until - now)} left` : '';
  const acting = current.restoreTo && current.cause === 'rule' ? automation?.acting : undefined;
  const why = acting ? ` · ${reasonWords(acting, now)}` : `${left} (${causeWord[current.cause]})`;
  const status = `${statusWord(current.status)}${why}`;
  if (failed) return `${status}. Couldn’t set ${statusWord(failed.change.status)}`;
  if (!waiting) return status;
  const switching = `${status}. Switching to ${statusWord(waiting.change.status)}`;
  if (waiting.why === 'offline') return `${switching} when you’re online`;
  return waiting.dueAt <= now ? `${switching} next` : `${switching} in ${timeLeft(waiting.dueAt - now)}`;
}
