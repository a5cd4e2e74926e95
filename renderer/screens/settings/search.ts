import { rankings } from 'match-sorter';
import type { SettingLeaf } from '../../../shared/settings.ts';
import { search } from '../../lib/search.ts';
import { termsOf } from '../../lib/terms.ts';
import { apiKey, type Catalogue } from './catalogue.ts';

/** What is searched of one setting, made once: a key press looks through all of them. */
interface Entry {
  readonly leaf: SettingLeaf;
  readonly key: string;
  readonly place: string;
}

export type Haystack = readonly Entry[];

/** Everything of the settings that can be searched: title, words, help, key, section and group. */
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

const { CONTAINS, WORD_STARTS_WITH } = rankings;

/** The settings that are searched for, by title, then what else they are called, key, place and help. Without a query none. */
export function findSettings(haystack: Haystack, query: string): readonly SettingLeaf[] {
  if (termsOf(query).length === 0) return [];
  const found = search(haystack, query, {
    title: ({ leaf }) => leaf.title,
    others: [
      { key: ({ leaf }) => [...(leaf.words ?? [])], maxRanking: WORD_STARTS_WITH, threshold: CONTAINS },
      { key: ({ key }) => key, maxRanking: WORD_STARTS_WITH, threshold: CONTAINS },
      { key: ({ place }) => place, maxRanking: CONTAINS, threshold: CONTAINS },
      { key: ({ leaf }) => leaf.help, maxRanking: CONTAINS, threshold: CONTAINS },
    ],
  });
  return found.map(({ leaf }) => leaf);
}
