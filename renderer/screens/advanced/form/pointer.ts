import { child, isList, isObject, type Json, stepsOf } from '../../../../shared/json.ts';

/** A copy with another value at a pointer. What is on the way there and is no object (or list with that entry) becomes one. */
export function put(value: Json | undefined, pointer: string, next: Json): Json {
  return putParts(value, stepsOf(pointer), next);
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
  return dropParts(value, stepsOf(pointer));
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
