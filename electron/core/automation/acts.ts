import type { Action } from '../../../shared/actions.ts';
import type { AutomationSettings, Occurrence } from '../../../shared/automation.ts';
import type { PresenceAction, PresenceView } from '../../../shared/presence.ts';
import { isRules } from './observe.ts';
import { type AutomationState, endsAfter, entryOf, type Hold, told, without } from './state.ts';

/** What a person does about the status, with the status as it is before, at `now` (epoch ms). */
export interface Act {
  readonly action: PresenceAction;
  readonly presence: PresenceView;
  readonly hold: AutomationSettings['hold'];
  readonly now: number;
}

/** Takes note of what the person wants: a choice without a time counts from now on, one with a time as long as its timer runs. */
export function chosen(state: AutomationState, { action, presence, hold, now }: Act): AutomationState {
  const holding = () => choice(state, endsAfter(hold, now));
  const { waiting, failed } = presence;
  switch (action.type) {
    case 'presence.set':
      return isTimed(action) ? choice(state, state.hold) : holding();
    case 'presence.keep':
      return holding();
    case 'presence.undo':
      return takenBack(state);
    case 'presence.cancel':
      if (!waiting || !isMeant(action, waiting.change)) return state;
      if (waiting.change.cause === 'you') return takenBack(state);
      return state.acting && isRules(waiting.change) ? skipped(state, state.acting, now) : holding();
    case 'presence.dismiss':
      return failed && isMeant(action, failed.change) ? takenBack(state) : state;
    default:
      return state;
  }
}

/** Leaves an occurrence alone, this time. */
export function skipped(state: AutomationState, acting: Occurrence, now: number): AutomationState {
  const passed = { ...state.passed, [acting.rule]: acting.since };
  return told({ ...without(state, 'acting'), passed }, entryOf('skipped', acting, now));
}

/** Back to automatic: nothing that was chosen before `now` counts any more. */
export function released(state: AutomationState, now: number): AutomationState {
  return { ...without(state, 'hold', 'before', 'paused', 'retryAt'), released: now, passed: {} };
}

function choice(state: AutomationState, hold: Hold | undefined): AutomationState {
  const { hold: before } = state;
  return { ...without(state, 'hold', 'before'), ...(hold && { hold }), ...(before && { before }) };
}

function takenBack(state: AutomationState): AutomationState {
  const { before } = state;
  return { ...without(state, 'hold', 'before'), ...(before && { hold: before }) };
}

function isTimed({ status, minutes, until }: Extract<Action, { type: 'presence.set' }>): boolean {
  return minutes !== undefined || until !== undefined || status === 'Do_Not_Disturb';
}

/** Another one may be there than the one that was drawn when it was clicked. */
function isMeant(
  { status }: { readonly status?: string | undefined },
  change: { readonly status: string },
): boolean {
  return status === undefined || status === change.status;
}
