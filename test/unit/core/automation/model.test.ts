import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calmFacts } from '../../../../electron/core/automation/calm.ts';
import { ruleNames } from '../../../../shared/automation/rules.ts';
import { type Facts, holdLengths, pauseLengths } from '../../../../shared/automation.ts';
import { type SettableStatus, type Status, settableStatuses } from '../../../../shared/zoom/presence.ts';
import { begin, drain, hour, pass, type Step, step } from '../../../support/automation-world.ts';
import { minute, start } from '../../../support/presence-script.ts';

const plain = ['Available', 'Away', 'Busy', 'Out_of_Office'] as const satisfies readonly SettableStatus[];

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
