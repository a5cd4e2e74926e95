import { isList, isObject, type Json, type JsonObject, pointerTo, valueAt } from '../../shared/json.ts';
import { type FieldFacts, type Fields, keywords } from './facts.ts';
import { faultAt } from './unreadable.ts';

/** Zoom's own document has 1,200. Components that use each other twice and more could make billions. */
const most = 50_000;

/** Where the reading is: the pointer, and the references it came through, so that a component in itself ends. */
interface At {
  readonly pointer: string;
  readonly through: readonly string[];
}

/** A document, for what its schemas refer to. */
export interface Source {
  readonly root: Json;
  /** How many fields may still be read. */
  left: number;
}

export function sourceOf(root: Json): Source {
  return { root, left: most };
}

/**
 * The fields of a schema by their place, with the schema itself under ''. Of alternatives (oneOf, anyOf) a field has what all
 * of them allow together. Throws Unreadable, with the pointer, where the schema is none.
 */
export function readFields(source: Source, schema: Json | undefined, pointer: string): Fields {
  return read(source, schema, { pointer, through: [] });
}

function read(source: Source, value: Json | undefined, at: At): Fields {
  source.left -= 1;
  if (source.left < 0) throw faultAt(at.pointer, 'there are too many fields');
  const schema = objectAt(value, at.pointer);
  if (schema.$ref !== undefined) return follow(source, schema.$ref, at);
  const own = new Map<string, FieldFacts>([['', factsOf(schema, at.pointer)]]);
  const add = (name: string, child: Json | undefined, pointer: string) => {
    for (const [place, said] of read(source, child, { ...at, pointer })) own.set(join(name, place), said);
  };
  const properties = pointerTo(at.pointer, 'properties');
  for (const [name, child] of Object.entries(objectAt(schema.properties ?? {}, properties))) {
    add(nameOf(name), child, pointerTo(properties, name));
  }
  if (schema.items !== undefined) add('[]', schema.items, pointerTo(at.pointer, 'items'));
  const inside = (key: string) =>
    listAt(schema[key], pointerTo(at.pointer, key)).map((part, index) =>
      read(source, part, { ...at, pointer: pointerTo(pointerTo(at.pointer, key), index) }),
    );
  const alternatives = ['oneOf', 'anyOf'].map(inside).filter((list) => list.length > 0);
  const all = together([...inside('allOf'), ...alternatives.map(either), own]);
  for (const name of textsAt(schema.required, pointerTo(at.pointer, 'required'))) {
    const said = all.get(nameOf(name));
    if (said) all.set(nameOf(name), { ...said, required: true });
  }
  return all;
}

function follow(source: Source, ref: Json, at: At): Fields {
  const { value, pointer } = targetOf(source, ref, at.pointer);
  if (at.through.includes(pointer)) return new Map([['', {}]]);
  return read(source, value, { pointer, through: [...at.through, pointer] });
}

/** What a reference leads to. Throws Unreadable, with the pointer of what refers, where it is nothing in the document. */
export function targetOf({ root }: Source, ref: Json, from: string): { value: Json; pointer: string } {
  if (typeof ref !== 'string' || !ref.startsWith('#/')) {
    throw faultAt(from, `$ref leads out of the file: ${JSON.stringify(ref)}`);
  }
  const pointer = ref.slice(1);
  const value = valueAt(root, pointer);
  if (value === undefined) throw faultAt(from, `$ref leads to nothing: ${ref}`);
  return { value, pointer };
}

/** The place of a field of a field. */
export function join(place: string, name: string): string {
  if (place === '' || name === '' || name.startsWith('[]')) return place + name;
  return `${place}.${name}`;
}

/** What a field stands in; '' for those at the top. */
export function parentOf(place: string): string {
  return place.replace(/(?:\[\]|(?:^|\.)[^.[\]]*)$/, '');
}

/** A name as a place has it: one with other characters than names have is quoted, so that places stay what they are. */
function nameOf(name: string): string {
  if (/^[A-Za-z][\w-]*$/.test(name)) return name;
  const code = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return JSON.stringify(name).replace(/[.[\]* ]/g, code);
}

function factsOf(schema: JsonObject, pointer: string): FieldFacts {
  const said: { [key: string]: Json } = {};
  for (const key of keywords) {
    // A list of names here; whether the field itself is required is said by what it stands in.
    if (key === 'required' || key === 'type') continue;
    const value = schema[key];
    if (value === undefined || value === false) continue;
    said[key] = checked(key, value, pointerTo(pointer, key));
  }
  const type = typeOf(schema, pointer);
  return { ...(type !== undefined && { type }), ...(said as FieldFacts) };
}

const texts = ['format', 'pattern'];

function checked(key: string, value: Json, pointer: string): Json {
  if (key === 'enum') {
    return [
      ...new Set(listAt(value, pointer).map((one, index) => scalarAt(one, pointerTo(pointer, index)))),
    ].sort(inOrder);
  }
  if (key === 'default') return scalarAt(value, pointer);
  const type = key === 'deprecated' ? 'boolean' : texts.includes(key) ? 'string' : 'number';
  const exact = type === 'number' && typeof value === 'string' && /^-?\d+$/.test(value);
  if (typeof value !== type && !exact) throw faultAt(pointer, `this is not a ${type}`);
  return value;
}

function typeOf(schema: JsonObject, pointer: string): string | undefined {
  const { type, nullable } = schema;
  const guessed = schema.properties ? ['object'] : schema.items ? ['array'] : [];
  const told = typeof type === 'string' ? [type] : textsAt(type, pointerTo(pointer, 'type'));
  const types = [...(told.length > 0 ? told : guessed), ...(nullable === true ? ['null'] : [])];
  return types.length > 0 ? typesOf(types) : undefined;
}

const typesOf = (types: readonly string[]) =>
  [...new Set(types.flatMap((type) => type.split('|')))].sort().join('|');

/** Numbers by their size and before texts, texts by their letters: the order is the same for every file. */
function inOrder(a: Json, b: Json): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a !== typeof b) return typeof a < typeof b ? -1 : 1;
  const [left, right] = [String(a), String(b)];
  const digits = /^\d+$/.test(left) && /^\d+$/.test(right);
  if (digits && left.length !== right.length) return left.length - right.length;
  return left < right ? -1 : Number(left > right);
}

/** What holds where all the parts hold. */
function together(parts: readonly Fields[]): Map<string, FieldFacts> {
  const all = new Map<string, FieldFacts>();
  for (const part of parts) {
    for (const [place, said] of part) all.set(place, { ...all.get(place), ...said });
  }
  return all;
}

/** What holds where one of the parts holds. */
export function either(parts: readonly Fields[]): Fields {
  const places = new Set(parts.flatMap((part) => [...part.keys()]));
  return new Map(
    [...places].map((place) => {
      const said = parts.flatMap((part) => part.get(place) ?? []);
      const { required: _, ...widest } = said.reduce(widen);
      const beside = place === '' ? [] : parts.filter((part) => part.has(parentOf(place)));
      const required = beside.length > 0 && beside.every((part) => part.get(place)?.required === true);
      return [place, { ...widest, ...(required && { required }) }];
    }),
  );
}

function widen(a: FieldFacts, b: FieldFacts): FieldFacts {
  const out: { [key: string]: unknown } = {};
  for (const key of keywords) {
    const [left, right] = [a[key], b[key]];
    if (key === 'default') out[key] = left ?? right;
    else if (left === undefined || right === undefined) continue;
    else if (key === 'type') out[key] = typesOf([String(left), String(right)]);
    else if (key === 'enum') out[key] = [...new Set([...(a.enum ?? []), ...(b.enum ?? [])])].sort(inOrder);
    else if (key.startsWith('min')) out[key] = Math.min(Number(left), Number(right));
    else if (key.startsWith('max')) out[key] = Math.max(Number(left), Number(right));
    else if (left === right) out[key] = left;
  }
  return Object.fromEntries(Object.entries(out).filter(([, value]) => value !== undefined));
}

/** An object, or a fault at its place. */
export function objectAt(value: Json | undefined, pointer: string): JsonObject {
  if (!isObject(value)) throw faultAt(pointer, 'this is not an object');
  return value;
}

/** A list, empty where there is none, or a fault at its place. */
export function listAt(value: Json | undefined, pointer: string): readonly Json[] {
  if (value === undefined) return [];
  if (!isList(value)) throw faultAt(pointer, 'this is not a list');
  return value;
}

/** A list of texts, empty where there is none, or a fault at its place. */
export function textsAt(value: Json | undefined, pointer: string): readonly string[] {
  return listAt(value, pointer).map((text, index) => {
    if (typeof text !== 'string') throw faultAt(pointerTo(pointer, index), 'this is not a text');
    return text;
  });
}

function scalarAt(value: Json, pointer: string): Json {
  if (typeof value === 'object' && value !== null) throw faultAt(pointer, 'this is not a single value');
  return value;
}
