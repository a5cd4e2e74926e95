import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isObject,
  type Json,
  pointerTo,
  readJson,
  sameJson,
  sameUnordered,
  stepsOf,
  valueAt,
  withNumbers,
  writeJson,
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

describe('large integers', () => {
  const integer = fc.oneof(fc.bigInt(), fc.bigInt({ min: -(2n ** 60n), max: 2n ** 60n }));
  const oddText = fc.string({ unit: fc.constantFrom('\ue000', '\\', '"', '1', 'e', '\n', '-') });

  it('keep their digits, whatever stands around them', () => {
    fc.assert(
      fc.property(integer, oddText, oddText, (digits, name, text) => {
        const json = `{ ${JSON.stringify(name)}: [${digits}, ${JSON.stringify(`${text}${digits}`)}],"x":${JSON.stringify(text)}}`;
        const read = readJson(json);
        expect(writeJson(read)).toBe(json.replace(/^\{ /, '{').replace(': [', ':[').replace(', "', ',"'));
        expect(sameJson(readJson(writeJson(read, 2)), read)).toBe(true);
      }),
    );
  });

  it('leave everything else as JSON has it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(writeJson(readJson(text))).toBe(JSON.stringify(JSON.parse(text)));
      }),
    );
    for (const none of ['', '{', '[1,]', '12345678901234567890,', '"1234567890123456'])
      expect(readJson(none)).toBeUndefined();
    expect(readJson('{"\\ue0001":"\\uE00012345678901234567","n":12345678901234567890}')).toEqual({
      '\ue0001': '\ue00012345678901234567',
      n: 12_345_678_901_234_567_890n,
    });
    expect(readJson('[1.5e300, 9007199254740991, -9007199254740992]')).toEqual([
      1.5e300,
      9_007_199_254_740_991,
      -9_007_199_254_740_992n,
    ]);
    const deep = `${'['.repeat(50_000)}12345678901234567${']'.repeat(50_000)}`;
    expect(readJson(deep)).toBeDefined();
  });

  it('are written with all the digits of a number, too', () => {
    expect(writeJson([2 ** 57, -(2 ** 59), 1e21, 2 ** 53 - 1])).toBe(
      '[144115188075855872,-576460752303423488,1e+21,9007199254740991]',
    );
  });

  it('are numbers to a checker only where one is the same', () => {
    expect(withNumbers({ a: [2n ** 57n, 2n ** 57n + 1n, -(2n ** 70n) - 1n, 10n ** 400n] })).toEqual({
      a: [2 ** 57, Number.MAX_VALUE, -Number.MAX_VALUE, Number.MAX_VALUE],
    });
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
