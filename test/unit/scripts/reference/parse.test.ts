import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExact } from '../../../../scripts/reference/parse.ts';
import { Unreadable } from '../../../../scripts/reference/unreadable.ts';

describe('JSON with its places', () => {
  it.each([
    ['{"a": 1,}', 'line 1, column 9'],
    ['{"a": 1\n "b": 2}', 'line 2, column 2'],
    ['{"a": 1', 'line 1, column 8'],
    ['{"a": nul}', 'line 1, column 7'],
    ['// no comment\n{}', 'line 1, column 1'],
    ['[1] [2]', 'line 1, column 5'],
    ['<html>', 'line 1, column 1'],
    ['', 'line 1, column 1'],
    ['{\n  "a": 1,\n  "b": {"c": 1},\n  "a": 2\n}', 'line 4, column 3: there are two fields "a"'],
    [`{"a":\n${'['.repeat(5_000)}`, 'line 2, column 100: this is nested too deep'],
  ])('%j is refused at its place', (text, told) => {
    expect(() => parseExact(text)).toThrow(Unreadable);
    expect(() => parseExact(text)).toThrow(told);
  });

  it('keeps the digits of what is no exact number', () => {
    const text = '[9007199254740991, 9007199254740992, 576460752303423488, -9223372036854775808, 1e400, 0.5]';
    const [exact, ...large] = parseExact(text) as unknown[];
    expect(exact).toBe(9_007_199_254_740_991);
    expect(large).toEqual(['9007199254740992', '576460752303423488', '-9223372036854775808', '1e400', 0.5]);
  });

  it('takes the mark that some editors put before a text', () => {
    expect(parseExact('\uFEFF{"a": 1}')).toEqual({ a: 1 });
  });

  const small = fc.jsonValue({ noUnicodeString: false, maxDepth: 4 });

  it('reads any JSON as JSON.parse does', () => {
    fc.assert(
      fc.property(small, (value) => {
        const text = JSON.stringify(value, null, 2);
        const large = (_key: string, one: unknown) =>
          typeof one === 'number' && Math.abs(one) > Number.MAX_SAFE_INTEGER ? String(one) : one;
        expect(parseExact(text)).toEqual(JSON.parse(text, large));
      }),
    );
  });

  it('takes no text that JSON.parse does not, and always tells where it stopped', () => {
    const cut = fc.tuple(small, fc.nat()).map(([value, at]) => {
      const text = JSON.stringify({ value });
      return text.slice(0, at % text.length);
    });
    const swapped = fc.tuple(small, fc.nat(), fc.string({ maxLength: 2 })).map(([value, at, other]) => {
      const text = JSON.stringify({ value }, null, 1);
      return text.slice(0, at % text.length) + other + text.slice((at % text.length) + 1);
    });
    fc.assert(
      fc.property(fc.oneof(cut, swapped, fc.string()), (text) => {
        try {
          parseExact(text);
        } catch (cause) {
          expect(cause).toBeInstanceOf(Unreadable);
          expect((cause as Error).message).toMatch(/^line \d+, column \d+: /);
          return;
        }
        JSON.parse(text);
      }),
      { numRuns: 500 },
    );
  });
});
