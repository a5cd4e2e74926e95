import type { Json } from '../json.ts';
import type { OperationId } from './operations.gen.ts';
import document from './schemas.gen.json' with { type: 'json' };

/** The part of JSON Schema (draft-07) that is walked through by Tally's own code; the rest is Ajv's. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly Json[];
  /** What values of the enum, or of that of a list's entries, are called. */
  readonly titles?: Readonly<Record<string, string>>;
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly deprecated?: boolean;
  readonly readOnly?: boolean;
}

/** What an operation needs beforehand, as the catalogue names it. */
export type Need =
  | 'administrator'
  | 'licence'
  | 'paid-account'
  | 'same-account'
  | 'zoom-client'
  | 'virtual-backgrounds'
  | 'managed-domain'
  | 'work-email-login';

/** One error of Zoom's that the catalogue lists. In a message, `{name}` stands for anything. */
interface ListedError {
  readonly http: number;
  readonly code: number;
  readonly message?: string;
  readonly when: string;
}

/** A field of a body by its dotted path, a parameter of the query, or one value of either. */
interface Mark {
  readonly place?: 'query';
  readonly path: string;
  readonly value?: Json;
}

/** What the catalogue says of an operation besides the table of operations. */
export interface OperationSchemas {
  readonly help: string;
  readonly needs: readonly Need[];
  readonly errors: readonly ListedError[];
  readonly path: Schema;
  readonly query: Schema;
  readonly body: Schema | null;
  readonly bodyRequired: boolean;
  /** What comes, by status. */
  readonly responses: Readonly<Record<string, Schema | null>>;
  readonly file?: {
    readonly field: string;
    readonly types: readonly string[];
    /** Bytes: over the first Zoom takes no file, up to the second surely every one. */
    readonly maxBytes: number;
    readonly sureBytes: number;
  };
  /** What is later than the reference of 2022. */
  readonly later?: readonly (Mark & { readonly since: string })[];
  /** What only administrators may send. */
  readonly administrators?: readonly Mark[];
  /** Where the present values are: an operation that tells them, and parameters as JSON pointers into its answer. */
  readonly current?: {
    readonly of: OperationId;
    readonly path?: Readonly<Record<string, string>>;
    readonly query?: Readonly<Record<string, string>>;
  };
}

interface Catalogue {
  readonly operations: Readonly<Record<OperationId, OperationSchemas>>;
  readonly commonErrors: readonly ListedError[];
  readonly definitions: Readonly<Record<string, Schema>>;
}

/** The catalogue's schemas; the JSON's own inferred type is thousands of literal members, of which few are read. */
export const catalogue = document as unknown as Catalogue;

const prefix = '#/definitions/';

/** What a reference leads to; the schema itself where it is none. An unknown reference allows anything. */
export function resolve(schema: Schema, definitions = catalogue.definitions): Schema {
  if (schema.$ref === undefined) return schema;
  return resolve(definitions[schema.$ref.slice(prefix.length)] ?? {}, definitions);
}
