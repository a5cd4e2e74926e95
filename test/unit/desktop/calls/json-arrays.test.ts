import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArrays } from '../../../../electron/desktop/calls/json-arrays.ts';

/** Everything that is read of a text which comes in pieces, cut where the numbers say. */
function read(text: string, cuts: readonly number[] = []) {
  const all: unknown[] = [];
  const take = readArrays((array) => all.push(array));
  const at = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length];
  for (const [index, end] of at.slice(1).entries()) expect(take(text.slice(at[index], end))).toBe(true);
  return all;
}

describe('JSON arrays that come in pieces', () => {
  it('are read wherever they are cut', () => {
    const arrays = fc.array(fc.array(fc.jsonValue()));
    fc.assert(
      fc.property(arrays, fc.array(fc.nat()), fc.constantFrom('', '\n', '\r\n '), (all, cuts, between) => {
        const text = all.map((array) => JSON.stringify(array, null, 2)).join(between);
        expect(read(text, cuts)).toEqual(JSON.parse(JSON.stringify(all)));
      }),
    );
  });

  it('are read past whatever else is written', () => {
    expect(read('warning: no\n[1]\n[nonsense]\n["a]",{"b":"\\""}]')).toEqual([[1], ['a]', { b: '"' }]]);
    fc.assert(fc.property(fc.string(), fc.array(fc.nat()), (text, cuts) => void read(text, cuts)));
  });

  it('are given up where one has no end', () => {
    const take = readArrays(() => {});
    expect(take('[')).toBe(true);
    expect(take(' '.repeat(17 * 1024 * 1024))).toBe(false);
  });
});
