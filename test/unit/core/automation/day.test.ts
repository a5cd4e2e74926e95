import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calmFacts } from '../../../../electron/core/automation/calm.ts';
import { dayOf, type Plans } from '../../../../electron/core/automation/day.ts';
import { createHoursSource } from '../../../../electron/core/automation/sources/hours.ts';
import { viewPresence } from '../../../../electron/core/presence/reducer.ts';
import { dayBounds } from '../../../../shared/automation/day.ts';
import type { Fact } from '../../../../shared/automation/rule.ts';
import { ruleNames } from '../../../../shared/automation/rules.ts';
import type { Facts } from '../../../../shared/automation.ts';
import { usualWeek, workMoment } from '../../../../shared/working-hours.ts';
import { begin, hour, pass, type Step, step, type World } from '../../../support/automation-world.ts';
import { minute, start } from '../../../support/presence-script.ts';

const ten = 10 * minute;
/** On a grid that leaves Zoom its minute, and what has gone the time to be gone for good. */
const grid = Math.ceil(start / ten) * ten;

const fact = fc
  .tuple(fc.integer({ min: -12, max: 90 }), fc.integer({ min: 1, max: 24 }))
  .map(([from, length]): Fact => ({ since: grid + from * ten, until: grid + (from + length) * ten }));
/** Facts that lie apart, as those of one rule do. */
const apart = fc
  .array(fact, { maxLength: 5 })
  .map((facts) =>
    facts
      .toSorted((a, b) => a.since - b.since)
      .filter(({ since }, at, all) => at === 0 || since > (all[at - 1]?.until ?? 0) + ten),
  );
const plans = fc
  .tuple(...ruleNames.map(() => apart))
  .map((all): Plans => Object.fromEntries(ruleNames.map((name, at) => [name, all[at] ?? []])));

const seenAt = (all: Plans, now: number): Facts =>
  Object.fromEntries(
    ruleNames.flatMap((name) => {
      const found = all[name]?.find(({ since, until = 0 }) => since <= now && now < until);
      return found ? [[name, found]] : [];
    }),
  );

const before = fc.array(
  fc.oneof(
    fc.constantFrom<Step[]>(
      { do: 'skip' },
      { do: 'pause', until: 'hour' },
      { do: 'pause', until: 'resumed' },
    ),
    fc.constantFrom<Step[]>(
      { do: 'choose', status: 'Busy' },
      { do: 'choose', status: 'Presenting', minutes: 50 },
    ),
  ),
  { maxLength: 2 },
);

/** What is over is over at once: the strip tells of what was seen last as if it were there. */
function beginDay(hold: Parameters<typeof begin>[0]): World {
  const world = begin(hold);
  const calm = ruleNames.map((name) => [name, { ...world.settings[name], calm: 0 }]);
  return { ...world, settings: { ...world.settings, ...Object.fromEntries(calm) } };
}

const stripOf = (world: World, all: Plans) => {
  const { automation: state, presence, settings, now } = world;
  return dayOf({ plans: all, settings, state, presence: viewPresence(presence), now });
};

/** Moves on to an instant as the app does: what is seen then is looked at, and Zoom takes what comes of it. */
function goTo(world: World, all: Plans, at: number): void {
  pass(world, at);
  step(world, { do: 'facts', facts: seenAt(all, world.now) });
  settle(world);
}

/** Zoom takes whatever is sent, until nothing is on its way. */
function settle(world: World): void {
  for (let turn = 0; turn < 6 && (world.presence.sending || world.presence.waiting); turn += 1) {
    step(world, { do: 'take' });
    pass(world, world.now + 61_000);
  }
}

/** Six hours, and what a rule had set each time. */
function liveOn(all: Plans) {
  const world = beginDay('changed');
  const done: { readonly at: number; readonly status: string }[] = [];
  for (let at = grid; at < grid + 6 * hour; at += ten) {
    goTo(world, all, at);
    const { status, cause, restoreTo } = world.presence.current;
    if (cause === 'rule' && restoreTo) done.push({ at: world.now, status });
  }
  return { world, done };
}

const partAt = (strip: ReturnType<typeof stripOf>, at: number) =>
  strip.find(({ from, until = Number.POSITIVE_INFINITY }) => from <= at && at < until);

describe('the day', () => {
  it('says what the rules do with what is known, whatever came before', () => {
    fc.assert(
      fc.property(plans, before, fc.constantFrom('hour' as const, 'today', 'changed'), (all, steps, hold) => {
        const world = beginDay(hold);
        goTo(world, all, grid);
        for (const one of steps) {
          step(world, one);
          settle(world);
        }
        const strip = stripOf(world, all);
        const { to } = dayBounds(world.now);
        const edges = [...Object.values(all).flat()].flatMap(({ since, until = 0 }) => [since, until]);
        const { hold: held, paused } = world.automation;
        const ends = [held?.until ?? 0, paused?.until ?? 0, world.presence.current.until ?? 0];
        const instants = [...new Set([...edges, ...ends])].filter((at) => at > world.now && at < to - hour);
        for (const at of instants.toSorted((a, b) => a - b)) {
          goTo(world, all, at);
          const part = partAt(strip, world.now);
          const { current } = world.presence;
          const said = JSON.stringify({ strip, at, current, facts: calmFacts(world.automation) });
          if (part) expect(current.status, said).toBe(part.status);
          else expect(current.cause === 'rule' && current.restoreTo !== undefined, said).toBe(false);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('tells of the past what was done', () => {
    fc.assert(
      fc.property(plans, (all) => {
        const { world, done } = liveOn(all);
        const strip = stripOf(world, all);
        for (const { at, status } of done) expect(partAt(strip, at)?.status).toBe(status);
      }),
      { numRuns: 200 },
    );
  });

  it('is in order, and of today', () => {
    fc.assert(
      fc.property(plans, (all) => {
        const { world } = liveOn(all);
        const { from, to } = dayBounds(world.now);
        const edges = stripOf(world, all).flatMap((part) => [part.from, part.until ?? part.from]);
        expect([from, ...edges, to]).toEqual([from, ...edges, to].toSorted((a, b) => a - b));
      }),
      { numRuns: 200 },
    );
  });

  it('does not change by time alone', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 1, max: 9 }), (all, minutes) => {
        const world = beginDay('changed');
        goTo(world, all, grid);
        const strip = stripOf(world, all);
        expect(
          stripOf({ ...world, now: Math.min(world.now + minutes * minute, grid + ten - 1) }, all),
        ).toEqual(strip);
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is known of working hours', () => {
  it('is what they will be at each moment', () => {
    const source = createHoursSource();
    source.watch({ on: true, status: 'Away', week: usualWeek });
    const facts = source.plan?.(start, start + 8 * 24 * hour) ?? [];
    for (let at = start; at < start + 8 * 24 * hour; at += 7 * minute) {
      const found = facts.find(({ since, until = 0 }) => since <= at && at < until);
      expect(found !== undefined).toBe(workMoment(usualWeek, at)?.working === false);
    }
    source.watch(undefined);
    expect(source.plan?.(start, start + hour)).toEqual([]);
  });
});
