import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A piece of the YAML file: OpenAPI 3.0.3 is loosely typed and only the parts read here are named. */
export type Node = { readonly [key: string]: unknown };

interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly required: boolean;
  readonly description: string;
  readonly schema: Node;
}

interface ZoomError {
  readonly http: number;
  readonly code: number;
  readonly message?: string;
  readonly when: string;
  readonly means?: string;
}

/** One operation of the catalogue with its parameters resolved. */
export interface Entry {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly node: Node;
  readonly parameters: readonly Parameter[];
  readonly body: 'none' | 'json' | 'multipart';
  readonly bodySchema: Node | undefined;
  readonly bodyRequired: boolean;
  /** Success statuses with the schema of their body, if they have one. */
  readonly responses: ReadonlyMap<number, Node | undefined>;
  readonly errors: readonly ZoomError[];
}

export interface Catalogue {
  readonly entries: readonly Entry[];
  readonly schemas: { readonly [name: string]: Node };
  readonly commonErrors: readonly ZoomError[];
  /** Sections of the settings with their parts, as x-tally-settings has them. */
  readonly settingSections: readonly Node[];
  readonly settingTwins: Readonly<Record<string, string>>;
}

/** What carries no `x-since` is in the reference that the catalogue began with. */
export const referenceYear = '2022';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

function asNode(value: unknown, where: string): Node {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`openapi.yaml: ${where} is not an object`);
  }
  return value as Node;
}

export function asText(value: unknown, where: string): string {
  if (typeof value !== 'string' || value.trim() === '') throw new Error(`openapi.yaml: ${where} has no text`);
  return value.trim();
}

/** Reads the catalogue. Throws, naming the place, where the file lacks something every operation must have. */
export function readCatalogue(file: string | URL): Catalogue {
  const root = asNode(parse(readFileSync(file, 'utf8')), 'the file');
  const components = asNode(root.components, 'components');
  const shared = asNode(components.parameters, 'components.parameters');
  const entries: Entry[] = [];
  for (const [path, item] of Object.entries(asNode(root.paths, 'paths'))) {
    for (const [method, node] of Object.entries(asNode(item, path))) {
      if (methods.includes(method)) entries.push(readEntry(path, method, asNode(node, path), shared));
    }
  }
  return {
    entries,
    schemas: asNode(components.schemas, 'components.schemas') as { [name: string]: Node },
    commonErrors: (root['x-zoom-common-errors'] ?? []) as ZoomError[],
    settingSections: (root['x-tally-settings'] ?? []) as Node[],
    settingTwins: (root['x-tally-twins'] ?? {}) as Record<string, string>,
  };
}

function readEntry(path: string, method: string, node: Node, shared: Node): Entry {
  const id = asText(node.operationId, `${method} ${path} operationId`);
  const parameters = ((node.parameters ?? []) as Node[]).map((raw): Parameter => {
    const ref = raw.$ref;
    const name = typeof ref === 'string' ? (ref.split('/').pop() as string) : '';
    const found = ref === undefined ? raw : asNode(shared[name], `parameter ${name}`);
    return {
      name: asText(found.name, `${id} parameter name`),
      in: found.in === 'path' ? 'path' : 'query',
      required: found.required === true,
      description: asText(found.description, `${id} parameter ${String(found.name)} description`),
      schema: asNode(found.schema, `${id} parameter schema`),
    };
  });
  const request = (node.requestBody ?? {}) as Node;
  const content = (request.content ?? {}) as Node;
  const json = content['application/json'] as Node | undefined;
  const multipart = content['multipart/form-data'] as Node | undefined;
  const responses = new Map<number, Node | undefined>();
  for (const [status, response] of Object.entries(asNode(node.responses, `${id} responses`))) {
    if (!/^2\d\d$/.test(status)) continue;
    const body = ((response as Node).content as Node | undefined)?.['application/json'] as Node | undefined;
    responses.set(Number(status), body?.schema as Node | undefined);
  }
  return {
    id,
    method: method.toUpperCase(),
    path,
    node,
    parameters,
    body: json ? 'json' : multipart ? 'multipart' : 'none',
    bodySchema: (json ?? multipart)?.schema as Node | undefined,
    bodyRequired: request.required === true,
    responses,
    errors: (node['x-zoom-errors'] ?? []) as ZoomError[],
  };
}
