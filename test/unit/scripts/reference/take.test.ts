import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsFromText, factsToText } from '../../../../scripts/reference/facts.ts';
import { parseExact } from '../../../../scripts/reference/parse.ts';
import { takeFacts } from '../../../../scripts/reference/take.ts';
import { Unreadable } from '../../../../scripts/reference/unreadable.ts';
import { isList, isObject, type Json, pointerTo, stepsOf } from '../../../../shared/json.ts';
import { document } from '../../../support/zoom-reference.ts';

describe('the facts of a reference', () => {
  const facts = takeFacts(document);

  it('are operations with scopes, label, codes, and fields by their place', () => {
    const thing = facts.get('GET /things/{thingId}');
    expect(thing).toMatchObject({
      id: 'thing',
      deprecated: true,
      label: 'Medium',
      scopes: { classic: ['thing:read', 'thing:write'], granular: ['thing:read:thing'] },
      success: ['200'],
      errors: ['400 1120', '400 300', '404'],
    });
    expect(Object.fromEntries(thing?.parameters ?? [])).toEqual({
      'path thingId': { type: 'string', required: true },
      'query size': { type: 'integer', maximum: 2000, default: 30, deprecated: true },
    });
    expect(Object.fromEntries(thing?.answer ?? [])).toEqual({
      id: { type: 'string', required: true },
      plan: { type: 'integer', enum: [1, 2, '576460752303423488'] },
      tags: { type: 'array', maxItems: 5 },
      'tags[]': { type: 'string' },
      parts: { type: 'array' },
      // A thing within a thing: the recursion ends.
      'parts[]': {},
      old: { type: 'boolean', deprecated: true },
      '"a\\u002eb\\u0020c"': { type: 'null|string' },
    });
    expect(thing?.body.size).toBe(0);
  });

  it('have of alternatives what all of them allow together', () => {
    expect(Object.fromEntries(facts.get('PATCH /things/{thingId}')?.body ?? [])).toEqual({
      status: { type: 'string', enum: ['active', 'away', 'busy'], required: true },
      minutes: { type: 'integer', minimum: 1, maximum: 1440 },
    });
  });

  it('hold none of its sentences', () => {
    expect(factsToText(facts)).not.toMatch(/sentence|example/i);
  });

  it('come back from their file, which has one line a field', () => {
    const text = factsToText(facts);
    expect(factsFromText(text)).toEqual(facts);
    expect(text).toContain(
      '\n    "query size": {"type":"integer","maximum":2000,"default":30,"deprecated":true}\n',
    );
  });

  it('are written in the same way whatever the order in which the reference has them', () => {
    const reversed = (value: Json): Json => {
      if (isList(value)) return value.map(reversed);
      if (!isObject(value)) return value;
      return Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([name, one]) => [name, reversed(one)]),
      );
    };
    expect(factsToText(takeFacts(reversed(document)))).toBe(factsToText(facts));
  });
});

/** The document with another value at a pointer. */
function withOther(value: Json, [step, ...more]: readonly string[], other: Json | undefined): Json {
  if (step === undefined) return other ?? null;
  const entries = Object.entries(value as object).flatMap(([name, one]): [string, Json][] => {
    if (name !== step) return [[name, one]];
    if (more.length === 0 && other === undefined) return [];
    return [[name, withOther(one, more, other)]];
  });
  return isList(value) ? entries.map(([, one]) => one) : Object.fromEntries(entries);
}

const placesOf = (value: Json, at = ''): string[] => [
  at,
  ...(typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, one]) => placesOf(one as Json, pointerTo(at, name)))
    : []),
];

const schema = '/paths/~1things~1{thingId}/patch/requestBody/content/application~1json/schema';

describe('a reference that is not as it should be', () => {
  it.each<[string, Json | undefined, string]>([
    ['', [], 'at the top: this is not an object'],
    ['/paths', undefined, 'at /paths: this is not an object'],
    ['/paths', {}, 'at /paths: there are no operations'],
    ['/paths/~1things~1{thingId}/get', 'gone', 'at /paths/~1things~1{thingId}/get: '],
    ['/paths/~1things~1{thingId}/get/operationId', 7, 'at /paths/~1things~1{thingId}/get/operationId: '],
    ['/paths/~1things~1{thingId}/get/responses', undefined, 'at /paths/~1things~1{thingId}/get/responses: '],
    ['/paths/~1things~1{thingId}/get/parameters/0/name', 1, '/get/parameters/0: the parameter has no name'],
    [schema, { $ref: 'other.yaml#/Thing' }, `at ${schema}: $ref leads out of the file`],
    [schema, { $ref: '#/components/schemas/None' }, `at ${schema}: $ref leads to nothing`],
    [schema, { properties: { a: { enum: 'x' } } }, `at ${schema}/properties/a/enum: this is not a list`],
    [
      schema,
      { properties: { a: { maximum: 'x' } } },
      `at ${schema}/properties/a/maximum: this is not a number`,
    ],
    [schema, { properties: { a: true } }, `at ${schema}/properties/a: this is not an object`],
    [schema, { type: 'object', required: [1] }, `at ${schema}/required/0: this is not a text`],
  ])('%s as %j is told with its place', (at, other, told) => {
    const odd = withOther(document, stepsOf(at), other);
    expect(() => takeFacts(odd)).toThrow(Unreadable);
    expect(() => takeFacts(odd)).toThrow(told);
  });

  it('ends where components make more of each other than anybody could read', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => {
        const next = { $ref: `#/components/schemas/S${index + 1}` };
        return [`S${index}`, { type: 'object', properties: { a: next, b: next } }];
      }),
    );
    const bomb = {
      ...document,
      components: {
        ...document.components,
        schemas: { ...document.components.schemas, ...schemas, S40: { type: 'string' } },
      },
    };
    const odd = withOther(bomb, stepsOf(schema), { $ref: '#/components/schemas/S0' });
    expect(() => takeFacts(odd)).toThrow(/^at .*: there are too many fields$/);
  });

  it('is taken or refused with a place, whatever stands anywhere in it', () => {
    const other = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }).map((value) => value as Json),
      fc.constantFrom<Json[]>(
        { $ref: '#/paths' },
        { $ref: '#' },
        { $ref: 1 },
        { properties: { __proto__x: {} } },
      ),
      fc.constant(undefined),
    );
    fc.assert(
      fc.property(fc.constantFrom(...placesOf(document)), other, (at, value) => {
        const odd = JSON.stringify(withOther(document, stepsOf(at), value));
        try {
          const text = factsToText(takeFacts(parseExact(odd)));
          expect(factsToText(factsFromText(text))).toBe(text);
        } catch (cause) {
          expect(cause).toBeInstanceOf(Unreadable);
          expect((cause as Error).message).toMatch(/^at (?:the top|\/\S.*): /);
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('a file of facts that somebody changed', () => {
  it.each([
    ['{"generated": "", "operations": {"GET /x": {}}}', 'at /operations/GET ~1x/id: '],
    ['{"generated": ""}', 'at /operations: '],
    ['{"operations": {}, "generated": ""}\n<<<<<<< HEAD', 'line 2, column 1: '],
  ])('%j is told with its place', (text, told) => {
    expect(() => factsFromText(text)).toThrow(Unreadable);
    expect(() => factsFromText(text)).toThrow(told);
  });
});
