import { catalogue, resolve, type Schema } from '../../shared/zoom/catalogue.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';

const all: readonly Operation[] = Object.values(operations);

/** Every operation in a line. */
export function list(): object[] {
  return all.map(({ id, method, path, title, group, danger }) => ({
    id,
    method,
    path,
    title,
    group,
    danger,
  }));
}

/** All that the catalogue says of an operation, in one piece: schemas stand where they are referred to. */
export function tellOf(id: OperationId): object {
  const { help, needs, errors, path, query, body, bodyRequired, file, responses } = catalogue.operations[id];
  return {
    ...operations[id],
    help,
    needs,
    schemas: whole({ path, query, body, bodyRequired, file, responses }),
    errors: [...errors, ...catalogue.commonErrors],
  };
}

function whole(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(whole);
  if (typeof node !== 'object' || node === null) return node;
  const { $ref, ...rest } = node as Schema;
  const found = $ref === undefined ? rest : { ...resolve({ $ref }), ...rest };
  return Object.fromEntries(Object.entries(found).map(([key, value]) => [key, whole(value)]));
}
