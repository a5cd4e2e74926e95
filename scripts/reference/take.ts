import { type Json, type JsonObject, pointerTo } from '../../shared/json.ts';
import type { Facts, FieldFacts, Fields, OperationFacts } from './facts.ts';
import {
  either,
  join,
  listAt,
  objectAt,
  readFields,
  type Source,
  sourceOf,
  targetOf,
  textsAt,
} from './fields.ts';
import { faultAt } from './unreadable.ts';

const methods = ['get', 'post', 'put', 'patch', 'delete'];

/**
 * The facts of a reference of Zoom's, its OpenAPI document. None of its sentences is kept: of descriptions only the label of the
 * limit and the codes of errors. Throws Unreadable, with the pointer, where something is not as OpenAPI has it.
 */
export function takeFacts(document: Json): Facts {
  const source = sourceOf(document);
  const paths = objectAt(objectAt(document, '').paths, '/paths');
  const operations = new Map<string, OperationFacts>();
  for (const [path, value] of Object.entries(paths)) {
    const pointer = pointerTo('/paths', path);
    const item = objectAt(value, pointer);
    for (const method of methods.filter((name) => Object.hasOwn(item, name))) {
      const at = pointerTo(pointer, method);
      const shared = listAt(item.parameters, pointerTo(pointer, 'parameters'));
      const sharedFields = parametersOf(source, shared, pointerTo(pointer, 'parameters'));
      const one = operationOf(source, objectAt(item[method], at), at);
      const parameters = new Map([...sharedFields, ...one.parameters]);
      operations.set(`${method.toUpperCase()} ${path}`, { ...one, parameters });
    }
  }
  if (operations.size === 0) throw faultAt('/paths', 'there are no operations');
  return operations;
}

function operationOf(source: Source, node: JsonObject, at: string): OperationFacts {
  const { operationId, description = '' } = node;
  if (typeof operationId !== 'string' || !/^\w+$/.test(operationId)) {
    throw faultAt(pointerTo(at, 'operationId'), 'this is not the name of an operation');
  }
  const [, label] = /Rate Limit Label[^`]*`([\w-]+)`/i.exec(String(description)) ?? [];
  const extensionsAt = pointerTo(at, 'x-extensions');
  const extensions = objectAt(node['x-extensions'] ?? {}, extensionsAt);
  const scopes = (key: string) => [...textsAt(extensions[key], pointerTo(extensionsAt, key))].sort();
  const responses = responsesOf(source, node, at);
  const success = responses.filter(({ status }) => status.startsWith('2'));
  const refused = responses.filter(({ status }) => /^[45]/.test(status));
  const parametersAt = pointerTo(at, 'parameters');
  return {
    id: operationId,
    ...(node.deprecated === true && { deprecated: true }),
    ...(label !== undefined && { label: label[0]?.toUpperCase() + label.slice(1).toLowerCase() }),
    scopes: { classic: scopes('x-macro-scopes'), granular: scopes('x-granular-scopes') },
    success: success.map(({ status }) => status).sort(),
    errors: [...new Set(refused.flatMap(errorsOf))].sort(),
    parameters: parametersOf(source, listAt(node.parameters, parametersAt), parametersAt),
    body: withoutPlainTop(
      contentOf(source, resolved(source, node.requestBody ?? {}, pointerTo(at, 'requestBody'))),
    ),
    answer: withoutPlainTop(either(success.map((response) => contentOf(source, response)))),
  };
}

/** A part of the document, and where it stands. */
interface Part {
  readonly node: JsonObject;
  readonly pointer: string;
}

function responsesOf(source: Source, node: JsonObject, at: string): (Part & { readonly status: string })[] {
  const pointer = pointerTo(at, 'responses');
  return Object.entries(objectAt(node.responses, pointer)).map(([status, response]) => ({
    status,
    ...resolved(source, response, pointerTo(pointer, status)),
  }));
}

/** Zoom tells its codes in the text of an answer, a status without one by its number. */
function errorsOf({ status, node }: Part & { readonly status: string }): string[] {
  const codes = [...String(node.description).matchAll(/Error Code:\**\s*`(-?\d+)`/g)];
  return codes.length === 0 ? [status] : codes.map(([, code]) => `${status} ${code}`);
}

/** Parameters, answers and bodies may be references, which lead over no further one. */
function resolved(source: Source, value: Json, pointer: string): Part {
  const node = objectAt(value, pointer);
  if (node.$ref === undefined) return { node, pointer };
  const target = targetOf(source, node.$ref, pointer);
  return { node: objectAt(target.value, target.pointer), pointer: target.pointer };
}

function parametersOf(source: Source, list: readonly Json[], at: string): Fields {
  const fields = new Map<string, FieldFacts>();
  for (const [index, value] of list.entries()) {
    const { node, pointer } = resolved(source, value, pointerTo(at, index));
    if (typeof node.name !== 'string' || typeof node.in !== 'string') {
      throw faultAt(pointer, 'the parameter has no name or no place');
    }
    for (const [place, said] of readFields(source, node.schema ?? {}, pointerTo(pointer, 'schema'))) {
      const own = place === '' && { ...flag(node, 'required'), ...flag(node, 'deprecated') };
      fields.set(join(`${node.in} ${node.name}`, place), { ...said, ...own });
    }
  }
  return fields;
}

const flag = (node: JsonObject, name: 'required' | 'deprecated'): FieldFacts =>
  node[name] === true ? { [name]: true } : {};

function contentOf(source: Source, { node, pointer }: Part): Fields {
  const contentAt = pointerTo(pointer, 'content');
  const [first] = Object.entries(objectAt(node.content ?? {}, contentAt));
  if (!first) return new Map();
  const at = pointerTo(contentAt, first[0]);
  return readFields(source, objectAt(first[1], at).schema ?? {}, pointerTo(at, 'schema'));
}

/** What is sent and answered is an object; only something else is worth a line. */
export function withoutPlainTop(fields: Fields): Fields {
  const { type = 'object', ...rest } = fields.get('') ?? {};
  if (type !== 'object' || Object.keys(rest).length > 0) return fields;
  return new Map([...fields].filter(([place]) => place !== ''));
}
