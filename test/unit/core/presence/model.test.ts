import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  initialPresence,
  nextDeadline,
  type PresenceEvent,
  type PresenceState,
  reducePresence,
} from '../../../../electron/core/presence/reducer.ts';
import { readPresence, storePresence } from '../../../../electron/core/presence/stored.ts';
import type { PresenceChange } from '../../../../shared/presence.ts';
import { type Status, settableStatuses } from '../../../../shared/zoom/presence.ts';
import { change, minute, refusal, start } from '../../../support/presence-script.ts';

const hour = 60 * minute;
const every: readonly Status[] = [...settableStatuses, 'Offline', 'Unknown'];

/** One thing that happens in a run. `answer` stands for whatever Zoom says to what is on the wire, if anything is. */
type Step =
  /** `endsIn`: it ends so many ms from then, by the clock. */
  | { readonly do: 'choose'; readonly change: PresenceChange; readonly endsIn?: number }
  | { readonly do: 'undo' | 'keep' | 'cancel' | 'retry' | 'dismiss' | 'take' | 'tick' }
  | { readonly do: 'restart' }
  | { readonly do: 'refuse'; readonly kind: Parameters<typeof refusal>[0]; readonly retryIn?: number }
  | { readonly do: 'tell'; readonly status: Status; readonly remainingMs?: number; readonly age: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'jump'; readonly ms: number };

const choice = fc
  .tuple(
    fc.constantFrom(...settableStatuses),
    fc.option(fc.integer({ min: 1, max: 1440 }), { nil: undefined }),
  )
  .map(
    ([status, minutes]): Step => ({
      do: 'choose',
      change: change(status, status === 'Do_Not_Disturb' ? (minutes ?? 20) : minutes),
    }),
  );
const ending = fc
  .tuple(fc.constantFrom(...settableStatuses), fc.integer({ min: -minute, max: 6 * 24 * hour }))
  .map(
    ([status, ms]): Step => ({
      do: 'choose',
      change: change(status),
      endsIn: status === 'Do_Not_Disturb' ? Math.min(ms, 24 * hour) : ms,
    }),
  );
const refused = fc
  .tuple(
    fc.constantFrom('minute-limit' as const, 'rate-limit', 'network', 'timeout', 'not-in-zoom-client'),
    fc.option(fc.integer({ min: -5_000, max: 20 * minute }), { nil: undefined }),
  )
  .map(
    ([kind, retryIn]): Step => ({
      do: 'refuse',
      kind,
      ...(retryIn !== undefined && {
        retryIn: kind === 'minute-limit' ? Math.min(retryIn, minute) : retryIn,
      }),
    }),
  );
const tell = fc
  .tuple(
    fc.constantFrom(...every),
    fc.option(fc.integer({ min: -hour, max: 30 * hour }), { nil: undefined }),
    fc.integer({ min: 0, max: minute }),
  )
  .map(
    ([status, remainingMs, age]): Step => ({
      do: 'tell',
      status,
      age,
      ...(remainingMs !== undefined && { remainingMs }),
    }),
  );
const plain = fc
  .constantFrom(
    'undo' as const,
    'keep',
    'cancel',
    'retry',
    'dismiss',
    'take',
    'take',
    'take',
    'tick',
    'restart',
  )
  .map((one): Step => ({ do: one }));
const wait = fc
  .oneof(fc.integer({ min: 0, max: 2 * minute }), fc.integer({ min: 0, max: 30 * hour }))
  .map((ms): Step => ({ do: 'wait', ms }));
const jump = fc.integer({ min: -48 * hour, max: 48 * hour }).map((ms): Step => ({ do: 'jump', ms }));

const forward = fc.array(fc.oneof(choice, choice, ending, refused, tell, plain, plain, wait, wait), {
  maxLength: 40,
});
const anyway = fc.array(fc.oneof(choice, choice, ending, refused, tell, plain, plain, wait, jump), {
  maxLength: 40,
});
const runs = { numRuns: 1500 } as const;

/** What the world sees of a run: what was put to Zoom and when, and when Zoom took it. */
interface World {
  state: PresenceState;
  now: number;
  puts: { readonly change: PresenceChange; readonly at: number }[];
  taken: number[];
  /** The newest choice of the person that is neither taken nor cancelled. */
  wanted: PresenceChange | undefined;
}

function begin(): World {
  return { state: initialPresence(start), now: start, puts: [], taken: [], wanted: undefined };
}

function apply(world: World, event: PresenceEvent): void {
  const before = world.state;
  world.state = reducePresence(before, event, world.now);
  const { sending } = world.state;
  if (sending === before.sending) return;
  // What is on the wire changes only by an answer, or from nothing.
  if (before.sending) expect(['sent', 'refused']).toContain(event.type);
  if (sending) world.puts.push({ change: sending, at: world.now });
}

/** Ticks at every deadline until `end`, and once more at most at `end`. */
function pass(world: World, end: number): void {
  for (let guard = 0; guard < 50; guard += 1) {
    const due = nextDeadline(world.state);
    if (due === undefined || due > end) {
      world.now = Math.max(world.now, end);
      return;
    }
    world.now = Math.max(world.now, due);
    const before = world.state;
    apply(world, { type: 'tick' });
    expect(world.state, 'a tick at a deadline changes something').not.toBe(before);
  }
  throw new Error('The deadlines never end.');
}

function step(world: World, one: Step): void {
  if (one.do === 'wait') pass(world, world.now + one.ms);
  else if (one.do === 'restart') restart(world);
  else {
    remember(world, one);
    if (one.do === 'jump') world.now += one.ms;
    apply(world, eventOf(one, world.now));
  }
}

function chosen({ change: wanted, endsIn }: Extract<Step, { do: 'choose' }>, now: number): PresenceChange {
  return { ...wanted, ...(endsIn !== undefined && { until: Math.max(now + endsIn, 0) }) };
}

function eventOf(one: Exclude<Step, { do: 'wait' | 'restart' }>, now: number): PresenceEvent {
  switch (one.do) {
    case 'choose':
      return { type: 'choose', change: chosen(one, now) };
    case 'take':
      return { type: 'sent' };
    case 'refuse':
      return {
        type: 'refused',
        error: refusal(one.kind, one.retryIn === undefined ? undefined : now + one.retryIn),
      };
    case 'tell': {
      const left = one.remainingMs === undefined ? {} : { remainingMs: one.remainingMs };
      return { type: 'told', status: one.status, askedAt: now - one.age, ...left };
    }
    case 'jump':
      // The service looks at the clock every half a minute at least.
      return { type: 'tick' };
    default:
      return { type: one.do };
  }
}

/** Keeps in mind what the person wants, and when Zoom took something. */
function remember(world: World, one: Step): void {
  const { sending, waiting, failed } = world.state;
  // What was over before it was chosen is said at once, and wanted by nobody.
  const isOver = one.do === 'choose' && one.endsIn !== undefined && one.endsIn <= 0;
  if (one.do === 'choose') world.wanted = isOver ? undefined : chosen(one, world.now);
  // What it goes back to is for the tests of the reducer.
  if (one.do === 'undo') world.wanted = undefined;
  if (one.do === 'retry' && failed) world.wanted = failed.change;
  if (one.do === 'cancel' && waiting) world.wanted = undefined;
  if (one.do === 'dismiss' && same(failed?.change, world.wanted)) world.wanted = undefined;
  if (one.do === 'tell' && failed?.change.status === one.status) world.wanted = undefined;
  if (one.do === 'take' && sending) {
    world.taken.push(world.now);
    if (same(sending, world.wanted)) world.wanted = undefined;
  }
}

function restart(world: World): void {
  const { ok, state } = readPresence(
    JSON.parse(JSON.stringify(storePresence(world.state, world.now))),
    world.now,
  );
  expect(ok).toBe(true);
  // What was not on its way to Zoom ends with the program.
  const { sending, waiting } = world.state;
  if (![sending, waiting?.change].some((change) => same(change, world.wanted))) world.wanted = undefined;
  world.state = state;
}

/** Zoom takes whatever is sent, until nothing waits. */
function drain(world: World): void {
  for (let turn = 0; turn < 3; turn += 1) {
    step(world, { do: 'take' });
    pass(world, (world.state.waiting?.dueAt ?? world.now) + 1);
  }
}

const same = (a?: PresenceChange, b?: PresenceChange) =>
  a?.status === b?.status && a?.lastsMs === b?.lastsMs && a?.until === b?.until;

function check(world: World): void {
  const { state, now, wanted } = world;
  const stored = JSON.parse(JSON.stringify(storePresence(state, now)));
  const { ok, state: read } = readPresence(stored, now);
  expect(ok, JSON.stringify(stored)).toBe(true);
  expect(read.current).toEqual(state.current);
  expect(read.waiting?.change).toEqual(state.waiting?.change ?? state.sending);

  if (state.waiting) {
    expect(state.waiting.dueAt).toBeLessThanOrEqual(Math.max(now + minute, state.blocked?.until ?? 0));
    expect(state.waiting.dueAt).toBeLessThanOrEqual(now + 15 * minute);
  }
  if (state.current.until !== undefined) {
    const days = state.current.status === 'Do_Not_Disturb' ? 1 : 8;
    expect(state.current.until - state.current.since).toBeLessThanOrEqual(days * 24 * hour);
  }
  if (!wanted) return;
  const places = [state.sending, state.waiting?.change, state.failed?.change];
  if (places.some((place) => place?.status === wanted.status)) return;
  expect(state.current.status, 'a choice is neither sent, waiting nor failed').toBe(wanted.status);
  world.wanted = undefined;
}

describe('whatever happens', () => {
  it('with a clock that jumps by up to 48 hours, every choice has its place and everything is kept', () => {
    fc.assert(
      fc.property(anyway, (steps) => {
        const world = begin();
        for (const one of steps) {
          step(world, one);
          check(world);
        }
      }),
      runs,
    );
  });

  it('with a clock that runs on, Zoom is asked only after a minute since it took a change', () => {
    fc.assert(
      fc.property(forward, (steps) => {
        const world = begin();
        for (const one of steps) {
          step(world, one);
          check(world);
        }
        for (const put of world.puts) {
          const last = world.taken.filter((at) => at < put.at).at(-1);
          if (last !== undefined) expect(put.at - last).toBeGreaterThanOrEqual(minute);
        }
      }),
      runs,
    );
  });

  it('the newest choice is what Zoom has in the end', () => {
    fc.assert(
      fc.property(anyway, choice, (steps, last) => {
        const world = begin();
        for (const one of steps) step(world, one);
        step(world, { do: 'tell', status: 'Offline', age: 0 });
        step(world, last);
        drain(world);
        const { state } = world;
        expect(state.waiting ?? state.sending).toBeUndefined();
        const chosen = last.do === 'choose' ? last.change : undefined;
        expect(state.current).toMatchObject({ status: chosen?.status, cause: 'you' });
        if (chosen?.lastsMs !== undefined) {
          expect(state.current.until).toBe(state.current.since + chosen.lastsMs);
        }
      }),
      runs,
    );
  });

  it('a timer ends in the status it promised', () => {
    fc.assert(
      fc.property(anyway, choice, (steps, last) => {
        const world = begin();
        for (const one of [...steps, last]) step(world, one);
        drain(world);
        const { until, restoreTo } = world.state.current;
        if (until === undefined || restoreTo === undefined) return;
        pass(world, Math.max(until, world.now));
        drain(world);
        expect(world.state.current).toMatchObject({ status: restoreTo, cause: 'restored' });
        expect(world.state.current.until).toBeUndefined();
      }),
      runs,
    );
  });
});

describe('what was stored', () => {
  it('is read back whole', () => {
    const state: PresenceState = {
      current: { status: 'Away', since: start, cause: 'you', until: start + hour, restoreTo: 'Busy' },
      former: 'Busy',
      lastSetAt: start,
      waiting: { change: change('Presenting', 15), dueAt: start + minute, why: 'minute-limit' },
      failed: { change: change('On_A_Call'), error: refusal('timeout') },
      checkedAt: start,
    };
    const read = readPresence(JSON.parse(JSON.stringify(storePresence(state, start))), start + 20_000);
    expect(read.ok).toBe(true);
    expect(read.state).toEqual({
      current: state.current,
      former: 'Busy',
      lastSetAt: start,
      waiting: { change: change('Presenting', 15), dueAt: start + minute, why: 'minute-limit' },
    });
  });

  it('sends what was on the wire or waiting, at once when its minute is over', () => {
    const stored = storePresence({ ...initialPresence(start), sending: change('Away') }, start);
    expect(readPresence(stored, start).state.waiting).toMatchObject({ change: change('Away'), dueAt: start });
    const later = { ...stored, lastSetAt: start + 48 * hour };
    expect(readPresence(later, start).state.waiting?.dueAt).toBe(start + minute);
  });

  it('asks about a choice that Tally quit with long ago, instead of sending it', () => {
    const stored = storePresence({ ...initialPresence(start), sending: change('Away') }, start);
    expect(readPresence(stored, start + 15 * minute).state.waiting).toBeDefined();
    const { state } = readPresence(stored, start + 15 * minute + 1);
    expect(state.waiting).toBeUndefined();
    expect(state.failed).toEqual({
      change: change('Away'),
      error: {
        kind: 'cancelled',
        what: 'Tally quit before this was sent.',
        action: 'retry',
      },
    });
  });

  it('is a first start when there is nothing', () => {
    expect(readPresence(undefined, start)).toEqual({ ok: true, state: initialPresence(start) });
  });

  const good = {
    current: { status: 'Away', since: start, cause: 'you', until: start + hour, restoreTo: 'Busy' },
    lastSetAt: start,
    pending: { status: 'Busy', cause: 'you', lastsMs: hour, keptAt: start },
  };
  it.each<[string, unknown]>([
    ['null', null],
    ['a list', [good]],
    ['nothing in it', {}],
    ['no status', { ...good, current: { since: start, cause: 'you' } }],
    ['an unknown cause', { ...good, current: { ...good.current, cause: 'x' } }],
    ['an instant in words', { ...good, current: { ...good.current, since: '2026' } }],
    ['an instant before 1970', { ...good, lastSetAt: -1 }],
    ['an instant after all dates', { ...good, lastSetAt: 8.65e15 }],
    ['a timer of more than eight days', { ...good, current: { ...good.current, until: start + 193 * hour } }],
    [
      'a do not disturb of more than a day',
      { ...good, current: { ...good.current, status: 'Do_Not_Disturb', until: start + 25 * hour } },
    ],
    ['a restored status that cannot be set', { ...good, current: { ...good.current, restoreTo: 'Offline' } }],
    ['a pending status that cannot be set', { ...good, pending: { ...good.pending, status: 'Unknown' } }],
    ['a pending length of no minutes', { ...good, pending: { ...good.pending, lastsMs: 0 } }],
    ['a pending length of two days', { ...good, pending: { ...good.pending, lastsMs: 48 * hour } }],
    ['null in place of a status', { ...good, former: null }],
  ])('starts afresh, and says so, with %s', (_, json) => {
    expect(readPresence(good, start).ok).toBe(true);
    expect(readPresence(json, start)).toEqual({ ok: false, state: initialPresence(start) });
  });

  it('takes any JSON without a throw and gives only known statuses', () => {
    const nearly = fc.record(
      {
        current: fc.record(
          {
            status: fc.oneof(
              fc.string(),
              fc.constantFrom('Away', 'In_A_Meeting', 'constructor', '__proto__'),
            ),
            since: fc.oneof(fc.maxSafeNat(), fc.jsonValue()),
            cause: fc.constantFrom('you', 'zoom', 'restored', 'x'),
            until: fc.oneof(fc.maxSafeNat(), fc.jsonValue()),
            restoreTo: fc.constantFrom('Away', 'Offline', 'Busy', 5),
          },
          { requiredKeys: [] },
        ),
        former: fc.jsonValue(),
        lastSetAt: fc.jsonValue(),
        pending: fc.jsonValue(),
        extra: fc.jsonValue(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), nearly), (json) => {
        const { state } = readPresence(json, start);
        expect(every).toContain(state.current.status);
        if (state.current.restoreTo) expect(settableStatuses).toContain(state.current.restoreTo);
        expect(Object.keys(state)).not.toContain('extra');
        expect(() => reducePresence(state, { type: 'tick' }, start)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});
