import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain, fits, readReasons } from '../../../../scripts/reference/reasons.ts';
import { report } from '../../../../scripts/reference/report.ts';
import { Unreadable } from '../../../../scripts/reference/unreadable.ts';

const reasons = readReasons(`
- kind: wanted
  reason: It is meant so.
  explains: 1
  lines: ["a body x *"]
- kind: later
  reason: Not done yet.
  explains: 3
  lines: ["a body * missing", "b *"]
`);

const differences = [
  'a body x missing',
  'a body y missing',
  'a body z missing',
  'c operation id: c, Zoom d',
].map((line) => ({ operation: line.startsWith('a') ? 'GET /a' : 'GET /c', line }));

describe('reasons for differences', () => {
  const explained = explain(differences, reasons);

  it('explain with the first that fits', () => {
    expect(explained.differences.map(({ reason }) => reason?.kind)).toEqual([
      'wanted',
      'later',
      'later',
      undefined,
    ]);
  });

  it('are wrong where they explain another number, or a line explains nothing', () => {
    expect(explained.faults).toEqual([
      'This explains nothing any more: b *',
      '“Not done yet.” explains 2, not 3.',
    ]);
  });

  it('are printed with the differences by operation, and the count at the end', () => {
    expect(report(explained)).toBe(`GET /a
  wanted      a body x missing
  later       a body y missing
  later       a body z missing

GET /c
  unexplained c operation id: c, Zoom d

Reasons
     1  wanted  It is meant so.
     2  later   Not done yet.

This explains nothing any more: b *
“Not done yet.” explains 2, not 3.
4 differences: 1 wanted, 2 later, 0 unknown, 1 unexplained
`);
  });

  it.each([
    ['- kind: wanted\n  reason: [', 'line 2, column 12: '],
    ['- {kind: perhaps, reason: x, explains: 1, lines: [x]}', 'at /0/kind: '],
    ['- {kind: later, reason: x, explains: 0, lines: [x]}', 'at /0/explains: '],
    ['- {kind: later, reason: x, explains: 1, lines: []}', 'at /0/lines: '],
    ['kind: later', 'at the top: '],
  ])('are told with the place where %j is no list of them', (text, told) => {
    expect(() => readReasons(text)).toThrow(Unreadable);
    expect(() => readReasons(text)).toThrow(told);
  });
});

describe('a pattern', () => {
  it.each([
    ['a b', 'a b', true],
    ['a b', 'a b c', false],
    ['a *', 'a b c', true],
    ['*c', 'a b c', true],
    ['a*c', 'ac', true],
    ['a*a', 'a', false],
    ['*b*', 'a b c', true],
    ['*b*b*', 'a b c', false],
    ['a[].b *', 'a[].b c', true],
    ['a.b', 'axb', false],
    ['*', '', true],
  ])('%j and the line %j: %s', (pattern, line, fit) => {
    expect(fits(pattern, line)).toBe(fit);
  });

  it('fits as a regular expression would', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', '*', '.', ' '), maxLength: 8 });
    const line = fc.string({ unit: fc.constantFrom('a', 'b', '.', ' '), maxLength: 8 });
    fc.assert(
      fc.property(word, line, (pattern, text) => {
        const parts = pattern.split('*').map((part) => part.replace(/[.]/g, '\\.'));
        expect(fits(pattern, text)).toBe(new RegExp(`^${parts.join('.*')}$`).test(text));
      }),
      { numRuns: 500 },
    );
  });
});
