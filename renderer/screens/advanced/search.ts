import { rankings } from 'match-sorter';
import { catalogue } from '../../../shared/zoom/catalogue.ts';
import type { Operation, OperationGroup, OperationId } from '../../../shared/zoom/operations.gen.ts';
import { featureGroups } from '../../../shared/zoom/scopes.ts';
import { search } from '../../lib/search.ts';
import { allOperations } from './form/operation.ts';

export type ListedOperation = Operation & { readonly id: OperationId };

/** The groups in the order in which one looks for them; those for administrators last. */
export const groups: readonly OperationGroup[] = [
  ...new Set([...featureGroups, ...allOperations.map(({ group }) => group)]),
];

/** All operations, group by group, in the order of the list. */
export const listed: readonly ListedOperation[] = groups.flatMap((group) =>
  allOperations.filter((operation) => operation.group === group),
);

interface Entry {
  readonly operation: ListedOperation;
  readonly names: string;
  readonly scopes: readonly string[];
  readonly help: string;
}

const haystack: readonly Entry[] = listed.map((operation) => ({
  operation,
  names: `${operation.id} ${operation.method} ${operation.path} ${operation.path.replaceAll(/[/{}_]/g, ' ')}`,
  scopes: [...operation.scopes.granular, ...operation.scopes.classic],
  help: catalogue.operations[operation.id].help,
}));

const { CONTAINS, WORD_STARTS_WITH } = rankings;

/** The operations that are searched for, by title, id, method, path, scope and help. Without a query all. */
export function findOperations(query: string): readonly ListedOperation[] {
  if (query.trim() === '') return listed;
  const title = ({ operation }: Entry) => operation.title;
  const found = search(haystack, query, {
    title,
    others: [
      { key: ({ names }) => names, maxRanking: WORD_STARTS_WITH, threshold: CONTAINS },
      { key: ({ scopes }) => [...scopes], maxRanking: CONTAINS, threshold: CONTAINS },
      {
        key: ({ operation, help }) => `${operation.group} ${help}`,
        maxRanking: CONTAINS,
        threshold: CONTAINS,
      },
    ],
    slips: [title, ({ operation }) => operation.id],
  });
  return found.map(({ operation }) => operation);
}
