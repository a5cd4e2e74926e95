/** Since when nobody has touched the computer, where that has to be looked for. */
import { describe, expect, it } from 'vitest';
import { watchPolled } from '../../../electron/desktop/idle/polled.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { minute } from '../../support/presence-script.ts';

/** A computer that nobody has touched since an instant, or one that tells the same whatever happens. */
function rig(after: number, tells?: number) {
  const clock = createFakeClock();
  let touched = clock.now() - 1_000;
  let looks = 0;
  const told: (number | null | undefined)[] = [];
  const read = () => {
    looks += 1;
    return tells ?? Math.floor((clock.now() - touched) / 1_000) * 1_000;
  };
  const { look, stop } = watchPolled({ clock, read }, after, (since) => told.push(since));
  return {
    clock,
    told,
    look,
    stop,
    looks: () => looks,
    touch: () => {
      touched = clock.now();
    },
  };
}

describe('a system that has to be asked', () => {
  it('is asked when somebody may at the earliest have been away for long enough, and tells since when', async () => {
    const { clock, told, looks, touch } = rig(10 * minute);
    const start = clock.now();
    await clock.advance(5 * minute);
    touch();
    await clock.advance(minute);
    expect(told).toEqual([null]);
    await clock.advance(9 * minute);
    expect(told).toEqual([null, start + 5 * minute]);
    expect(looks()).toBeLessThanOrEqual(4);
    await clock.advance(10 * minute);
    touch();
    await clock.advance(5_000);
    expect(told).toEqual([null, start + 5 * minute, null]);
  });

  it('is asked less than once in ten minutes while somebody is there, and no more once it is stopped', async () => {
    const { clock, looks, touch, stop } = rig(10 * minute);
    for (let turn = 0; turn < 60; turn += 1) {
      await clock.advance(minute);
      if (turn % 5 === 0) touch();
    }
    expect(looks()).toBeLessThan(15);
    stop();
    expect(clock.pending()).toEqual([]);
  });

  it('that says 0 whatever happens tells nothing', async () => {
    const { clock, told } = rig(60 * minute, 0);
    await clock.advance(4 * minute);
    expect(told).toEqual([null]);
    await clock.advance(minute);
    expect(told).toEqual([null, undefined]);
  });

  it('is asked at once after sleep', async () => {
    const { clock, told, look } = rig(10 * minute);
    await clock.advance(0);
    clock.jump(60 * minute);
    look();
    expect(told).toEqual([null, clock.now() - 60 * minute - 1_000]);
  });
});
