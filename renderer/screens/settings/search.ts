import { matchSorter, rankings } from 'match-sorter';
import type { SettingLeaf } from '../../../shared/settings.ts';
import { termsOf } from '../../lib/terms.ts';
import { apiKey, type Catalogue } from './catalogue.ts';

/** What is searched of one setting, made once: a key press looks through all of them. */
interface Straw {
  readonly leaf: SettingLeaf;
  readonly key: string;
  readonly place: string;
}

export type Haystack = readonly Straw[];

/** Everything of the settings that can be searched: title, help, key, section and group. */
export function haystackOf({ leaves, sectionTitles }: Catalogue): Haystack {
  return leaves.map((leaf) => {
    const key = apiKey(leaf.key);
    return {
      leaf,
      key: `${key} ${key.replaceAll(/[._]/g, ' ')}`,
      place: [sectionTitles.get(leaf.section), leaf.group].filter(Boolean).join(' '),
    };
  });
}

const { CONTAINS, MATCHES, STARTS_WITH, WORD_STARTS_WITH } = rankings;

/**
 * The settings in which all words of the query are found, the best first: by title, then key, place and help. Where there
 * is none, those whose title has its letters in their order, for a slip of the finger.
 */
export function search(hay: Haystack, query: string): readonly SettingLeaf[] {
  const whole = termsOf(query).join(' ');
  if (whole === '') return [];
  const found = termsOf(query).reduceRight<Haystack>((rest, term) => find(rest, term), hay);
  if (found.length > 0) return first(found, whole).map(({ leaf }) => leaf);
  if (whole.length < 3) return [];
  return matchSorter(hay, whole, { keys: ['leaf.title'], threshold: MATCHES }).map(({ leaf }) => leaf);
}

function find(hay: Haystack, term: string): Haystack {
  return matchSorter(hay, term, {
    keys: [
      { key: ({ leaf }) => leaf.title, threshold: CONTAINS },
      { key: ({ key }) => key, maxRanking: WORD_STARTS_WITH, threshold: CONTAINS },
      { key: ({ place }) => place, maxRanking: CONTAINS, threshold: CONTAINS },
      { key: ({ leaf }) => leaf.help, maxRanking: CONTAINS, threshold: CONTAINS },
    ],
    // As the catalogue has them where they are equally good.
    baseSort: (a, b) => a.index - b.index,
  });
}

/** Titles that begin with all that was typed come first. */
function first(found: Haystack, whole: string): Haystack {
  const exact = matchSorter(found, whole, { keys: ['leaf.title'], threshold: STARTS_WITH });
  return [...exact, ...found.filter((straw) => !exact.includes(straw))];
}
