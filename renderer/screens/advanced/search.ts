import { matchSorter, rankings } from 'match-sorter';
import { catalogue } from '../../../shared/zoom/catalogue.ts';
import type { Operation, OperationGroup, OperationId } from '../../../shared/zoom/operations.gen.ts';
import { featureGroups } from '../../../shared/zoom/scopes.ts';
import { termsOf } from '../../lib/terms.ts';
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

interface Straw {
  readonly operation: ListedOperation;
  readonly names: string;
  readonly scopes: readonly string[];
  readonly help: string;
}

const hay: readonly Straw[] = listed.map((operation) => ({
  operation,
  names: `${operation.id} ${operation.method} ${operation.path} ${operation.path.replaceAll(/[/{}_]/g, ' ')}`,
  scopes: [...operation.scopes.granular, ...operation.scopes.classic],
  help: catalogue.operations[operation.id].help,
}));

const { CONTAINS, MATCHES, STARTS_WITH, WORD_STARTS_WITH } = rankings;

function find(rest: readonly Straw[], term: string): readonly Straw[] {
  return matchSorter(rest, term, {
    keys: [
      { key: ({ operation }) => operation.title, threshold: CONTAINS },
      { key: ({ names }) => names, maxRanking: WORD_STARTS_WITH, threshold: CONTAINS },
      { key: ({ scopes }) => [...scopes], maxRanking: CONTAINS, threshold: CONTAINS },
      {
        key: ({ operation, help }) => `${operation.group} ${help}`,
        maxRanking: CONTAINS,
        threshold: CONTAINS,
      },
    ],
    baseSort: (a, b) => a.index - b.index,
  });
}

/**
 * The operations in which all words of the query are found, by title, id, method, path, scope and help, the best first. Where there is
 * none, those whose title or id has its letters in their order, for a slip of the finger.
 */
export function search(query: string): readonly ListedOperation[] {
  const terms = termsOf(query);
  if (terms.length === 0) return listed;
  const found = terms.reduceRight<readonly Straw[]>(find, hay);
  if (found.length > 0) {
    // Titles that begin with all that was typed come first.
    const exact = matchSorter(found, terms.join(' '), { keys: ['operation.title'], threshold: STARTS_WITH });
    return [...new Set([...exact, ...found])].map(({ operation }) => operation);
  }
  const whole = terms.join('');
  if (whole.length < 3) return [];
  const keys = ['operation.title', 'operation.id'];
  return matchSorter(hay, whole, { keys, threshold: MATCHES }).map(({ operation }) => operation);
}
