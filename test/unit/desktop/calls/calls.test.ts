import { expect, it } from 'vitest';
import type { DeviceUse } from '../../../../electron/core/ports.ts';
import { keepGoing } from '../../../../electron/desktop/calls/again.ts';
import { createDeviceWatch } from '../../../../electron/desktop/calls/calls.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';

type Uses = readonly DeviceUse[] | undefined;
const firefox = { device: 'microphone', program: 'Firefox' } as const;
const cheese = { device: 'camera', program: 'Cheese' } as const;

/** Somebody who tells of devices when the test wants it. */
function teller() {
  const made = {
    tell: (_: Uses) => {},
    watched: 0,
    watch: (_: unknown, tell: (uses: Uses) => void) => {
      made.watched += 1;
      made.tell = tell;
      return () => {
        made.watched -= 1;
      };
    },
  };
  return made;
}

it('puts together what several tell, and tells it only when it is another', () => {
  const [one, two] = [teller(), teller()];
  const told: Uses[] = [];
  const stop = createDeviceWatch(createFakeClock(), [one.watch, two.watch])((uses) => told.push(uses));
  one.tell(undefined);
  two.tell([]);
  one.tell([firefox]);
  two.tell([firefox]);
  two.tell([cheese, firefox]);
  one.tell(undefined);
  two.tell(undefined);
  expect(told).toEqual([undefined, [], [firefox], [cheese, firefox], undefined]);
  stop();
});

it('watches once for all, and only while somebody listens', () => {
  const one = teller();
  const watch = createDeviceWatch(createFakeClock(), [one.watch]);
  const [first, second]: Uses[][] = [[], []];
  const stopFirst = watch((uses) => first?.push(uses));
  one.tell([firefox]);
  const stopSecond = watch((uses) => second?.push(uses));
  expect([first, second, one.watched]).toEqual([[[firefox]], [[firefox]], 1]);
  stopFirst();
  stopFirst();
  expect(one.watched).toBe(1);
  stopSecond();
  expect(one.watched).toBe(0);
  // What is told afterwards is not taken for news of the next time.
  one.tell([cheese]);
  const third: Uses[] = [];
  const stopThird = watch((uses) => third.push(uses));
  one.tell([cheese]);
  stopThird();
  expect([third, one.watched]).toEqual([[[cheese]], 0]);
});

it('tells that nobody tells', () => {
  const told: Uses[] = [];
  createDeviceWatch(createFakeClock(), [])((uses) => told.push(uses));
  expect(told).toEqual([undefined]);
});

it('begins again what has ended, later and later until it works', async () => {
  const clock = createFakeClock();
  const starts: number[] = [];
  let works = () => {};
  let end = () => {};
  const begun = clock.now();
  const stop = keepGoing(clock, (isFine, ended) => {
    starts.push((clock.now() - begun) / 1_000);
    [works, end] = [isFine, ended];
    if (starts.length < 8) ended();
    return () => {};
  });
  await clock.advance(120_000);
  expect(starts).toEqual([0, 1, 3, 7, 15, 31, 61, 91]);
  works();
  end();
  end();
  await clock.advance(1_000);
  expect(starts.slice(8)).toEqual([121]);
  stop();
  end();
  await clock.advance(60_000);
  expect(starts).toHaveLength(9);
  expect(clock.pending()).toEqual([]);
});
