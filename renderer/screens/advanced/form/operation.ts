import type { Json } from '../../../../shared/advanced.ts';
import { pointerTo } from '../../../../shared/json.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { spoken } from '../../../../shared/words/language.ts';
import { catalogue, type OperationSchemas } from '../../../../shared/zoom/catalogue.ts';
import { type Operation, type OperationId, operations } from '../../../../shared/zoom/operations.gen.ts';
import { type Field, fieldOf, type Knowledge, type ObjectField } from './fields.ts';

/** An operation with everything that the panel shows of it. */
export interface PanelOperation
  extends Operation,
    Pick<OperationSchemas, 'help' | 'needs' | 'bodyRequired' | 'file'> {
  readonly id: OperationId;
  /** The whole form: an object with `path`, `query` and `body`, as far as there is something to fill in. */
  readonly root: ObjectField;
  /** Pointers of passwords. */
  readonly secrets: readonly string[];
}

/** All operations, in the catalogue's order. */
export const allOperations: readonly (Operation & { readonly id: OperationId })[] = Object.values(
  operations,
).map((operation) => ({ ...operation, title: spoken(operation.title) }));

const made = new Map<OperationId, PanelOperation>();

/** One operation; its form is made when it is first asked for. */
export function operationOf(id: OperationId): PanelOperation {
  const known = made.get(id) ?? make(id);
  made.set(id, known);
  return known;
}

function make(id: OperationId): PanelOperation {
  const { path, query, body, later = [], administrators = [], ...known } = catalogue.operations[id];
  const knowledge = (place?: 'query'): Knowledge => {
    const at = <M extends (typeof administrators)[number]>(marks: readonly M[], path: string, value?: Json) =>
      marks.find((one) => one.place === place && one.path === path && one.value === value);
    return {
      since: (path, value) => at(later, path, value)?.since,
      administrators: (path, value) => at(administrators, path, value) !== undefined,
    };
  };
  const fields = [
    fieldOf('path', path, {}, true),
    // Zoom may know more parameters than the catalogue.
    { ...(fieldOf('query', query, knowledge('query')) as ObjectField), rest: otherParameter },
    ...(body ? [fieldOf('body', body, knowledge(), known.bodyRequired)] : []),
  ].filter((field) => field.kind !== 'object' || field.fields.length > 0 || field.rest);
  const root: ObjectField = {
    kind: 'object',
    name: '',
    required: true,
    nullable: false,
    deprecated: false,
    administrators: false,
    fields,
  };
  const [title, help] = [spoken(operations[id].title), spoken(known.help)];
  return { ...(operations[id] as Operation), ...known, id, title, help, root, secrets: secretsOf(root, '') };
}

const otherParameter = fieldOf('', { type: 'string', title: t.otherParameter });

function secretsOf(field: Field, pointer: string): string[] {
  if (field.kind === 'secret') return [pointer];
  return field.kind === 'object'
    ? field.fields.flatMap((one) => secretsOf(one, pointerTo(pointer, one.name)))
    : [];
}

/** How many leaves of a form there are: lines that are filled in, lists counted as one. */
export function leafCount(field: Field): number {
  return field.kind === 'object' ? field.fields.reduce((sum, one) => sum + leafCount(one), 0) : 1;
}
