import { z } from 'zod';
import { parseExact } from './parse.ts';
import { faultOf } from './unreadable.ts';

/** A value of an enum, or a default; an integer beyond 2^53 is a text. */
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const limit = z.union([z.number(), z.string().regex(/^-?\d+$/)]);

const field = z.strictObject({
  /** Several types are joined with `|`. */
  type: z.string().optional(),
  format: z.string().optional(),
  enum: z.array(scalar).optional(),
  minimum: limit.optional(),
  maximum: limit.optional(),
  minLength: limit.optional(),
  maxLength: limit.optional(),
  minItems: limit.optional(),
  maxItems: limit.optional(),
  pattern: z.string().optional(),
  default: scalar.optional(),
  required: z.literal(true).optional(),
  deprecated: z.literal(true).optional(),
});

const fields = z.record(z.string(), field);

const operation = z.strictObject({
  id: z.string(),
  deprecated: z.literal(true).optional(),
  label: z.string().optional(),
  scopes: z.strictObject({ classic: z.array(z.string()), granular: z.array(z.string()) }),
  success: z.array(z.string()),
  errors: z.array(z.string()),
  parameters: fields,
  body: fields,
  answer: fields,
});

const facts = z.strictObject({
  generated: z.string(),
  operations: z.record(z.string(), operation),
});

/** What is said of one field: what it may hold, in the words of JSON Schema. */
export type FieldFacts = z.infer<typeof field>;

/** Fields by their place: `name`, `list[].name`; parameters by where they stand and their name: `query page_size`. */
export type Fields = ReadonlyMap<string, FieldFacts>;

/** What is said of one operation. */
export interface OperationFacts {
  readonly id: string;
  readonly deprecated?: true | undefined;
  /** Zoom's class for its limits, such as `Light`. */
  readonly label?: string | undefined;
  readonly scopes: { readonly classic: readonly string[]; readonly granular: readonly string[] };
  /** HTTP statuses. */
  readonly success: readonly string[];
  /** HTTP status and Zoom's code (`400 300`), or the status alone where there is no code. */
  readonly errors: readonly string[];
  readonly parameters: Fields;
  readonly body: Fields;
  readonly answer: Fields;
}

/** Operations by method and path: `GET /users/{userId}`. */
export type Facts = ReadonlyMap<string, OperationFacts>;

/** The keywords that a field may have, in the order in which they are written and compared. */
export const keywords = Object.keys(field.shape) as (keyof FieldFacts)[];

const parts = ['parameters', 'body', 'answer'] as const;

/** The facts as a file: one line a field, everything sorted, so that two references can be compared by git. */
export function factsToText(facts: Facts): string {
  const operations = sorted(facts).map(([name, one]) => {
    const { parameters: _, body: __, answer: ___, ...said } = one;
    const own = Object.entries(said).map(([key, value]) => `   ${json(key)}: ${json(value)}`);
    const lists = parts.map((part) => `   ${json(part)}: ${fieldsToText(one[part])}`);
    return `  ${json(name)}: {\n${[...own, ...lists].join(',\n')}\n  }`;
  });
  const head = 'Facts of a reference of Zoom, made by npm run compare-reference -- --take; do not edit.';
  return `{\n "generated": ${json(head)},\n "operations": {\n${operations.join(',\n')}\n }\n}\n`;
}

function fieldsToText(of: Fields): string {
  if (of.size === 0) return '{}';
  const lines = sorted(of).map(([place, said]) => {
    const inOrder = keywords.flatMap((key) => (said[key] === undefined ? [] : [[key, said[key]]]));
    return `    ${json(place)}: ${json(Object.fromEntries(inOrder))}`;
  });
  return `{\n${lines.join(',\n')}\n   }`;
}

function sorted<T>(map: ReadonlyMap<string, T>): [string, T][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

const json = (value: unknown) => JSON.stringify(value);

/** Reads a file of facts. Throws Unreadable, with the place, where it is not one. */
export function factsFromText(text: string): Facts {
  const { data, error } = facts.safeParse(parseExact(text));
  if (!data) throw faultOf(error);
  return new Map(
    Object.entries(data.operations).map(([name, { parameters, body, answer, ...said }]) => [
      name,
      { ...said, parameters: mapOf(parameters), body: mapOf(body), answer: mapOf(answer) },
    ]),
  );
}

const mapOf = (of: { readonly [place: string]: FieldFacts }): Fields => new Map(Object.entries(of));
