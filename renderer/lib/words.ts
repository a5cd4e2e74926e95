import type { Cause, PresenceChange, PresenceView } from '../../shared/presence.ts';
import type { Snapshot } from '../../shared/state.ts';
import { reasonWords } from '../../shared/words/automation.ts';
import { durationWords } from '../../shared/words/durations.ts';
import { common } from '../../shared/words/en/common.ts';
import { presence as t } from '../../shared/words/en/presence.ts';
import { spoken } from '../../shared/words/language.ts';
import { anyOf } from '../../shared/words/lists.ts';
import { isSettable, type SettableStatus, statusWord } from '../../shared/zoom/presence.ts';

const causes: Readonly<Record<Cause, string>> = {
  you: t.byYou,
  restored: t.byTimer,
  zoom: t.byZoom,
  rule: t.byRule,
};

/** Why the current status is what it is; `now` in epoch ms. */
export function whyWords({ presence, automation }: Pick<Snapshot, 'presence' | 'automation'>, now: number) {
  const { cause, restoreTo } = presence.current;
  const acting = cause === 'rule' && restoreTo ? automation?.acting : undefined;
  return acting ? reasonWords(acting, now) : causes[cause];
}

/** A change in words: "Away", "Away for 30 minutes". */
export function changeWords(change: PresenceChange): string {
  const word = statusWord(change.status);
  return change.lastsMs === undefined ? word : t.forLength(word, durationWords(change.lastsMs, 'long'));
}

/** The status the person last asked for: the one on its way, else the confirmed one when it can be chosen. */
export function chosenStatus(view: PresenceView): SettableStatus | undefined {
  const chosen = view.waiting?.change.status ?? view.sending?.status ?? view.current.status;
  return isSettable(chosen) ? chosen : undefined;
}

/** What a screen reader is told when the presence changes; it holds nothing that counts. */
export function announcement(view: PresenceView): string {
  if (view.failed) return `${t.notSet(changeWords(view.failed.change))}. ${spoken(view.failed.error.what)}`;
  if (view.waiting && view.waiting.why !== 'offline') return t.announceSoon(changeWords(view.waiting.change));
  if (view.waiting) return t.announceOnline(changeWords(view.waiting.change));
  if (view.sending) return t.announceSending(changeWords(view.sending));
  return t.announceStatus(statusWord(view.current.status));
}

const ownScopes = (scopes: readonly string[]) => scopes.filter((scope) => !scope.endsWith(':admin'));

/** Whether a user-managed app, as Tally's is, can have none of the scopes that would be enough. */
export function isForAdministrators(scopes: readonly string[]): boolean {
  return ownScopes(scopes).length === 0;
}

/** The permission that was missing, of which any one would do, and what to do about it. */
export function permissionWords(scopes: readonly string[]): string {
  return isForAdministrators(scopes)
    ? common.forAdministrators
    : common.permissionNeeded(anyOf(ownScopes(scopes)));
}
