import { catalogue, resolve, type Schema } from '../../../../shared/zoom/catalogue.ts';

/** The schema with its reference followed and its parts of `allOf` put together; what stands beside a reference goes first. */
export function merged(schema: Schema, definitions = catalogue.definitions): Schema {
  const { $ref, allOf, ...own } = schema;
  const found = $ref === undefined ? [] : [resolve({ $ref }, definitions)];
  const parts = [...found, ...(allOf ?? [])].map((part) => merged(part, definitions));
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
