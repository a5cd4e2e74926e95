import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isObject,
  type Json,
  pointerTo,
  sameJson,
  sameUnordered,
  stepsOf,
  valueAt,
} from '../../../shared/json.ts';

const anyJson = fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json);

describe('an object', () => {
  it.each([
    [{}, true],
    [{ a: 1 }, true],
    [[], false],
    [null, false],
    [undefined, false],
    ['{}', false],
    [0, false],
  ])('%j: %s', (value, is) => {
    expect(isObject(value)).toBe(is);
  });
});

describe('pointers', () => {
  it.each([
    ['', []],
    ['/', ['']],
    ['/a~1b/m~0n/0', ['a/b', 'm~n', '0']],
    ['/~01', ['~1']],
  ])('“%s” leads over %j', (pointer, steps) => {
    expect(stepsOf(pointer)).toEqual(steps);
    expect(steps.reduce<string>(pointerTo, '')).toBe(pointer);
  });

  it('come back from any names', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (names) => {
        expect(stepsOf(names.reduce<string>(pointerTo, ''))).toEqual(names);
      }),
    );
  });

  it('lead to every entry, and to nothing that is only inherited', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), anyJson), fc.array(anyJson), (fields, list) => {
        for (const [name, value] of Object.entries(fields))
          expect(valueAt({ in: fields }, pointerTo('/in', name))).toBe(value);
        for (const [at, value] of list.entries()) expect(valueAt(list, pointerTo('', at))).toBe(value);
      }),
    );
    for (const name of ['constructor', '__proto__', 'length', '00', '-1'])
      expect([valueAt({}, `/${name}`), valueAt([1], `/${name}`)]).toEqual([undefined, undefined]);
  });
});

describe('sameness', () => {
  it('counts the order of lists, or does not, as its name says', () => {
    expect([sameJson([1, 2], [2, 1]), sameUnordered([1, 2], [2, 1])]).toEqual([false, true]);
    expect([sameJson({ a: 1, b: 2 }, { b: 2, a: 1 }), sameUnordered({ a: 1, b: 2 }, { b: 2, a: 1 })]).toEqual(
      [true, true],
    );
    expect(sameUnordered([1, 1, 2], [1, 2, 2])).toBe(false);
  });

  it('in order is sameness in any order, too', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(sameUnordered(a, structuredClone(a))).toBe(true);
        if (sameJson(a, b)) expect(sameUnordered(a, b)).toBe(true);
      }),
    );
  });
});
