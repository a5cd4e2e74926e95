import { expect } from 'vitest';
import { chosen, released, skipped } from '../../electron/core/automation/acts.ts';
import { calm, calmFacts } from '../../electron/core/automation/calm.ts';
import { type Decision, decide, nextDecision } from '../../electron/core/automation/decide.ts';
import { observe } from '../../electron/core/automation/observe.ts';
import {
  type AutomationState,
  endsAfter,
  initialAutomation,
  type Sight,
} from '../../electron/core/automation/state.ts';
import { readAutomation, storeAutomation } from '../../electron/core/automation/stored.ts';
import {
  nextDeadline,
  type PresenceEvent,
  type PresenceState,
  reducePresence,
  viewPresence,
} from '../../electron/core/presence/reducer.ts';
import { readPresence, storePresence } from '../../electron/core/presence/stored.ts';
import { ruleNames } from '../../shared/automation/rules.ts';
import type { AutomationSettings, Facts, holdLengths, pauseLengths } from '../../shared/automation.ts';
import type { PresenceAction } from '../../shared/presence.ts';
import type { SettableStatus, Status } from '../../shared/zoom/presence.ts';
import { change, minute, refusal, start } from './presence-script.ts';

/** Presence and automation as they run together, purely, with the world around them. */

export const hour = 60 * minute;

export type Step =
  | { readonly do: 'facts'; readonly facts: Facts }
  | { readonly do: 'choose'; readonly status: SettableStatus; readonly minutes?: number }
  | {
      readonly do: 'act';
      readonly type: 'presence.undo' | 'presence.keep' | 'presence.cancel' | 'presence.dismiss';
    }
  | { readonly do: 'take' | 'restart' | 'release' | 'skip' | 'resume' }
  | { readonly do: 'kill'; readonly isTaken: boolean }
  | { readonly do: 'pause'; readonly until: (typeof pauseLengths)[number] }
  | { readonly do: 'refuse'; readonly kind: Parameters<typeof refusal>[0] }
  | { readonly do: 'tell'; readonly status: Status }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'jump'; readonly ms: number };

/** Rules that are all on, with a status of its own for each. */
const settingsOf = (
  hold: (typeof holdLengths)[number],
  status: 'Away' | 'Out_of_Office' = 'Out_of_Office',
): AutomationSettings => {
  const { settings } = readAutomation(undefined);
  const on = ruleNames.map((name) => [name, { ...settings[name], on: true }]);
  return {
    ...settings,
    ...Object.fromEntries(on),
    hold,
    // A do not disturb ends by itself, which tests of its own are about.
    quiet: { on: true, status: 'Busy' },
    hours: { ...settings.hours, on: true, status },
  };
};

/** Presence and automation as they run together, with what the world sees of them. */
export interface World {
  presence: PresenceState;
  automation: AutomationState;
  /** What is seen at this moment. */
  facts: Facts;
  settings: AutomationSettings;
  now: number;
  /** What the person wants, as long as it counts; a timer's end is in the presence. */
  wanted: { readonly status: SettableStatus; readonly until: number } | undefined;
  readonly puts: number[];
  readonly taken: number[];
}

export function begin(
  hold: (typeof holdLengths)[number] = 'changed',
  status: SettableStatus = 'Available',
): World {
  const world: World = {
    presence: { current: { status, since: start - hour, cause: 'zoom' }, checkedAt: start },
    automation: initialAutomation,
    facts: {},
    settings: settingsOf(hold),
    now: start,
    wanted: undefined,
    puts: [],
    taken: [],
  };
  look(world);
  return world;
}

const sightOf = ({ presence, automation, settings, now }: World): Sight => ({
  presence: viewPresence(presence),
  facts: calmFacts(automation),
  settings,
  now,
});

function apply(world: World, event: PresenceEvent): void {
  const before = world.presence;
  world.presence = reducePresence(before, event, world.now);
  const { sending } = world.presence;
  if (sending && sending !== before.sending) world.puts.push(world.now);
}

/** As the feature does it: until nothing is left to be done. */
function look(world: World): void {
  for (let turn = 0; turn < 10; turn += 1) {
    const { facts: seen, settings, now } = world;
    world.automation = calm(world.automation, { seen, settings, now });
    const sight = sightOf(world);
    world.automation = observe(world.automation, sight);
    const decision = decide(world.automation, sight);
    expect(decide(world.automation, sight), 'the same sight gives the same decision').toEqual(decision);
    checkOrder(world, decision);
    world.automation = decision.state;
    if (!decision.order) return;
    apply(world, decision.order);
  }
  throw new Error('It never comes to rest.');
}

function checkOrder(world: World, { order, state }: Decision): void {
  if (order?.type !== 'choose') return;
  const { presence, wanted, now, settings } = world;
  const { current, sending, waiting } = presence;
  if (wanted && now < wanted.until) throw new Error(`A rule overrules the person’s ${wanted.status}.`);
  expect([sending?.cause, waiting?.change.cause], 'the person’s change is on its way').not.toContain('you');
  const isReleased = current.since <= (world.automation.released ?? 0);
  if (current.until !== undefined && current.cause !== 'rule' && !isReleased)
    throw new Error('A rule overrules a timer.');
  if (order.change.restoreTo === undefined) return;
  const { acting } = state;
  if (!acting) throw new Error('A wish without a reason.');
  expect(calmFacts(state)[acting.rule]).toBeDefined();
  expect(settings[acting.rule].on).toBe(true);
  expect(state.log[0]).toMatchObject({ what: 'set', rule: acting.rule, status: order.change.status });
}

export function pass(world: World, end: number): void {
  for (let guard = 0; guard < 200; guard += 1) {
    const never = Number.POSITIVE_INFINITY;
    const own = nextDecision(world.automation, sightOf(world)) ?? never;
    const due = Math.min(nextDeadline(world.presence) ?? never, own);
    if (due > end) {
      world.now = Math.max(world.now, end);
      return;
    }
    world.now = Math.max(world.now, due);
    apply(world, { type: 'tick' });
    look(world);
  }
  throw new Error('The deadlines never end.');
}

function actOf(one: Extract<Step, { do: 'choose' | 'act' }>): PresenceAction {
  if (one.do === 'act') return { type: one.type };
  const { status, minutes } = one;
  return { type: 'presence.set', status, ...(minutes !== undefined && { minutes }) };
}

function eventOf(one: Extract<Step, { do: 'choose' | 'act' }>): PresenceEvent {
  if (one.do === 'act') return { type: one.type.slice(9) as 'undo' };
  const minutes = one.minutes ?? (one.status === 'Do_Not_Disturb' ? 20 : undefined);
  return { type: 'choose', change: change(one.status, minutes) };
}

export function step(world: World, one: Step): void {
  const { settings, now } = world;
  switch (one.do) {
    case 'facts':
      world.facts = one.facts;
      break;
    case 'choose':
    case 'act': {
      const view = viewPresence(world.presence);
      apply(world, eventOf(one));
      const chosenAt = { action: actOf(one), presence: view, hold: settings.hold, now };
      world.automation = chosen(world.automation, chosenAt);
      remember(world, one);
      break;
    }
    case 'release':
      world.automation = released(world.automation, now);
      world.wanted = undefined;
      break;
    case 'skip':
      if (world.automation.acting) world.automation = skipped(world.automation, world.automation.acting, now);
      break;
    case 'pause':
      world.automation = { ...world.automation, paused: endsAfter(one.until, now) };
      break;
    case 'resume': {
      const { paused: _paused, ...others } = world.automation;
      world.automation = others;
      break;
    }
    case 'take':
      if (world.presence.sending) world.taken.push(now);
      apply(world, { type: 'sent' });
      break;
    case 'refuse':
      apply(world, { type: 'refused', error: refusal(one.kind) });
      break;
    case 'tell':
      apply(world, { type: 'told', status: one.status, askedAt: now });
      break;
    case 'restart':
      restart(world);
      break;
    case 'kill':
      die(world, one.isTaken);
      break;
    case 'wait':
      pass(world, now + one.ms);
      break;
    case 'jump':
      world.now += one.ms;
      // Nobody knows any more when it was chosen.
      if (world.wanted && world.wanted.until !== Number.POSITIVE_INFINITY) world.wanted = undefined;
      apply(world, { type: 'tick' });
      break;
  }
  look(world);
}

/** A choice without a time counts as long as was set; whatever else the person does about it ends what is known here. */
function remember(world: World, one: Extract<Step, { do: 'choose' | 'act' }>): void {
  if (one.do === 'act') world.wanted = undefined;
  else if (one.minutes === undefined && one.status !== 'Do_Not_Disturb') {
    const { until = Number.POSITIVE_INFINITY } = endsAfter(world.settings.hold, world.now);
    world.wanted = { status: one.status, until };
  }
}

function restart(world: World): void {
  const presence = JSON.parse(JSON.stringify(storePresence(world.presence, world.now)));
  const read = readPresence(presence, world.now);
  expect(read.ok, JSON.stringify(presence)).toBe(true);
  expect(read.state.current).toEqual(world.presence.current);
  world.presence = read.state;
  const { automation, settings } = world;
  const kept = readAutomation(JSON.parse(JSON.stringify(storeAutomation({ settings, state: automation }))));
  const { seen: _seen, calmed: _calmed, retryAt: _retryAt, ...known } = automation;
  expect(kept).toEqual({ settings, state: known });
  world.automation = kept.state;
}

/** Before an answer came, whether or not Zoom has taken what was sent; it tells what it has. */
function die(world: World, isTaken: boolean): void {
  const { sending, current } = world.presence;
  // That Zoom has taken it is not known to whoever starts again: what comes within its minute is refused by Zoom itself.
  restart(world);
  if (sending) world.wanted = undefined;
  const status = isTaken && sending ? sending.status : current.status;
  apply(world, { type: 'told', status, askedAt: world.now });
}

/** Zoom takes whatever is sent, until nothing waits. */
export function drain(world: World): void {
  for (let turn = 0; turn < 4; turn += 1) {
    step(world, { do: 'take' });
    pass(world, world.now + 61_000);
  }
  expect(world.presence.sending ?? world.presence.waiting).toBeUndefined();
}
