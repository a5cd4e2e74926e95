import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chosen, released, skipped } from '../../../../electron/core/automation/acts.ts';
import { calm, calmFacts } from '../../../../electron/core/automation/calm.ts';
import { type Decision, decide, nextDecision } from '../../../../electron/core/automation/decide.ts';
import { observe } from '../../../../electron/core/automation/observe.ts';
import {
  type AutomationState,
  endsAfter,
  initialAutomation,
  type Sight,
} from '../../../../electron/core/automation/state.ts';
import { readAutomation, storeAutomation } from '../../../../electron/core/automation/stored.ts';
import {
  nextDeadline,
  type PresenceEvent,
  type PresenceState,
  reducePresence,
  viewPresence,
} from '../../../../electron/core/presence/reducer.ts';
import { readPresence, storePresence } from '../../../../electron/core/presence/stored.ts';
import { ruleNames } from '../../../../shared/automation/rules.ts';
import {
  type AutomationSettings,
  type Facts,
  holdLengths,
  pauseLengths,
} from '../../../../shared/automation.ts';
import type { PresenceAction } from '../../../../shared/presence.ts';
import { type SettableStatus, type Status, settableStatuses } from '../../../../shared/zoom/presence.ts';
import { change, minute, refusal, start } from '../../../support/presence-script.ts';

const hour = 60 * minute;
const plain = ['Available', 'Away', 'Busy', 'Out_of_Office'] as const satisfies readonly SettableStatus[];

type Step =
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

const someFacts = fc
  .tuple(...ruleNames.map(() => fc.option(fc.integer({ min: 0, max: 5 }), { nil: undefined })))
  .map(
    (ages): Facts =>
      Object.fromEntries(
        ruleNames.flatMap((name, at) => {
          const age = ages[at];
          return age === undefined ? [] : [[name, { since: start - age * minute }]];
        }),
      ),
  );
const facts = someFacts.map((one): Step => ({ do: 'facts', facts: one }));
const choose = fc
  .tuple(fc.constantFrom(...settableStatuses), fc.option(fc.integer({ min: 1, max: 90 }), { nil: undefined }))
  .map(([status, minutes]): Step => ({ do: 'choose', status, ...(minutes !== undefined && { minutes }) }));
const act = fc
  .constantFrom('presence.undo' as const, 'presence.keep', 'presence.cancel', 'presence.dismiss')
  .map((type): Step => ({ do: 'act', type }));
const single = fc
  .constantFrom('take' as const, 'take', 'take', 'restart', 'release', 'skip', 'resume')
  .map((one): Step => ({ do: one }));
const paused = fc.constantFrom(...pauseLengths).map((until): Step => ({ do: 'pause', until }));
const refuse = fc
  .constantFrom('minute-limit' as const, 'network', 'timeout', 'not-in-zoom-client')
  .map((kind): Step => ({ do: 'refuse', kind }));
const tell = fc
  .constantFrom<Status>(...settableStatuses, 'Offline', 'Unknown')
  .map((status): Step => ({ do: 'tell', status }));
const kill = fc.boolean().map((isTaken): Step => ({ do: 'kill', isTaken }));
const wait = fc
  .oneof(fc.integer({ min: 0, max: 2 * minute }), fc.integer({ min: 0, max: 30 * hour }))
  .map((ms): Step => ({ do: 'wait', ms }));
const jump = fc.integer({ min: -48 * hour, max: 48 * hour }).map((ms): Step => ({ do: 'jump', ms }));

const forward = [facts, facts, facts, choose, act, single, single, kill, paused, refuse, tell, wait, wait];
const anything = fc.array(fc.oneof(...forward, jump), { maxLength: 40 });
const clockwise = fc.array(fc.oneof(...forward), { maxLength: 40 });
const runs = { numRuns: 1000 } as const;

/** Rules that are all on, with a status of its own for each. */
const settingsOf = (
  hold: (typeof holdLengths)[number],
  status: 'Away' | 'Out_of_Office' = 'Out_of_Office',
): AutomationSettings => {
  const { settings } = readAutomation(undefined);
  const on = ruleNames.map((name) => [name, { ...settings[name], on: true }]);
  return { ...settings, ...Object.fromEntries(on), hold, hours: { ...settings.hours, on: true, status } };
};

/** Presence and automation as they run together, with what the world sees of them. */
interface World {
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

function begin(hold: (typeof holdLengths)[number] = 'changed', status: SettableStatus = 'Available'): World {
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

function pass(world: World, end: number): void {
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

function step(world: World, one: Step): void {
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
  if (isTaken && sending) world.taken.push(world.now);
  restart(world);
  if (sending) world.wanted = undefined;
  const status = isTaken && sending ? sending.status : current.status;
  apply(world, { type: 'told', status, askedAt: world.now });
}

/** Zoom takes whatever is sent, until nothing waits. */
function drain(world: World): void {
  for (let turn = 0; turn < 4; turn += 1) {
    step(world, { do: 'take' });
    pass(world, world.now + 61_000);
  }
  expect(world.presence.sending ?? world.presence.waiting).toBeUndefined();
}

describe('whatever happens', () => {
  it('a choice of the person’s is never overruled, and nothing is wished for without a reason', () => {
    fc.assert(
      fc.property(anything, fc.constantFrom(...holdLengths), (steps, hold) => {
        const world = begin(hold);
        for (const one of steps) step(world, one);
      }),
      runs,
    );
  });

  it('with a clock that runs on, Zoom is asked only after a minute since it took a change', () => {
    fc.assert(
      fc.property(clockwise, fc.constantFrom(...holdLengths), (steps, hold) => {
        const world = begin(hold);
        for (const one of steps) step(world, one);
        for (const put of world.puts) {
          const last = world.taken.filter((at) => at < put).at(-1);
          if (last !== undefined) expect(put - last).toBeGreaterThanOrEqual(minute);
        }
      }),
      runs,
    );
  });

  it('the former status comes back when nothing counts any more, after restarts, sleeps and refusals, too', () => {
    const own = fc.array(
      fc.oneof(
        facts,
        facts,
        wait,
        paused,
        refuse,
        kill,
        single.filter(({ do: what }) => what !== 'release'),
      ),
      {
        maxLength: 30,
      },
    );
    fc.assert(
      fc.property(own, fc.constantFrom(...plain), (steps, status) => {
        const world = begin('changed', status);
        for (const one of steps) step(world, one);
        step(world, { do: 'facts', facts: {} });
        // Longer than anything that was refused waits.
        pass(world, world.now + 2 * hour);
        drain(world);
        pass(world, world.now + 2 * hour);
        drain(world);
        expect(world.presence.current.status).toBe(status);
      }),
      runs,
    );
  });

  it('what a rule wants is what Zoom has in the end, and it is sent once', () => {
    fc.assert(
      fc.property(
        someFacts,
        fc.constantFrom(...plain),
        fc.array(wait, { maxLength: 5 }),
        (now, status, waits) => {
          const world = begin('changed', status);
          step(world, { do: 'facts', facts: now });
          drain(world);
          const sent = world.puts.length;
          for (const one of waits) step(world, one);
          drain(world);
          expect(world.puts.length).toBe(sent);
          const [first] = ruleNames.filter((name) => now[name]);
          expect(world.presence.current.status).toBe(first ? world.settings[first].status : status);
        },
      ),
      runs,
    );
  });

  it('what flickers is followed once, as long as it is never gone for longer than its rule allows', () => {
    const gaps = fc.array(fc.tuple(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 1, max: 119 })), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(gaps, fc.boolean(), (seconds, isSkipped) => {
        const world = begin();
        step(world, { do: 'facts', facts: { idle: { since: world.now } } });
        drain(world);
        if (isSkipped) step(world, { do: 'skip' });
        drain(world);
        const sent = world.puts.length;
        for (const [seen, gone] of seconds) {
          step(world, { do: 'facts', facts: { idle: { since: world.now } } });
          step(world, { do: 'wait', ms: seen * 1_000 });
          step(world, { do: 'facts', facts: {} });
          step(world, { do: 'wait', ms: gone * 1_000 });
        }
        expect(world.puts.length).toBe(sent);
        expect(world.presence.current.status).toBe(isSkipped ? 'Available' : 'Away');
        step(world, { do: 'facts', facts: {} });
        step(world, { do: 'wait', ms: world.settings.idle.calm * 1_000 });
        drain(world);
        expect(world.presence.current.status).toBe('Available');
        expect(calmFacts(world.automation)).toEqual({});
      }),
      { numRuns: 300 },
    );
  });

  it('what is gone counts no longer than it should, wherever the clock goes', () => {
    fc.assert(
      fc.property(anything, (steps) => {
        const world = begin();
        for (const one of steps) step(world, one);
        step(world, { do: 'facts', facts: {} });
        pass(world, world.now + world.settings.idle.calm * 1_000);
        expect(calmFacts(world.automation)).toEqual({});
      }),
      { numRuns: 300 },
    );
  });
});
