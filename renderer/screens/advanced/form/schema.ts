import type { Json } from '../../../../shared/advanced.ts';
import type { OperationId } from '../../../../shared/zoom/operations.gen.ts';
import document from '../../../../shared/zoom/schemas.gen.json' with { type: 'json' };

/** The part of JSON Schema (draft-07) that forms are made from. */
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
  readonly format?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly maxItems?: number;
  readonly default?: Json;
  readonly examples?: readonly Json[];
  readonly deprecated?: boolean;
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

export interface OperationSchemas {
  readonly help: string;
  readonly needs: readonly Need[];
  readonly path: Schema;
  readonly query: Schema;
  readonly body: Schema | null;
  readonly bodyRequired: boolean;
  readonly file?: {
    readonly field: string;
    readonly types: readonly string[];
    /** Bytes. */
    readonly maxBytes: number;
  };
  /** Fields, or values of them, that are later than the reference of 2022. */
  readonly later?: readonly { readonly path: string; readonly since: string; readonly value?: Json }[];
}

interface Catalogue {
  readonly operations: Readonly<Record<OperationId, OperationSchemas>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

// The JSON's own inferred type is thousands of literal members; only these few are read.
const catalogue = document as unknown as Catalogue;

export function schemasOf(id: OperationId): OperationSchemas {
  return catalogue.operations[id];
}

const prefix = '#/definitions/';

/** The schema with its reference followed and its parts of `allOf` put together; what stands beside a reference goes first. */
export function resolve(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>> = catalogue.definitions,
): Schema {
  const { $ref, allOf, ...own } = schema;
  const found = $ref?.startsWith(prefix) ? definitions[$ref.slice(prefix.length)] : undefined;
  const parts = [...(found ? [found] : []), ...(allOf ?? [])].map((part) => resolve(part, definitions));
  return [...parts, own].reduce(merge, {});
}

function merge(a: Schema, b: Schema): Schema {
  return {
    ...a,
    ...b,
    ...((a.properties || b.properties) && { properties: { ...a.properties, ...b.properties } }),
    ...((a.required || b.required) && { required: [...(a.required ?? []), ...(b.required ?? [])] }),
  };
}
