import { type KeyOption, matchSorter, rankings } from 'match-sorter';
import { editsTo } from './slips.ts';
import { termsOf } from './terms.ts';

const { CONTAINS, STARTS_WITH } = rankings;

interface Searched<T> {
  /** What an entry is called: what is found there comes first. */
  readonly title: (entry: T) => string;
  /** Where else a word of the query may be found. */
  readonly others: readonly KeyOption<T>[];
  /** Where a slip of the finger is looked past; the title, unless it is said. */
  readonly slips?: readonly ((entry: T) => string)[];
}

/**
 * The entries in which all words of the query are found, the best first: titles that begin with all that was typed, other
 * titles, then the other places; where they are equally good, as they are listed. Where there is none, those with words that
 * only a slip of the finger keeps from the query's, the fewest slips first. Without a query all, as they are.
 */
export function search<T>(
  entries: readonly T[],
  query: string,
  { title, others, slips = [title] }: Searched<T>,
): readonly T[] {
  const terms = termsOf(query);
  if (terms.length === 0) return entries;
  const keys = [{ key: title, threshold: CONTAINS }, ...others];
  const found = terms.reduceRight<readonly T[]>(
    (rest, term) => matchSorter(rest, term, { keys, baseSort: (a, b) => a.index - b.index }),
    entries,
  );
  if (found.length > 0) {
    const exact = matchSorter(found, terms.join(' '), { keys: [title], threshold: STARTS_WITH });
    return [...new Set([...exact, ...found])];
  }
  return entries
    .map((entry) => ({ entry, edits: editsTo(terms, slips.map((of) => of(entry)).join(' ')) }))
    .filter(({ edits }) => edits !== undefined)
    .sort((a, b) => (a.edits ?? 0) - (b.edits ?? 0))
    .map(({ entry }) => entry);
}
