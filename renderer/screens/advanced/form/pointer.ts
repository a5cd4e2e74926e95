import type { Json } from '../../../../shared/advanced.ts';

/** The parts of a JSON pointer (RFC 6901); the empty pointer has none. */
export function partsOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer to `name` within what `pointer` points at. */
export function within(pointer: string, name: string | number): string {
  return `${pointer}/${String(name).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

export type JsonObject = { readonly [key: string]: Json };

export function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
}

function child(value: Json | undefined, part: string): Json | undefined {
  if (isList(value)) return /^(?:0|[1-9]\d*)$/.test(part) ? value[Number(part)] : undefined;
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** The value at a pointer; undefined where there is none. */
export function valueAt(value: Json | undefined, pointer: string): Json | undefined {
  return partsOf(pointer).reduce<Json | undefined>(child, value);
}

/** A copy with another value at a pointer. What is on the way there and is no object (or list with that entry) becomes one. */
export function put(value: Json | undefined, pointer: string, next: Json): Json {
  return putParts(value, partsOf(pointer), next);
}

function putParts(value: Json | undefined, [part, ...rest]: readonly string[], next: Json): Json {
  if (part === undefined) return next;
  const inner = putParts(child(value, part), rest, next);
  if (isList(value) && /^(?:0|[1-9]\d*)$/.test(part) && Number(part) <= value.length)
    return Object.assign([...value], { [part]: inner });
  return { ...(isObject(value) ? value : {}), [part]: inner };
}

/** A copy without what is at a pointer, and without the objects that it leaves empty; entries of lists stay, so that none moves. */
export function drop(value: Json | undefined, pointer: string): Json | undefined {
  return dropParts(value, partsOf(pointer));
}

function dropParts(value: Json | undefined, [part, ...rest]: readonly string[]): Json | undefined {
  if (part === undefined) return undefined;
  const had = child(value, part);
  if (had === undefined) return value;
  const inner = dropParts(had, rest);
  if (isList(value)) {
    if (inner === undefined && rest.length === 0) return value.filter((_, at) => at !== Number(part));
    return Object.assign([...value], { [part]: inner ?? {} });
  }
  if (!isObject(value)) return value;
  const { [part]: _, ...others } = value;
  if (inner !== undefined) return { ...value, [part]: inner };
  return Object.keys(others).length === 0 ? undefined : others;
}
