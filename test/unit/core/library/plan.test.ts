import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Placed, planPlaces } from '../../../../electron/core/library/plan.ts';

const most = 10;
/** At Zoom: contents a to f, some of them unknown. */
const content = fc.constantFrom(...'abcdefghijklmnop');
const placed: fc.Arbitrary<Placed[]> = fc
  .array(fc.record({ content, kept: fc.boolean(), used: fc.nat(5) }, { requiredKeys: ['kept', 'used'] }), {
    maxLength: most,
  })
  .map((files) => files.map((file, at) => ({ id: `id-${at}`, ...file })));
const contents = fc.uniqueArray(content, { maxLength: most });

describe('a plan', () => {
  it('brings all that is wanted to Zoom by the fewest calls, and never deletes any of it', () => {
    fc.assert(
      fc.property(placed, contents, contents, (files, want, drop) => {
        const plan = planPlaces(files, { want, drop, most });
        if (plan === 'too-many') throw new Error('it has places for ten');
        const has = new Set(files.map((file) => file.content));
        const left = files.filter(({ id }) => !plan.remove.includes(id));
        const now = left.map((file) => file.content);

        // The result is what was wished for.
        expect([...now, ...plan.add]).toEqual(expect.arrayContaining(want));
        expect(now.filter((one) => one !== undefined && drop.includes(one) && !want.includes(one))).toEqual(
          [],
        );
        // The limit holds after the deletion, and with each upload.
        expect(left.length + plan.add.length).toBeLessThanOrEqual(most);
        // Nothing is uploaded that is there, and nothing twice.
        expect(plan.add).toEqual(want.filter((one) => !has.has(one)));
        // As few are deleted as can be: those that shall go, and one for each place that is lacking.
        const dropped = files.filter(
          (file) => file.content !== undefined && drop.includes(file.content) && !want.includes(file.content),
        ).length;
        const lack = plan.add.length > 0 ? files.length - dropped + plan.add.length - most : 0;
        expect(plan.remove).toHaveLength(dropped + Math.max(0, lack));
        expect(new Set(plan.remove).size).toBe(plan.remove.length);
        // One of each that is wanted stays where it is.
        for (const one of want) if (has.has(one)) expect(now).toContain(one);
      }),
    );
  });

  it('lets go last of what nobody could bring back, and of the rest first what was used longest ago', () => {
    fc.assert(
      fc.property(placed, contents, (files, want) => {
        const plan = planPlaces(files, { want, most });
        if (plan === 'too-many') throw new Error('it has places for ten');
        const isFirst = (one: Placed) => files.find((file) => file.content === one.content) === one;
        const others = files.filter((one) => !(one.content && want.includes(one.content) && isFirst(one)));
        const gone = others.filter(({ id }) => plan.remove.includes(id));
        const left = others.filter(({ id }) => !plan.remove.includes(id));
        const second = (one: Placed) => one.content !== undefined && !isFirst(one);
        const rank = (one: Placed) => (second(one) ? 0 : one.kept ? 1 : 2);
        for (const out of gone)
          for (const kept of left) {
            expect(rank(out)).toBeLessThanOrEqual(rank(kept));
            if (rank(out) === rank(kept)) expect(out.used).toBeLessThanOrEqual(kept.used);
          }
      }),
    );
  });

  it('is done once it was carried out', () => {
    fc.assert(
      fc.property(placed, contents, contents, (files, want, drop) => {
        const wish = { want, drop, most };
        const plan = planPlaces(files, wish);
        if (plan === 'too-many') throw new Error('it has places for ten');
        const left = files.filter(({ id }) => !plan.remove.includes(id));
        const after = [
          ...left,
          ...plan.add.map((content) => ({ id: `new-${content}`, content, kept: true, used: 9 })),
        ];
        expect(planPlaces(after, wish)).toEqual({ remove: [], add: [] });
        // Cut off after the deletion, or after any of the uploads, the rest is what was left of it.
        for (let cut = 0; cut <= plan.add.length; cut += 1) {
          const then = after.slice(0, left.length + cut);
          expect(planPlaces(then, wish)).toEqual({ remove: [], add: plan.add.slice(cut) });
        }
      }),
    );
  });

  it('of more than Zoom has places is none', () => {
    expect(planPlaces([], { want: [...'abcdefghijk'], most })).toBe('too-many');
  });
});
