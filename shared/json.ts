/** What JSON can say. An integer beyond 2^53 is a bigint, as a number would round it. */
export type Json =
  | null
  | boolean
  | number
  | bigint
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** What a text says as JSON, with large integers rounded; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Of Unicode's private use: hardly any text has it, and the count of it in a text tells how many in a row none has. */
const mark = '\ue000';
const textOrNumber = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/gs;

/** What a text says as JSON, with all digits of its integers; undefined where it is none. */
export function readJson(text: string): Json | undefined {
  const rounded = parseJson(text) as Json | undefined;
  if (rounded === undefined || !/\d{16}/.test(text)) return rounded;
  const sign = signNotIn(text);
  const marked = text.replaceAll(textOrNumber, (one) =>
    /^-?\d+$/.test(one) && !Number.isSafeInteger(Number(one)) ? `"${sign}${one}"` : one,
  );
  try {
    return JSON.parse(marked, (_, value) =>
      typeof value === 'string' && value.startsWith(sign) ? BigInt(value.slice(sign.length)) : value,
    );
  } catch {
    // Nested so deeply that there is no stack left for looking at each value.
    return rounded;
  }
}

/** Writes JSON, large integers with all the digits that they have. Throws what JSON.stringify throws. */
export function writeJson(value: unknown, indent?: number): string {
  let isPlain = true;
  const plain = JSON.stringify(
    value,
    (_, one) => {
      if (!isLarge(one)) return one;
      isPlain = false;
      return 0;
    },
    indent,
  );
  if (isPlain) return plain;
  const sign = signNotIn(plain);
  return JSON.stringify(value, (_, one) => (isLarge(one) ? `${sign}${BigInt(one)}` : one), indent).replaceAll(
    new RegExp(`"${sign}(-?\\d+)"`, 'g'),
    '$1',
  );
}

/** From 1e21 on, numbers are written with an exponent. */
function isLarge(value: unknown): value is bigint | number {
  if (typeof value === 'bigint') return true;
  return Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value as number) < 1e21;
}

/** A text that is in none of a JSON text's own, as characters or escaped. */
function signNotIn(text: string): string {
  return mark.repeat((text.match(/\ue000|\\ue000/gi)?.length ?? 0) + 1);
}

/**
 * The value for a checker of schemas, which knows no bigint. An integer that is no number's becomes one that no list of values
 * has and that is beyond every limit.
 */
export function withNumbers(value: Json): Json {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (Number.isFinite(number) && BigInt(number) === value) return number;
    return value < 0n ? -Number.MAX_VALUE : Number.MAX_VALUE;
  }
  if (isList(value)) return value.map(withNumbers);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, withNumbers(entry)]));
}

/** An object with names, and no list. */
export function isObject(value: Json | undefined): value is JsonObject;
export function isObject(value: unknown): value is { readonly [key: string]: unknown };
export function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

/** The pointer (RFC 6901) to an entry of what `pointer` leads to. */
export function pointerTo(pointer: string, key: string | number): string {
  return `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** The steps of a pointer; the empty pointer has none. */
export function stepsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** What one step of a pointer leads to. */
export function child(value: Json | undefined, step: string): Json | undefined {
  if (isList(value)) return /^(?:0|[1-9]\d*)$/.test(step) ? value[Number(step)] : undefined;
  return isObject(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** The value at a pointer; undefined where there is none. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return stepsOf(pointer).reduce<Json | undefined>(child, value);
}

/** Whether two values of JSON are the same, lists in the same order. Equal values of two snapshots of main are never identical. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((one, index) => sameJson(one, b[index]));
  }
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  const keys = Object.keys(left);
  if (keys.length !== Object.keys(right).length) return false;
  return keys.every((key) => Object.hasOwn(right, key) && sameJson(left[key], right[key]));
}

/** Whether two values are the same to Zoom, which gives lists back in an order of its own: no list's order counts. */
export function sameUnordered(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || canonical(a) === canonical(b);
}

function canonical(value: Json | undefined): string {
  if (isList(value)) return `[${value.map(canonical).sort().join(',')}]`;
  if (!isObject(value)) return value === undefined ? 'absent' : writeJson(value);
  const fields = Object.keys(value).sort();
  return `{${fields.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join(',')}}`;
}
