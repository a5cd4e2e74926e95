import fc from 'fast-check';
import { type Operation, type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import catalogue from '../../../shared/zoom/schemas.gen.json' with { type: 'json' };

/** An answer of Zoom's, or of whatever speaks in its place. */
export interface RandomAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** Texts as people have them, and as they break programs: other scripts, halves of characters, names that objects inherit. */
const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.string({ maxLength: 40 }) },
  { weight: 3, arbitrary: fc.string({ unit: 'binary', maxLength: 20 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      ' ',
      '__proto__',
      'constructor',
      'toString',
      'hasOwnProperty',
      '\u202Ereversed',
      '\uD800',
      'a\u0000b',
      '👩🏽‍🚀'.repeat(40),
      'x'.repeat(5_000),
      '<b onclick=x>&amp;</b>',
      '0',
      '-1',
      '1e999',
      '2026-13-45T99:99:99Z',
      '0000-00-00',
      '+49 30 1234567',
      'https://127.0.0.1:1/p.jpg',
      'javascript:alert(1)',
    ),
  },
);

const number: fc.Arbitrary<number> = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -1, 1e21, -1e21, Number.MAX_SAFE_INTEGER, 8.64e15 + 1),
);

/** Any JSON at all, deep and wide. */
const anything = fc.oneof(
  fc.jsonValue({ maxDepth: 4 }),
  text,
  number,
  fc.constantFrom(null, [], {}, [[[[[[]]]]]], { length: 3 }, true, false),
) as fc.Arbitrary<Json>;

const formats: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'date-time': fc
    .date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) })
    .map((at) => at.toISOString()),
  email: fc.emailAddress(),
  uri: fc.webUrl(),
};

/** What a schema allows; a property that is not required is there or not. */
function allowed(schema: Schema, depth = 0): fc.Arbitrary<Json> {
  if (schema.$ref) {
    const name = schema.$ref.replace('#/definitions/', '');
    return allowed((catalogue.definitions as Record<string, Schema>)[name] ?? {}, depth);
  }
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.allOf) {
    return fc
      .tuple(...schema.allOf.map((part) => allowed(part, depth)))
      .map((parts) => Object.assign({}, ...parts));
  }
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((part) => allowed(part, depth)));
  const type = Array.isArray(schema.type) ? schema.type[0] : schema.type;
  if (type === 'object' || schema.properties) {
    const entries = Object.entries(schema.properties ?? {});
    const properties: Record<string, fc.Arbitrary<Json>> = Object.fromEntries(
      entries.map(([key, value]) => [key, depth > 8 ? fc.constant(null) : allowed(value, depth + 1)]),
    );
    return fc.record(properties, { requiredKeys: [...(schema.required ?? [])] });
  }
  if (type === 'array') return fc.array(allowed(schema.items ?? {}, depth + 1), { maxLength: 4 });
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e9 });
  if (type === 'number') return number;
  if (type === 'string') return formats[schema.format ?? ''] ?? text;
  return anything;
}

/** One place of a JSON, chosen by numbers, gets another value, or goes, or gets a companion of an odd name. */
function mutate(json: Json, path: readonly number[], how: 'replace' | 'remove' | 'add', value: Json): Json {
  const [first = 0, ...rest] = path;
  if (Array.isArray(json)) {
    if (json.length === 0 || rest.length === 0) return how === 'replace' ? value : [...json, value];
    const at = first % json.length;
    return json.map((entry, index) => (index === at ? mutate(entry, rest, how, value) : entry));
  }
  if (typeof json !== 'object' || json === null) return value;
  const record = json as Readonly<Record<string, Json>>;
  const keys = Object.keys(record);
  if (how === 'add' && rest.length === 0) return { ...record, constructor: value, '': value };
  if (keys.length === 0) return value;
  const key = keys[first % keys.length] as string;
  if (rest.length > 0) return { ...record, [key]: mutate(record[key] as Json, rest, how, value) };
  if (how === 'replace') return { ...record, [key]: value };
  const { [key]: _gone, ...others } = record;
  return others;
}

const mutation = fc.record({
  path: fc.array(fc.nat(50), { minLength: 1, maxLength: 5 }),
  how: fc.constantFrom('replace' as const, 'remove' as const, 'add' as const),
  value: anything,
});

/** A JSON with one to four of its places changed. */
function spoil(json: Json): fc.Arbitrary<Json> {
  return fc
    .array(mutation, { minLength: 1, maxLength: 4 })
    .map((changes) =>
      changes.reduce<Json>((now, { path, how, value }) => mutate(now, path, how, value), json),
    );
}

/** A good answer, as JSON text, spoiled. */
export const spoiledFrom = (good: string): fc.Arbitrary<string> =>
  spoil(good === '' ? {} : (JSON.parse(good) as Json)).map((json) => JSON.stringify(json));

const zoomError = fc.record({
  code: fc.oneof(fc.constantFrom(0, 124, 200, 300, 429, 1001, 1010, 4700, 4711, 5301, -1), number, text),
  message: fc.oneof(text, anything),
  errors: fc.oneof(anything, fc.array(fc.record({ field: fc.oneof(text, anything), message: text }))),
}) as fc.Arbitrary<Json>;

const headers = fc.record(
  {
    'x-zm-trackingid': fc.string({ maxLength: 40 }).map((one) => encodeURIComponent(one)),
    'retry-after': fc.constantFrom(
      ...['0', '1', '-5', 'soon', '2026-01-16T00:00:00Z', '99999999999999'],
      // Longer than any timer takes, and believed.
      ...['2592000', '2026-03-16T00:00:00Z'],
    ),
    'x-ratelimit-type': fc.constantFrom('QPS', 'Daily-limit', '?'),
    'x-ratelimit-remaining': fc.constantFrom('0', '-1', '5', 'NaN'),
    'x-ratelimit-limit': fc.constantFrom('0', '4', 'none'),
    'content-type': fc.constantFrom('application/json', 'text/html', 'x'),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<Record<string, string>>;

/**
 * Random answers to an operation: what its schema allows, that with one or several places spoiled, errors by Zoom's manner, and
 * anything at all. About half of them are successes by their status.
 */
export function answersTo(id: OperationId): fc.Arbitrary<RandomAnswer> {
  const operation: Operation = operations[id];
  const [success = 200] = operation.success;
  const schema = (catalogue.operations[id].responses as Record<string, Schema>)[String(success)];
  const good: fc.Arbitrary<Json | undefined> =
    schema && success !== 204 ? allowed(schema) : fc.constant(undefined);
  const spoiled = good.chain((json) => spoil(json ?? {}));
  const status = (value: fc.Arbitrary<Json | undefined>, code: fc.Arbitrary<number>) =>
    fc.record({
      status: code,
      headers,
      body: value.map((json) => (json === undefined ? '' : JSON.stringify(json))),
    });
  const odd = fc.constantFrom(success, 400, 403, 404, 409, 429, 500, 503, 302);
  return fc.oneof(
    { weight: 3, arbitrary: status(good, fc.constant(success)) },
    { weight: 5, arbitrary: status(spoiled, fc.constant(success)) },
    { weight: 1, arbitrary: status(anything, fc.constant(success)) },
    { weight: 1, arbitrary: status(zoomError, odd) },
    { weight: 1, arbitrary: status(anything, odd) },
    {
      weight: 1,
      arbitrary: fc.record({
        status: odd,
        headers,
        body: fc.oneof(text, fc.constant('<!DOCTYPE html>'), fc.constant('{"a":')),
      }),
    },
  );
}
