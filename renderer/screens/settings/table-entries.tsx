import { useState } from 'react';
import type { SettingLeaf, SettingValue } from '../../../shared/settings.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { useGo } from '../../lib/actions.ts';
import { entryWords, valueWords } from './words.ts';

/** Entries that are shown before one asks for the rest. */
const few = 5;

interface TableEntriesProps {
  readonly leaf: SettingLeaf;
  readonly value: SettingValue | undefined;
  readonly labelledBy: string;
}

/** A table of Zoom's in words; it cannot be changed here. */
export function TableEntries({ leaf, value, labelledBy }: TableEntriesProps) {
  const go = useGo();
  const [all, setAll] = useState(false);
  const entries = Array.isArray(value) ? value : value === undefined ? [] : [value];
  const shown = all ? entries : entries.slice(0, few);
  const more = entries.length - few;
  const isBackgrounds = leaf.key.endsWith('virtual_background_settings.files');
  return (
    <div className="flex flex-col items-start gap-2">
      {isBackgrounds ? (
        <>
          <p className="text-muted">{valueWords(leaf, entries)}</p>
          <Button onPress={() => go('backgrounds')}>{t.showBackgrounds}</Button>
        </>
      ) : leaf.secret ? (
        <p className="text-muted">{t.hidden}</p>
      ) : entries.length === 0 ? (
        <p className="text-muted">{t.none}</p>
      ) : (
        <ul
          aria-labelledby={labelledBy}
          className="w-full divide-y divide-line rounded-lg border border-line px-3"
        >
          {shown.map((entry, at) => {
            const [name, ...rest] = entryWords(entry);
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name that is theirs alone
              <li key={at} className="selectable flex flex-wrap gap-x-3 py-2 [overflow-wrap:anywhere]">
                <bdi className="min-w-0 font-medium">{name}</bdi>
                <bdi className="min-w-0 text-muted">{rest.join(' · ')}</bdi>
              </li>
            );
          })}
        </ul>
      )}
      {!isBackgrounds && more > 0 && (
        <Button look="quiet" aria-expanded={all} onPress={() => setAll(!all)}>
          {all ? t.showFewer : t.showMore(more)}
        </Button>
      )}
    </div>
  );
}
