import { resolve, type Schema } from '../../../shared/zoom/catalogue.ts';

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
