import type { Catalogue, Node } from './catalogue.ts';

/** Who the schema is for: `write` is what is sent to Zoom, `read` is what Zoom answers. */
type View = 'read' | 'write';

/** Something of a body that came after the reference: a property, or one value of it. */
interface Later {
  readonly path: string;
  readonly value?: string;
  readonly since: string;
}

const refPrefix = '#/components/schemas/';

/** JSON Schema (draft-07) from OpenAPI 3.0 schemas, one view at a time. */
export class Converter {
  readonly #schemas: { readonly [name: string]: Node };
  readonly #used = new Map<string, Node>();

  constructor(catalogue: Catalogue) {
    this.#schemas = catalogue.schemas;
  }

  /** The definitions that converted schemas referred to so far, by name. */
  definitions(): Record<string, Node> {
    return Object.fromEntries([...this.#used].sort(([a], [b]) => (a < b ? -1 : 1)));
  }

  /** A reference to a component, which is thereby among the definitions. */
  use(name: string, view: View): Node {
    return { $ref: this.#reference(name, view) };
  }

  /** The properties and values of a body that came after the reference, by dotted path. */
  later(schema: Node, path = ''): Later[] {
    const { properties, allOf, 'x-since': since, 'x-since-values': values } = this.#target(schema);
    return [
      ...(since === undefined ? [] : [{ path, since: String(since) }]),
      ...Object.entries((values ?? {}) as Node).map(([value, year]) => ({
        path,
        value,
        since: String(year),
      })),
      ...((allOf ?? []) as Node[]).flatMap((part) => this.later(part, path)),
      ...Object.entries((properties ?? {}) as { [name: string]: Node }).flatMap(([name, property]) =>
        this.later(property, path === '' ? name : `${path}.${name}`),
      ),
    ];
  }

  /** The schema without what the view hides, what JSON Schema does not know, and with references to the definitions. */
  convert(schema: Node, view: View): Node {
    const ref = schema.$ref;
    if (typeof ref === 'string') return this.use(ref.slice(refPrefix.length), view);
    const merged =
      view === 'write' ? { ...schema, ...((schema['x-write'] as Node | undefined) ?? {}) } : schema;
    const out: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(merged)) {
      if (key.startsWith('x-') || key === 'nullable') continue;
      out[key] = this.#keyword(key, value, view);
      if (key === 'example') {
        delete out.example;
        out.examples = [value];
      }
    }
    if (merged['x-tally-secret'] === true) out.format = 'password';
    if (merged.nullable === true) {
      out.type = [merged.type, 'null'];
      if (Array.isArray(out.enum)) out.enum = [...out.enum, null];
    }
    return out;
  }

  #keyword(key: string, value: unknown, view: View): unknown {
    if (key === 'properties') {
      const kept = Object.entries(value as { [name: string]: Node }).filter(
        ([, property]) => !this.#hidden(property, view),
      );
      return Object.fromEntries(kept.map(([name, property]) => [name, this.convert(property, view)]));
    }
    if (key === 'items') return this.convert(value as Node, view);
    if (key === 'anyOf' || key === 'allOf') return (value as Node[]).map((part) => this.convert(part, view));
    return value;
  }

  #reference(name: string, view: View): string {
    const schema = this.#schemas[name];
    if (!schema) throw new Error(`openapi.yaml: no schema named ${name}`);
    const key = view === 'write' && this.#differs(name, new Set()) ? `${name}Update` : name;
    if (!this.#used.has(key)) {
      // Claimed before the conversion, so that a schema may refer to itself.
      this.#used.set(key, {});
      this.#used.set(key, this.convert(schema, view));
    }
    return `#/definitions/${key}`;
  }

  /** Whether reading and writing see different things in a component. */
  #differs(name: string, seen: Set<string>): boolean {
    if (seen.has(name)) return false;
    seen.add(name);
    const look = (node: unknown): boolean => {
      if (Array.isArray(node)) return node.some(look);
      if (typeof node !== 'object' || node === null) return false;
      const { readOnly, writeOnly, $ref, 'x-write': write } = node as Node;
      if (readOnly === true || writeOnly === true || write !== undefined) return true;
      if (typeof $ref === 'string') return this.#differs($ref.slice(refPrefix.length), seen);
      return Object.values(node).some(look);
    };
    return look(this.#schemas[name]);
  }

  #hidden(property: Node, view: View): boolean {
    return this.#target(property)[view === 'read' ? 'writeOnly' : 'readOnly'] === true;
  }

  #target(schema: Node): Node {
    const ref = schema.$ref;
    if (typeof ref !== 'string') return schema;
    const found = this.#schemas[ref.slice(refPrefix.length)];
    if (!found) throw new Error(`openapi.yaml: no schema named ${ref}`);
    return this.#target(found);
  }
}
