import type { Snapshot } from '../../../shared/state.ts';
import { reasonWords } from '../../../shared/words/automation.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { tray } from '../../../shared/words/en/tray.ts';
import { spoken } from '../../../shared/words/language.ts';
import { shorten } from '../../../shared/words/shorten.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';

const t = tray.tooltip;
const minute = 60_000;

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
  if (account.phase === 'connecting') return account.waitsFor === 'keychain' ? t.keychain : t.connecting;
  if (account.phase === 'failed') return t.failed(spoken(account.error.what));
  return signIn?.phase === 'waiting' ? t.browser : t.noAccount;
}

function statusLine({ presence, automation }: Snapshot, now: number): string {
  const { current, waiting, failed } = presence;
  const word = statusWord(current.status);
  const isTimed = current.until !== undefined && current.until > now;
  const whole = isTimed ? t.left(word, timeLeft(current.until - now)) : word;
  const acting = current.restoreTo && current.cause === 'rule' ? automation?.acting : undefined;
  const status = acting ? `${word} · ${reasonWords(acting, now)}` : t.cause(whole, t[current.cause]);
  if (failed) return `${status}. ${t.notSet(statusWord(failed.change.status))}`;
  return waiting ? `${status}. ${switchingWords(waiting, now)}` : status;
}

function switchingWords(
  { change, dueAt, why }: NonNullable<Snapshot['presence']['waiting']>,
  now: number,
): string {
  const word = statusWord(change.status);
  if (why === 'offline') return t.switchingOnline(word);
  return dueAt <= now ? t.switchingNext(word) : t.switchingIn(word, timeLeft(dueAt - now));
}
