import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import document from '../../shared/zoom/schemas.gen.json' with { type: 'json' };

/** The part of JSON Schema draft-07 that the practice Zoom walks through by itself. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly default?: unknown;
  readonly readOnly?: boolean;
}

/** One error of Zoom's that the catalogue lists for an operation. */
interface ListedError {
  readonly http: number;
  readonly code: number | null;
  readonly message?: string;
  readonly when: string;
}

interface OperationSchemas {
  readonly errors: readonly ListedError[];
  readonly body: Schema | null;
  readonly bodyRequired: boolean;
}

interface Document {
  readonly operations: Readonly<Record<string, OperationSchemas>>;
  readonly definitions: Readonly<Record<string, Schema>>;
}

// The JSON's own inferred type is thousands of literal members; only these few are read.
const catalogue = document as unknown as Document;

/** All operations in the catalogue's order: fixed routes stand before those with a user id. */
export const operationList: readonly (Operation & { readonly id: OperationId })[] = Object.values(operations);

/** The schemas and errors of one operation. */
export function schemasOf(id: OperationId): OperationSchemas {
  const found = catalogue.operations[id];
  if (!found) throw new Error(`The catalogue has no schemas for ${id}`);
  return found;
}

/** A named definition of the catalogue, such as UserSettings. */
export function definition(name: string): Schema {
  const found = catalogue.definitions[name];
  if (!found) throw new Error(`The catalogue has no definition ${name}`);
  return found;
}

/** The schema itself where it is only a reference to a definition. */
export function resolve(schema: Schema): Schema {
  return schema.$ref ? resolve(definition(schema.$ref.replace('#/definitions/', ''))) : schema;
}

// Queries arrive as text and are coerced; bodies are JSON and are taken at their word.
const makers = { exact: make(false), coercing: make(true) };

function make(coerceTypes: boolean): () => Ajv {
  let ajv: Ajv | undefined;
  return () => {
    if (!ajv) {
      ajv = new Ajv({ allErrors: true, strict: false, coerceTypes });
      addFormats(ajv);
      ajv.addSchema(document, 'zoom');
    }
    return ajv;
  };
}

function validator(pointer: string, kind: keyof typeof makers): ValidateFunction {
  const found = makers[kind]().getSchema(`zoom#${pointer}`);
  if (!found) throw new Error(`The catalogue has no schema at ${pointer}`);
  return found;
}

/** A schema's complaint about one field: its dotted path and the JSON Schema keyword it broke. */
interface Complaint {
  readonly field: string;
  readonly keyword: string;
}

/** What is wrong with a value against the schema at a JSON pointer of the catalogue; empty when it is valid. */
export function complaints(pointer: string, value: unknown): Complaint[] {
  const check = validator(pointer, 'exact');
  return check(value) ? [] : unique(check.errors ?? []);
}

/** As `complaints`, for a query: its texts are turned into numbers and booleans in place. */
export function queryComplaints(id: OperationId, query: Record<string, unknown>): Complaint[] {
  const check = validator(`/operations/${id}/query`, 'coercing');
  return check(query) ? [] : unique(check.errors ?? []);
}

function unique(errors: readonly ErrorObject[]): Complaint[] {
  const byField = new Map<string, Complaint>();
  for (const error of errors) {
    if (error.keyword === 'anyOf') continue;
    const named = error.params.missingProperty ?? error.params.additionalProperty;
    const path = [...error.instancePath.split('/').slice(1), ...(named === undefined ? [] : [String(named)])];
    const field = path.map((part) => part.replace(/~1/g, '/').replace(/~0/g, '~')).join('.');
    if (!byField.has(field)) byField.set(field, { field, keyword: error.keyword });
  }
  return [...byField.values()];
}
