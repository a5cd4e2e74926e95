import type { Cause, PresenceChange, PresenceView } from '../../shared/presence.ts';
import type { Snapshot } from '../../shared/state.ts';
import { reasonWords } from '../../shared/words/automation.ts';
import { durationWords } from '../../shared/words/durations.ts';
import { isSettable, type SettableStatus, statusWord } from '../../shared/zoom/presence.ts';

const causes: Readonly<Record<Cause, string>> = {
  you: 'set by you',
  restored: 'restored when the timer ended',
  zoom: 'from Zoom',
  rule: 'restored by Automation',
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
  return change.lastsMs === undefined ? word : `${word} for ${durationWords(change.lastsMs, 'long')}`;
}

/** The status the person last asked for: the one on its way, else the confirmed one when it can be chosen. */
export function chosenStatus(view: PresenceView): SettableStatus | undefined {
  const chosen = view.waiting?.change.status ?? view.sending?.status ?? view.current.status;
  return isSettable(chosen) ? chosen : undefined;
}

/** What a screen reader is told when the presence changes; it holds nothing that counts. */
export function announcement(view: PresenceView): string {
  if (view.failed) return `Couldn’t set ${changeWords(view.failed.change)}. ${view.failed.error.what}`;
  if (view.waiting && view.waiting.why !== 'offline')
    return `Switching to ${changeWords(view.waiting.change)} soon: Zoom allows one change per minute.`;
  if (view.waiting) return `Switching to ${changeWords(view.waiting.change)} when you’re online.`;
  if (view.sending) return `Sending ${changeWords(view.sending)}.`;
  return `Your status is ${statusWord(view.current.status)}.`;
}

const ownScopes = (scopes: readonly string[]) => scopes.filter((scope) => !scope.endsWith(':admin'));

/** Whether a user-managed app, as Tally's is, can have none of the scopes that would be enough. */
export function isForAdministrators(scopes: readonly string[]): boolean {
  return ownScopes(scopes).length === 0;
}

/** The permission that was missing, of which any one would do, and what to do about it. */
export function permissionWords(scopes: readonly string[]): string {
  return isForAdministrators(scopes)
    ? 'Only an app that an administrator manages can have the permission for this.'
    : `Permission needed: ${ownScopes(scopes).join(' or ')}. Add it to your Zoom app, under Scopes. Then sign in again.`;
}
