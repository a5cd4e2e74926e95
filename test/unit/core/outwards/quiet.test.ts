import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createQuiet } from '../../../../electron/core/outwards/quiet.ts';
import type { DesktopQuiet } from '../../../../electron/core/ports.ts';
import type { Status } from '../../../../shared/zoom/presence.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { connected, snapshot } from '../../../support/snapshot.ts';

type Kind = 'kept' | 'lent';

/** A desktop with its person, and Tally that is started, killed and started again. */
function createWorld(kind: Kind) {
  const clock = createFakeClock();
  /** What the person has chosen last; what the desktop keeps; what it has lent. */
  let persons = false;
  let kept = false;
  let lent = false;
  let isLost = false;
  let json: unknown;
  let status: Status = 'Unknown';
  let tell: ((quiet: boolean | undefined) => void) | undefined;
  let waiting: { readonly quiet: boolean; end(taken: boolean): void } | undefined;
  let own: boolean | undefined;
  const asked: boolean[] = [];
  let overlaps = 0;

  const shown = () => (kind === 'kept' ? kept : persons || lent);
  const seen = () => (isLost ? undefined : shown());
  const apply = (quiet: boolean) => {
    if (kind === 'kept') kept = quiet;
    else lent = quiet;
  };
  const desktop: DesktopQuiet = {
    kind,
    watch(listener) {
      tell = listener;
      listener(seen());
      return {
        set(quiet) {
          // Of a Tally that was killed nothing comes any more.
          if (tell !== listener) return new Promise(() => {});
          asked.push(quiet);
          if (waiting) overlaps += 1;
          return new Promise((resolve) => {
            const end = (taken: boolean) => {
              waiting = undefined;
              resolve({ taken, seen: seen() });
            };
            waiting = { quiet, end };
          });
        },
        stop() {
          if (tell === listener) tell = undefined;
          if (kind === 'lent') lent = false;
        },
      };
    },
  };
  const start = () => {
    const made = createQuiet({
      clock,
      quiet: desktop,
      files: {
        kept: () => json,
        keep: (_name, _key, next) => {
          if (running === undefined || running === made) json = JSON.parse(JSON.stringify(next));
        },
      },
      changed() {},
    });
    return made;
  };
  let running: ReturnType<typeof createQuiet> | undefined;
  running = start();
  const look = () => running?.look(snapshot({ current: { status, since: 0, cause: 'you' } }, connected));
  let unwatch = running.watch((quiet) => {
    own = quiet;
  });

  function restart(): void {
    own = undefined;
    running = undefined;
    running = start();
    unwatch = running.watch((quiet) => {
      own = quiet;
    });
    look();
  }

  return {
    shown,
    asked,
    persons: () => persons,
    overlaps: () => overlaps,
    own: () => own,
    phase: () => (json as { phase?: string } | undefined)?.phase ?? 'idle',
    isBusy: () => waiting !== undefined,
    isLost: () => isLost,
    view: () => running?.view(),
    status(next: Status) {
      status = next;
      look();
    },
    /** The person switches their desktop over, as they see it. */
    toggle() {
      const next = !shown();
      persons = next;
      kept = next;
      // KDE's own switch takes back what apps were lent, too.
      if (!next) lent = false;
      tell?.(seen());
    },
    want: (on: boolean) => running?.set(on),
    /** What the desktop was asked for is done, or is not; the answer may be bad all the same. */
    take(done: boolean, taken: boolean) {
      if (!waiting) return;
      const { quiet, end } = waiting;
      const isDone = done && !isLost;
      if (isDone) apply(quiet);
      end(isDone && taken);
    },
    lose(lost: boolean) {
      if (lost === isLost) return;
      isLost = lost;
      if (lost) lent = false;
      tell?.(seen());
    },
    die(done: boolean) {
      if (done && waiting && !isLost) apply(waiting.quiet);
      waiting = undefined;
      tell = undefined;
      lent = false;
      restart();
    },
    async quit() {
      unwatch();
      const stopping = running?.stop();
      await settle();
      while (waiting) {
        apply(waiting.quiet);
        waiting.end(true);
        await settle();
      }
      await stopping;
    },
    restart,
    wait: () => clock.advance(30_000),
  };
}

type World = ReturnType<typeof createWorld>;

const statusStep = fc.record({
  do: fc.constant('status' as const),
  status: fc.constantFrom<Status>('Do_Not_Disturb', 'Do_Not_Disturb', 'Available', 'Away', 'Unknown'),
});
const simple = (name: 'toggle' | 'quit' | 'wait') => fc.constant({ do: name });
const boolean = <N extends 'want' | 'lose'>(name: N) =>
  fc.record({ do: fc.constant(name), on: fc.boolean() });
const anyStep = fc.oneof(
  { weight: 4, arbitrary: statusStep },
  { weight: 2, arbitrary: simple('toggle') },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('take' as const), done: fc.boolean(), taken: fc.boolean() }),
  },
  { weight: 5, arbitrary: fc.constant({ do: 'take' as const, done: true, taken: true }) },
  { weight: 1, arbitrary: boolean('want') },
  { weight: 1, arbitrary: boolean('lose') },
  { weight: 1, arbitrary: simple('quit') },
  { weight: 1, arbitrary: simple('wait') },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('die' as const), done: fc.boolean() }) },
);
type Step = typeof anyStep extends fc.Arbitrary<infer S> ? S : never;

async function play(world: World, step: Step): Promise<void> {
  switch (step.do) {
    case 'status':
      world.status(step.status);
      break;
    case 'toggle':
      world.toggle();
      break;
    case 'take':
      world.take(step.done, step.taken);
      break;
    case 'want':
      world.want(step.on);
      break;
    case 'lose':
      world.lose(step.on);
      break;
    case 'die':
      world.die(step.done);
      break;
    case 'wait':
      await world.wait();
      break;
    case 'quit':
      await world.quit();
      world.restart();
      break;
  }
  await settle();
}

/** The desktop does whatever it is asked for, until nothing is asked any more. */
async function drain(world: World): Promise<void> {
  for (let turn = 0; turn < 3; turn += 1) {
    world.take(true, true);
    await settle();
  }
  expect(world.isBusy()).toBe(false);
}

interface Known {
  /** Two changes that nobody could see apart, or one that nobody saw, may be taken for Tally's own. */
  isBlurred: boolean;
  /** The person has switched it off while the status asks for it. */
  mayNotAsk: boolean;
}

/** Plays a step, and sees that nothing is asked for against the person, and nothing is told of but theirs. */
async function watchOver(world: World, step: Step, known: Known): Promise<void> {
  const isUnseen = world.isBusy() || world.isLost();
  const isOther = step.do === 'status' && !['Unknown', 'Do_Not_Disturb'].includes(step.status);
  if (step.do === 'want' || isOther) known.mayNotAsk = false;
  const { length } = world.asked;
  await play(world, step);
  if (known.mayNotAsk) expect(world.asked.slice(length)).not.toContain(true);
  if (step.do === 'toggle' || step.do === 'die') known.isBlurred ||= isUnseen;
  if (step.do === 'toggle' && !isUnseen) known.mayNotAsk = world.phase() === 'left' && !world.shown();
  if (world.own()) expect(world.persons()).toBe(true);
}

describe.each<Kind>(['kept', 'lent'])('a desktop’s do not disturb that is %s', (kind) => {
  it('follows the status, whatever happens, and the person comes first', () =>
    fc.assert(
      fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), async (steps) => {
        const world = createWorld(kind);
        world.want(true);
        await settle();
        const known = { isBlurred: false, mayNotAsk: false };
        for (const step of steps) await watchOver(world, step, known);
        world.lose(false);
        world.status('Available');
        await settle();
        await drain(world);
        await world.wait();
        await drain(world);
        expect(world.phase()).toBe('idle');
        if (!known.isBlurred) expect(world.shown()).toBe(world.persons());
        expect(world.own()).toBe(world.shown());
        // As ever after that: on with the status, and not again once the person has switched it off.
        world.want(true);
        if (world.shown()) world.toggle();
        world.status('Do_Not_Disturb');
        await drain(world);
        expect([world.shown(), world.own()]).toEqual([true, false]);
        world.toggle();
        world.status('Unknown');
        world.status('Do_Not_Disturb');
        await drain(world);
        expect(world.shown()).toBe(false);
        expect(world.overlaps()).toBe(0);
      }),
    ));

  it('is left alone where the person has switched it on before, and after', async () => {
    const world = createWorld(kind);
    world.want(true);
    world.toggle();
    world.status('Do_Not_Disturb');
    await drain(world);
    world.status('Available');
    await drain(world);
    expect([world.shown(), world.own(), world.asked]).toEqual([true, true, []]);
  });

  it('is put back by the next start after a crash, or kept while the status lasts', async () => {
    const world = createWorld(kind);
    world.want(true);
    world.status('Do_Not_Disturb');
    await drain(world);
    world.die(false);
    await drain(world);
    expect([world.shown(), world.own()]).toEqual([true, false]);
    world.status('Unknown');
    world.die(false);
    world.status('Away');
    await drain(world);
    expect([world.shown(), world.own()]).toEqual([false, false]);
  });

  it('is put back when Tally quits, and asked for again when it is back', async () => {
    const world = createWorld(kind);
    world.want(true);
    world.status('Do_Not_Disturb');
    await drain(world);
    await world.quit();
    expect(world.shown()).toBe(false);
    world.restart();
    await drain(world);
    expect(world.shown()).toBe(true);
  });

  it('says that the desktop did not take it, and asks no more', async () => {
    const world = createWorld(kind);
    world.want(true);
    world.status('Do_Not_Disturb');
    world.take(false, false);
    await settle();
    expect(world.view()).toEqual({ on: true, problem: 'refused' });
    await world.wait();
    expect(world.asked).toEqual([true]);
  });

  it('is given back after half a minute where the desktop did not take it back at once', async () => {
    const world = createWorld(kind);
    world.want(true);
    world.status('Do_Not_Disturb');
    await drain(world);
    world.status('Available');
    world.take(false, false);
    await settle();
    expect(world.own()).toBe(false);
    await world.wait();
    await drain(world);
    expect([world.shown(), world.view()]).toEqual([false, { on: true }]);
  });

  it('is off until somebody switches it on, and given back when they switch it off', async () => {
    const world = createWorld(kind);
    world.status('Do_Not_Disturb');
    await drain(world);
    expect(world.asked).toEqual([]);
    world.want(true);
    await drain(world);
    expect(world.shown()).toBe(true);
    world.want(false);
    await drain(world);
    expect([world.shown(), world.phase()]).toEqual([false, 'idle']);
  });
});
