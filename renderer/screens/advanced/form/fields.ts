import type { Json } from '../../../../shared/advanced.ts';
import { isList, isObject, readJson, stepsOf, writeJson } from '../../../../shared/json.ts';
import { spoken } from '../../../../shared/words/language.ts';
import type { Schema } from '../../../../shared/zoom/catalogue.ts';
import { merged } from './schema.ts';

interface Common {
  /** As Zoom calls it: the last part of its pointer. */
  readonly name: string;
  /** In words, where the catalogue has some. */
  readonly title?: string | undefined;
  readonly help?: string | undefined;
  readonly required: boolean;
  readonly nullable: boolean;
  readonly deprecated: boolean;
  /** Later than the reference of 2022: the year it was first seen. */
  readonly since?: string | undefined;
  /** Only administrators may send it. */
  readonly administrators: boolean;
  readonly example?: Json | undefined;
  /** What Zoom takes where nothing is sent. */
  readonly initial?: Json | undefined;
}

export interface Choice {
  readonly value: Json;
  readonly word: string;
  readonly since?: string | undefined;
  readonly administrators: boolean;
}

export type TextField = Common & {
  readonly kind: 'text';
  readonly format?: string | undefined;
  readonly maxLength?: number | undefined;
};
export type NumberField = Common & {
  readonly kind: 'number';
  readonly integer: boolean;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
};
export type ChoiceField = Common & { readonly kind: 'choice'; readonly choices: readonly Choice[] };
export type ObjectField = Common & {
  readonly kind: 'object';
  readonly fields: readonly Field[];
  /** What further entries, of any name, are; absent: there are none. */
  readonly rest?: Field | undefined;
};
export type ListField = Common & {
  readonly kind: 'list';
  readonly item: Field;
  readonly maxItems?: number | undefined;
};
export type VariantsField = Common & { readonly kind: 'variants'; readonly variants: readonly Field[] };
type PlainField = Common & { readonly kind: 'secret' | 'switch' | 'json' };

/** One place of a form. */
export type Field =
  | TextField
  | NumberField
  | ChoiceField
  | ObjectField
  | ListField
  | VariantsField
  | PlainField;

/** What the schemas alone do not tell; all of it is asked by dotted path ("user_info.email"). */
export interface Knowledge {
  readonly since?: (path: string, value?: Json) => string | undefined;
  readonly administrators?: (path: string, value?: Json) => boolean;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

/** Deeper than any schema of Zoom's; one that holds itself would go on for ever. */
const deepest = 12;

/** The form's field for a schema. */
export function fieldOf(name: string, schema: Schema, know: Knowledge = {}, required = false): Field {
  return make(name, schema, { know, required, path: [], depth: 0 });
}

interface Place {
  readonly know: Knowledge;
  readonly required: boolean;
  readonly path: readonly string[];
  readonly depth: number;
}

function make(name: string, raw: Schema, place: Place): Field {
  const schema = merged(raw, place.know.definitions);
  const { title, description, deprecated = false, examples } = schema;
  const common = {
    name,
    title: title && spoken(title),
    help: description && spoken(description),
    required: place.required,
    nullable: typesOf(schema).includes('null'),
    deprecated,
    since: place.know.since?.(place.path.join('.')),
    administrators: place.know.administrators?.(place.path.join('.')) ?? false,
    example: examples?.[0],
    initial: schema.default,
  };
  if (place.depth > deepest) return { ...common, kind: 'json' };
  return choiceOf(common, raw, place) ?? wholeOf(common, schema, place) ?? plainOf(common, schema);
}

const typesOf = ({ type }: Schema) => [type ?? []].flat();
const typeOf = (schema: Schema) => typesOf(schema).find((one) => one !== 'null');

function inner(place: Place, part: string, schema: Schema, required = false): Field {
  const path = part === '' ? place.path : [...place.path, part];
  return make(part, schema, { ...place, required, path, depth: place.depth + 1 });
}

/** One of several values, or of several shapes. */
function choiceOf(common: Common, raw: Schema, place: Place): Field | undefined {
  const { anyOf, oneOf, enum: values, description, titles } = merged(raw, place.know.definitions);
  const variants = anyOf ?? oneOf;
  if (variants)
    return { ...common, kind: 'variants', variants: variants.map((one) => inner(place, '', one)) };
  if (!values) return undefined;
  // What stands beside a reference is about the place; what the values mean is said where they are defined.
  const { description: defined } = merged(raw.$ref ? { $ref: raw.$ref } : {}, place.know.definitions);
  const words = `${description ?? ''}\n${defined ?? ''}`;
  return { ...common, kind: 'choice', choices: choicesOf(values, { titles, words }, place) };
}

/** What holds others: an object or a list. */
function wholeOf(common: Common, schema: Schema, place: Place): Field | undefined {
  const { properties, additionalProperties: rest, items = {}, titles, maxItems } = schema;
  const type = typeOf(schema);
  if (type === 'object' || properties)
    return {
      ...common,
      kind: 'object',
      fields: Object.entries(properties ?? {}).map(([part, one]) =>
        inner(place, part, one, schema.required?.includes(part)),
      ),
      rest: typeof rest === 'object' ? inner(place, '', rest) : undefined,
    };
  if (type !== 'array') return undefined;
  return {
    ...common,
    kind: 'list',
    item: inner(place, '', { ...items, ...(titles && { titles }) }),
    maxItems,
  };
}

/** A single value. */
function plainOf(common: Common, schema: Schema): Field {
  const { format, minimum, maximum, maxLength } = schema;
  const type = typeOf(schema);
  if (type === 'integer' || type === 'number')
    return { ...common, kind: 'number', integer: type === 'integer', minimum, maximum };
  if (type === 'boolean') return { ...common, kind: 'switch' };
  if (type !== 'string') return { ...common, kind: 'json' };
  if (format === 'password') return { ...common, kind: 'secret' };
  return { ...common, kind: 'text', format, maxLength };
}

function choicesOf(
  values: readonly Json[],
  { titles, words }: { readonly titles: Schema['titles']; readonly words: string },
  { know, path: steps }: Place,
): Choice[] {
  const path = steps.join('.');
  // The catalogue's are numbers, of which JSON has all digits.
  const exact = values.map((value) =>
    typeof value === 'number' ? (readJson(writeJson(value)) ?? value) : value,
  );
  const meanings = exact.map((value) => meaningOf(words, value));
  // Where the description does not name all of them, what looks like a name may be none.
  const told = meanings.every((meaning) => meaning !== undefined);
  return exact.map((value, at) => {
    const given = values[at];
    const word = titles?.[String(value)] ?? (told ? meanings[at] : undefined);
    const isSame = word === undefined || word.replaceAll(',', '') === String(value);
    return {
      value,
      word: isSame ? String(value) : `${value}: ${spoken(word)}`,
      since: know.since?.(path, given),
      administrators: know.administrators?.(path, given) ?? false,
    };
  });
}

/** What a description says of a value: of "1 Basic, 2 Licensed." it says "Basic" of 1. */
function meaningOf(description: string, value: Json): string | undefined {
  const named = String(value).replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = description.match(new RegExp(`(?:^|[\\s,;:("“])${named}["”]?:?\\s+([^,;.]+)`, 'u'));
  return found?.[1]?.trim();
}

/** The field that a pointer leads to from `root`; undefined where the form has none. */
export function fieldAt(root: Field, pointer: string): Field | undefined {
  return stepsOf(pointer).reduce<Field | undefined>(step, root);
}

function step(field: Field | undefined, part: string): Field | undefined {
  if (field?.kind === 'object') return field.fields.find(({ name }) => name === part) ?? field.rest;
  if (field?.kind === 'list') return field.item;
  if (field?.kind === 'variants')
    return field.variants.map((variant) => step(variant, part)).find((found) => found !== undefined);
  return undefined;
}

/** Whether a value has the shape of a field, so that the form can show it; whether Zoom takes it is main's to say. */
export function fits(field: Field, value: Json): boolean {
  if (value === null) return field.nullable || field.kind === 'json';
  switch (field.kind) {
    case 'object':
      return isObject(value);
    case 'list':
      return isList(value);
    case 'switch':
      return typeof value === 'boolean';
    case 'text':
    case 'secret':
      return typeof value === 'string';
    case 'number':
      // A text that is no number yet, as one types it.
      return ['number', 'bigint', 'string'].includes(typeof value);
    case 'choice':
      return field.choices.some((choice) => choice.value === value);
    case 'variants':
      return field.variants.some((variant) => fits(variant, value));
    case 'json':
      return true;
  }
}

/** Which variant a value is one of: the first that it fits, -1 where none does. An object is the one whose names it has most of. */
export function variantOf({ variants }: VariantsField, value: Json): number {
  const known = (variant: Field) =>
    isObject(value) && variant.kind === 'object'
      ? Object.keys(value).filter((key) => variant.fields.some(({ name }) => name === key)).length
      : 0;
  // A text fits a number, as far as typing goes; but a variant that is a text fits it better.
  const exact = (variant: Field) => !(variant.kind === 'number' && typeof value === 'string');
  const fitting = variants.filter((variant) => fits(variant, value));
  const [best] = [...fitting].sort((a, b) => known(b) - known(a) || Number(exact(b)) - Number(exact(a)));
  return best ? variants.indexOf(best) : -1;
}

/** A value to begin with, where one has to be: a new entry of a list, a chosen variant. */
export function blankOf(field: Field): Json {
  switch (field.kind) {
    case 'object':
      return {};
    case 'list':
      return [];
    case 'switch':
      return false;
    case 'number':
      return field.minimum ?? 0;
    case 'choice':
      return field.choices[0]?.value ?? '';
    case 'variants':
      return field.variants[0] ? blankOf(field.variants[0]) : null;
    case 'json':
      return null;
    case 'text':
    case 'secret':
      return '';
  }
}

/** A value as it stands in a line to type in. */
export function textOf(value: Json | undefined): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : writeJson(value);
}

/** What a typed number is: a number where it is one as JSON writes it, else the text as it is, which main then finds fault with. */
export function numberOf(text: string): Json {
  const trimmed = text.trim();
  if (/^-?[1-9]\d{15,}$/.test(trimmed)) return readJson(trimmed) ?? text;
  const number = Number(trimmed);
  return trimmed !== '' && String(number) === trimmed && Number.isFinite(number) && isExact(number)
    ? number
    : text;
}

/** Whether a number is the one that was written: beyond this, JavaScript takes the nearest one that it has. */
export function isExact(number: number): boolean {
  return Number.isFinite(number) && (!Number.isInteger(number) || Number.isSafeInteger(number));
}
