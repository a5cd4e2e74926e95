import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import document from '../../../shared/zoom/schemas.gen.json' with { type: 'json' };

/** The part of JSON Schema draft-07 that is walked through here; the rest is Ajv's. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
}

/** One error of Zoom's that the catalogue lists. In a message, `{name}` stands for anything. */
interface ListedError {
  readonly http: number;
  readonly code: number;
  readonly message?: string;
  readonly when: string;
}

/** What the catalogue says of an operation besides the table of operations. */
interface Facts {
  readonly help: string;
  readonly needs: readonly string[];
  readonly errors: readonly ListedError[];
  readonly path: Schema;
  readonly query: Schema;
  readonly body: Schema | null;
  readonly bodyRequired: boolean;
  /** What comes, by status. */
  readonly responses: Readonly<Record<string, Schema | null>>;
  readonly file?: { readonly types: readonly string[]; readonly maxBytes: number };
  /** Where the present values are: an operation that tells them, and parameters as JSON pointers into its answer. */
  readonly current?: {
    readonly of: OperationId;
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
  };
}

interface Document {
  readonly operations: Readonly<Record<OperationId, Facts>>;
  readonly commonErrors: readonly ListedError[];
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** The catalogue's schemas; the JSON's own inferred type is thousands of literal members, of which few are read. */
export const catalogue = document as unknown as Document;

/** The schema itself where it is only a reference to a definition. */
export function resolve(schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  return resolve(catalogue.definitions[schema.$ref.replace('#/definitions/', '')] ?? {});
}

/** The named fields of an object by the schema and all that it is put together from; undefined where it names none. */
export function propertiesOf(schema: Schema): ReadonlyMap<string, Schema> | undefined {
  const { properties, allOf = [] } = resolve(schema);
  const found = new Map<string, Schema>(Object.entries(properties ?? {}));
  for (const part of allOf) {
    for (const [name, property] of propertiesOf(part) ?? []) if (!found.has(name)) found.set(name, property);
  }
  return found.size > 0 ? found : undefined;
}

/** The schema of a list's entries. */
export function itemsOf(schema: Schema): Schema | undefined {
  const { items, allOf = [] } = resolve(schema);
  return items ?? allOf.map(itemsOf).find((part) => part !== undefined);
}
