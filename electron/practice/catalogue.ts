import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type Json, stepsOf, withNumbers } from '../../shared/json.ts';
import { catalogue, type Schema } from '../../shared/zoom/catalogue.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';

/** All operations in the catalogue's order: fixed routes stand before those with a user id. */
export const operationList: readonly (Operation & { readonly id: OperationId })[] = Object.values(operations);

/** A named definition of the catalogue, such as UserSettings. */
export function definition(name: string): Schema {
  const found = catalogue.definitions[name];
  if (!found) throw new Error(`The catalogue has no definition ${name}`);
  return found;
}

// Queries arrive as text and are coerced; bodies are JSON and are taken at their word.
const makers = { exact: make(false), coercing: make(true) };

function make(coerceTypes: boolean): () => Ajv {
  let ajv: Ajv | undefined;
  return () => {
    if (!ajv) {
      // That the catalogue is written right is a test's business: to see it here takes time and memory at each start.
      ajv = new Ajv({ allErrors: true, strict: false, coerceTypes, validateSchema: false });
      addFormats(ajv);
      ajv.addSchema(catalogue, 'zoom');
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
export function complaints(pointer: string, value: Json): Complaint[] {
  const check = validator(pointer, 'exact');
  return check(withNumbers(value)) ? [] : unique(check.errors ?? []);
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
    const path = [...stepsOf(error.instancePath), ...(named === undefined ? [] : [String(named)])];
    const field = path.join('.');
    if (!byField.has(field)) byField.set(field, { field, keyword: error.keyword });
  }
  return [...byField.values()];
}
