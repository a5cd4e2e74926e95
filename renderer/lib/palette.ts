import { matchSorter, rankings } from 'match-sorter';
import type { Command } from '../../shared/commands.ts';

const { CONTAINS, MATCHES, WORD_STARTS_WITH } = rankings;

/**
 * The commands in which all words of the query are found, the best first: by title, then by the other words for it. Where there
 * is none, those whose title has its letters in their order, for a slip of the finger. Without a query all, as they are.
 */
export function findCommands(commands: readonly Command[], query: string): readonly Command[] {
  const terms = query.trim().split(/\s+/u).filter(Boolean);
  const found = terms.reduceRight<readonly Command[]>(
    (rest, term) =>
      matchSorter(rest, term, {
        keys: [
          { key: 'title', threshold: CONTAINS },
          { key: 'words', maxRanking: WORD_STARTS_WITH, threshold: WORD_STARTS_WITH },
        ],
        // As they are listed where they are equally good.
        baseSort: (a, b) => a.index - b.index,
      }),
    commands,
  );
  if (found.length > 0) return operationsLast(found);
  return matchSorter(commands, terms.join(' '), { keys: ['title'], threshold: MATCHES });
}

/** Who looks for "token" wants the ZAK screen before one of Zoom's operations of that name. */
function operationsLast(found: readonly Command[]): readonly Command[] {
  const isOperation = ({ group }: Command) => group === 'Advanced';
  return [...found.filter((command) => !isOperation(command)), ...found.filter(isOperation)];
}

/** Goes on to the settings with what was typed. */
export function searchSettings(query: string): Command {
  const search = query.trim();
  return {
    id: 'settings/search',
    group: 'Go to',
    title: `Search settings for “${search}”`,
    action: { type: 'window.open', screen: 'settings', search },
  };
}
