import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findInRaw, rawLines } from '../../../../renderer/screens/advanced/answer/raw.ts';
import {
  findInTree,
  foldedAtFirst,
  seenLines,
  type TreeLine,
  treeOf,
  unfolded,
} from '../../../../renderer/screens/advanced/answer/tree.ts';
import { compare, differencesOf } from '../../../../renderer/screens/advanced/history/compare.ts';
import { findOperations, groups, listed } from '../../../../renderer/screens/advanced/search.ts';
import { elapsedWords, needsWords, paceWords } from '../../../../renderer/screens/advanced/words.ts';
import type { CallAnswer, HistoryEntry, Json } from '../../../../shared/advanced.ts';
import { pointerTo, valueAt, writeJson } from '../../../../shared/json.ts';
import { operations } from '../../../../shared/zoom/operations.gen.ts';

const anyJson = fc.jsonValue({ maxDepth: 4 }).map((value) => value as Json);

/** The JSON pointer of a line. */
function pointerOf(lines: readonly TreeLine[], at: number): string {
  const names: string[] = [];
  for (let line = lines[at]; line?.name !== undefined; line = lines[line.parent]) names.unshift(line.name);
  return names.reduce<string>(pointerTo, '');
}

describe('a body as a tree', () => {
  it('has a line for each value, in order, each leading to its value', () => {
    fc.assert(
      fc.property(anyJson, (value) => {
        const lines = treeOf(value);
        lines.forEach(({ text, below, kind, parent, depth }, at) => {
          const found = valueAt(value, pointerOf(lines, at));
          if (kind !== 'object' && kind !== 'list') expect(text).toBe(writeJson(found));
          else expect(text).toMatch(new RegExp(`^${Object.keys(found as object).length} `));
          // What lies below it follows at once, and nothing else.
          const own = lines.slice(at + 1, at + 1 + below);
          expect(own.every((line) => line.depth > depth)).toBe(true);
          expect((lines[at + 1 + below]?.depth ?? 0) <= depth).toBe(true);
          if (parent >= 0) expect(lines[parent]?.depth).toBe(depth - 1);
        });
      }),
    );
  });

  it('hides what is folded, and opens what leads to a line', () => {
    fc.assert(
      fc.property(anyJson, fc.array(fc.nat(40)), fc.nat(40), (value, places, wanted) => {
        const lines = treeOf(value);
        const folded = new Set(places.filter((at) => (lines[at]?.below ?? 0) > 0));
        const at = wanted % lines.length;
        const open = unfolded(lines, folded, at);
        expect(seenLines(lines, open)).toContain(at);
        expect(seenLines(lines, new Set()).length).toBe(lines.length);
        for (const hidden of folded)
          if (seenLines(lines, folded).includes(hidden) && lines[hidden]?.below)
            expect(seenLines(lines, folded)).not.toContain(hidden + 1);
      }),
    );
  });

  const users = Array.from({ length: 10_000 }, (_, at) => ({
    id: `u${at}`,
    email: `p${at}@a.example`,
    n: at,
  }));

  it('shows ten thousand entries as so many lines, and finds in all of them', () => {
    const lines = treeOf({ page_size: 300, users });
    const folded = foldedAtFirst(lines);
    expect(seenLines(lines, folded)).toHaveLength(10_003);
    const found = findInTree(lines, 'P9999@');
    expect(found.map((at) => pointerOf(lines, at))).toEqual(['/users/9999/email']);
    expect(foldedAtFirst(treeOf({ a: { b: { c: 1 } } }))).toEqual(new Set());
  });

  it('bears nesting of any depth', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}${']'.repeat(5_000)}`) as Json;
    expect(treeOf(deep)).toHaveLength(5_000);
  });
});

describe('a body as it came', () => {
  it('is cut into lines that are the text again, none too long, no character in two', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('a', '\n', '👩') }),
    );
    fc.assert(
      fc.property(text, fc.integer({ min: 2, max: 8 }), (whole, columns) => {
        const lines = rawLines(whole, columns);
        expect(lines.join('')).toBe(whole);
        for (const line of lines) {
          expect(line.replace(/\n$/, '')).not.toContain('\n');
          expect(line.replace(/\n$/, '').length).toBeLessThanOrEqual(columns);
        }
        for (const [at, line] of lines.entries())
          if (/[\ud800-\udbff]$/.test(line)) expect(lines[at + 1] ?? '').not.toMatch(/^[\udc00-\udfff]/);
      }),
    );
  });

  it('is searched over the ends of its lines', () => {
    const lines = rawLines('{"email":"robin@a.example","x":1}', 10);
    expect(findInRaw(lines, 'ROBIN@A')).toEqual([1]);
    expect(findInRaw(lines, 'nobody')).toEqual([]);
    expect(findInRaw(lines, ' ')).toEqual([]);
  });
});

describe('two calls compared', () => {
  const entry = (answer: Partial<CallAnswer>, body?: Json): HistoryEntry => ({
    id: '1',
    at: 0,
    operation: 'userUpdate',
    ms: 1,
    worked: true,
    input: {
      operation: 'userUpdate',
      path: { userId: 'me' },
      query: {},
      ...(body !== undefined && { body }),
    },
    answer: { call: '1', at: 0, ms: 1, meanings: [], ...answer },
  });
  const http = (status: number, phrase: string, body: string) => ({
    http: { status, phrase, headers: [], size: body.length, form: 'json' as const, body, hidden: [] },
  });

  it('differ in exactly what was sent and what came', () => {
    const a = entry(http(200, 'OK', '{"users":[{"n":1},{"n":2}]}'), { company: 'Acme' });
    const b = entry(http(404, 'Not Found', '{"users":[{"n":1},{"n":3}],"code":1}'), {
      company: 'Other',
      dept: 'x',
    });
    expect(compare(a, b)).toEqual({
      request: [
        { at: '/body/company', before: 'Acme', after: 'Other' },
        { at: '/body/dept', after: 'x' },
      ],
      answer: [
        { at: 'Status', before: '200 OK', after: '404 Not Found' },
        { at: '/users/1/n', before: 2, after: 3 },
        { at: '/code', after: 1 },
      ],
      more: 0,
    });
    expect(compare(a, a)).toEqual({ request: [], answer: [], more: 0 });
  });

  it('differ nowhere when they are the same, and somewhere when not', () => {
    fc.assert(
      fc.property(anyJson, anyJson, (a, b) => {
        expect(differencesOf(a, a)).toEqual([]);
        for (const { at, before, after } of differencesOf(a, b)) {
          expect(valueAt(a, at)).toEqual(before);
          expect(valueAt(b, at)).toEqual(after);
        }
      }),
    );
  });
});

describe('the list of operations', () => {
  it('has every operation of the catalogue once, each in its group', () => {
    expect(listed.map(({ id }) => id).sort()).toEqual(Object.keys(operations).sort());
    expect(new Set(groups).size).toBe(groups.length);
  });

  it('finds each by its title, id, path, method with path, and scopes', () => {
    for (const one of listed) {
      const first = (query: string) => findOperations(query).map(({ id }) => id);
      expect(first(one.title)[0], one.title).toBe(one.id);
      expect(first(one.id), one.id).toContain(one.id);
      expect(first(`${one.method} ${one.path}`), one.path).toContain(one.id);
      for (const scope of one.scopes.granular) expect(first(scope)).toContain(one.id);
    }
  });

  it('forgives a slip, and says so when nothing is found', () => {
    expect(findOperations('updtpresnce').map(({ id }) => id)).toContain('updatePresenceStatus');
    expect(findOperations('nothing is called like this')).toEqual([]);
    expect(findOperations('  ')).toBe(listed);
  });
});

describe('words', () => {
  it('give a length in milliseconds, from a second on in seconds', () => {
    expect([0, 0.4, 412.3, 999.4, 999.6, 1_050, 61_234].map(elapsedWords)).toEqual([
      '0 ms',
      '0 ms',
      '412 ms',
      '999 ms',
      '1 s',
      '1.05 s',
      '61.23 s',
    ]);
  });

  it('say what an operation needs and how often it may be called', () => {
    expect(needsWords([])).toBe('');
    expect(needsWords(['administrator', 'paid-account'])).toBe('Needs an administrator and a paid account.');
    expect(paceWords(operations.updatePresenceStatus)).toContain('1 in 60 s for one user');
    expect(paceWords(operations.userCreate)).toContain('50 to 10,000 a day for the account');
  });
});
