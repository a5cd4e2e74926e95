import { type Json, writeJson } from '../../shared/json.ts';
import type { Catalogue, Node } from './catalogue.ts';

/** Who the schema is for: `write` is what is sent to Zoom, `read` is what Zoom answers. */
type View = 'read' | 'write';

/** A property by its dotted path, or one value of it. */
interface Mark {
  readonly path: string;
  readonly value?: unknown;
}

/** What of a schema came after the reference of 2022, and what only administrators may send. */
export interface Marks {
  readonly later: readonly (Mark & { readonly since: string })[];
  readonly administrators: readonly Mark[];
}

/** The schemas of the catalogue, and the definitions that converted ones referred to so far, by name. */
export interface Conversion {
  readonly schemas: { readonly [name: string]: Node };
  readonly definitions: Map<string, Node>;
}

const refPrefix = '#/components/schemas/';

/** Begins to make JSON Schema (draft-07) from OpenAPI 3.0 schemas, one view at a time. */
export function beginConversion({ schemas }: Catalogue): Conversion {
  return { schemas, definitions: new Map() };
}

/** The definitions that converted schemas referred to so far, sorted by name. */
export function sortedDefinitions({ definitions }: Conversion): Record<string, Node> {
  return Object.fromEntries([...definitions].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A reference to a component, which is thereby among the definitions. */
export function refer(to: Conversion, name: string, view: View): Node {
  const { schemas, definitions } = to;
  const schema = schemas[name];
  if (!schema) throw new Error(`openapi.yaml: no schema named ${name}`);
  const key = view === 'write' && differs(schemas, name, new Set()) ? `${name}Update` : name;
  if (!definitions.has(key)) {
    // Claimed before the conversion, so that a schema may refer to itself.
    definitions.set(key, {});
    definitions.set(key, convert(to, schema, view));
  }
  return { $ref: `#/definitions/${key}` };
}

/** The marks of a schema and of all properties below it; those of a list's entries are not looked for. */
export function marksOf({ schemas }: Conversion, root: Node): Marks {
  const parts = propertiesBelow(schemas, root, '');
  return {
    later: parts.flatMap(({ path, schema }) => [
      ...(schema['x-since'] === undefined ? [] : [{ path, since: String(schema['x-since']) }]),
      ...Object.entries((schema['x-since-values'] ?? {}) as Node).map(([name, year]) => ({
        path,
        value: valueNamed(schema, name),
        since: String(year),
      })),
    ]),
    administrators: parts.flatMap(({ path, schema }) => {
      const marked = schema['x-tally-administrator'];
      return Array.isArray(marked) ? marked.map((value) => ({ path, value })) : marked ? [{ path }] : [];
    }),
  };
}

function propertiesBelow(
  schemas: Conversion['schemas'],
  raw: Node,
  path: string,
): { readonly path: string; readonly schema: Node }[] {
  // A mark beside a reference is about this place alone.
  const schema = { ...target(schemas, raw), ...raw };
  const { properties, allOf } = schema;
  return [
    { path, schema },
    ...((allOf ?? []) as Node[]).flatMap((part) => propertiesBelow(schemas, part, path)),
    ...Object.entries((properties ?? {}) as { [name: string]: Node }).flatMap(([name, property]) =>
      propertiesBelow(schemas, property, path === '' ? name : `${path}.${name}`),
    ),
  ];
}

/** The value of an enum that a key of YAML stands for: keys are always texts. */
function valueNamed(schema: Node, name: string): unknown {
  const found = ((schema.enum ?? []) as unknown[]).find((value) => String(value) === name);
  if (found === undefined) throw new Error(`openapi.yaml: x-since-values names ${name}, which is no value`);
  return found;
}

/** The schema without what the view hides, what JSON Schema does not know, and with references to the definitions. */
export function convert(to: Conversion, schema: Node, view: View): Node {
  const ref = schema.$ref;
  if (typeof ref === 'string') return refer(to, ref.slice(refPrefix.length), view);
  const merged =
    view === 'write' ? { ...schema, ...((schema['x-write'] as Node | undefined) ?? {}) } : schema;
  const out: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(merged)) {
    if (key.startsWith('x-') || key === 'nullable') continue;
    if (key === 'example') out.examples = [value];
    else out[key] = keyword(to, key, value, view);
  }
  const titles = titlesOf(merged);
  if (titles.length > 0) out.titles = Object.fromEntries(titles);
  if (merged['x-tally-secret'] === true) out.format = 'password';
  if (merged.nullable === true) {
    out.type = [merged.type, 'null'];
    if (Array.isArray(out.enum)) out.enum = [...out.enum, null];
  }
  return out;
}

/** What the values of an enum, or those of a list, are called, as far as the schema says; large integers with all digits. */
function titlesOf(schema: Node): (readonly [value: string, title: string])[] {
  const titles = (schema['x-tally-choices'] ?? {}) as Readonly<Record<string, string>>;
  const values = (schema.enum ?? (schema.items as Node | undefined)?.enum ?? []) as Json[];
  return values.flatMap((value) => {
    const title = titles[String(value)];
    return title === undefined ? [] : [[typeof value === 'number' ? writeJson(value) : String(value), title]];
  });
}

function keyword(to: Conversion, key: string, value: unknown, view: View): unknown {
  if (key === 'properties') {
    const hidden = view === 'read' ? 'writeOnly' : 'readOnly';
    const kept = Object.entries(value as { [name: string]: Node }).filter(
      ([, property]) => target(to.schemas, property)[hidden] !== true,
    );
    return Object.fromEntries(kept.map(([name, property]) => [name, convert(to, property, view)]));
  }
  if (key === 'items') return convert(to, value as Node, view);
  if (key === 'anyOf' || key === 'allOf') return (value as Node[]).map((part) => convert(to, part, view));
  return value;
}

/** Whether reading and writing see different things in a component. */
function differs(schemas: Conversion['schemas'], name: string, seen: Set<string>): boolean {
  if (seen.has(name)) return false;
  seen.add(name);
  const look = (node: unknown): boolean => {
    if (Array.isArray(node)) return node.some(look);
    if (typeof node !== 'object' || node === null) return false;
    const { readOnly, writeOnly, $ref, 'x-write': write } = node as Node;
    if (readOnly === true || writeOnly === true || write !== undefined) return true;
    if (typeof $ref === 'string') return differs(schemas, $ref.slice(refPrefix.length), seen);
    return Object.values(node).some(look);
  };
  return look(schemas[name]);
}

/** What a reference leads to; the schema itself where it is none. */
export function target(schemas: Conversion['schemas'], schema: Node): Node {
  const ref = schema.$ref;
  if (typeof ref !== 'string') return schema;
  const found = schemas[ref.slice(ref.lastIndexOf('/') + 1)];
  if (!found) throw new Error(`openapi.yaml: no schema named ${ref}`);
  return target(schemas, found);
}
