import type { Json } from '../../shared/json.ts';
import type { Catalogue, Entry, Node } from '../generate/catalogue.ts';
import { beginConversion, convert, sortedDefinitions } from '../generate/json-schema.ts';
import type { Facts, FieldFacts, Fields, OperationFacts } from './facts.ts';
import { either, join, readFields, sourceOf } from './fields.ts';
import { withoutPlainTop } from './take.ts';

/** The catalogue's word on what a reference of Zoom's tells: of a body what is sent, of an answer what is read. */
export function factsOfCatalogue(catalogue: Catalogue): Facts {
  const conversion = beginConversion(catalogue);
  const converted = catalogue.entries.map((entry) => ({
    entry,
    parameters: entry.parameters.map((one) => ({ ...one, schema: convert(conversion, one.schema, 'write') })),
    body: entry.bodySchema && convert(conversion, entry.bodySchema, 'write'),
    answers: [...entry.responses.values()].flatMap((schema) =>
      schema ? [convert(conversion, schema, 'read')] : [],
    ),
  }));
  // References lead to definitions, which are complete only now.
  const source = sourceOf({ definitions: sortedDefinitions(conversion) } as Json);
  const fieldsOf = (schema: Node, id: string) => readFields(source, schema as Json, `/${id}`);
  return new Map(
    converted.map(({ entry, parameters, body, answers }) => {
      const places = new Map<string, FieldFacts>();
      for (const { name, in: where, required, schema } of parameters) {
        for (const [place, said] of fieldsOf(schema, entry.id)) {
          places.set(join(`${where} ${name}`, place), {
            ...said,
            ...(place === '' && required && { required }),
          });
        }
      }
      const answer: Fields = either(answers.map((schema) => fieldsOf(schema, entry.id)));
      return [
        `${entry.method} ${entry.path}`,
        {
          ...saidOf(entry),
          parameters: places,
          body: withoutPlainTop(body ? fieldsOf(body, entry.id) : new Map()),
          answer: withoutPlainTop(answer),
        },
      ];
    }),
  );
}

function saidOf({
  id,
  node,
  responses,
  errors,
}: Entry): Omit<OperationFacts, 'parameters' | 'body' | 'answer'> {
  const { classic = [], granular = [] } = node['x-zoom-scopes'] as Partial<OperationFacts['scopes']>;
  return {
    id,
    ...(node.deprecated === true && { deprecated: true }),
    label: node['x-zoom-rate-limit'] as string,
    scopes: { classic, granular },
    success: [...responses.keys()].map(String).sort(),
    errors: [...new Set(errors.map(errorOf))].sort(),
  };
}

/** The errors that any operation may answer. */
export function commonErrors({ commonErrors: errors }: Catalogue): ReadonlySet<string> {
  return new Set(errors.map(errorOf));
}

/** Zoom's reference has no code for a limit; the catalogue has the one that comes, which is the status again. */
const errorOf = ({ http, code }: { readonly http: number; readonly code: number }) =>
  http === code ? String(http) : `${http} ${code}`;
