import { Info, ListChecks } from 'lucide-react';
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { WebPage } from '../../../shared/places.ts';
import type { SettingLeaf, SettingsView } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { useRemembered } from '../../lib/remembered.ts';
import { useListbox } from '../../lib/use-listbox.ts';
import { type Filter, filters, filterWords, passes } from './filters.ts';
import { DetailsContext } from './form.ts';
import { Results } from './results.tsx';
import { rowState } from './row-state.ts';
import { findSettings, haystackOf } from './search.ts';
import { SectionList } from './section-list.tsx';
import { SettingGroups } from './setting-groups.tsx';
import { SettingRow } from './setting-row.tsx';
import type { Browser } from './use-browser.ts';

interface SettingsPanesProps {
  readonly browser: Browser;
  readonly view: SettingsView;
  readonly readOnly: boolean;
  /** Where Zoom's website has the settings. */
  readonly portal: WebPage;
}

const none: readonly SettingLeaf[] = [];

/** Search and filters; below them the sections, and the settings of one of them or what was found. */
export function SettingsPanes({ browser, view, readOnly, portal }: SettingsPanesProps) {
  const { place, catalogue, section, filter, query, setQuery, openSection, show, form } = browser;
  const field = useRef<HTMLInputElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that one is led here
  useEffect(() => {
    if (place.search !== undefined && query !== '') field.current?.focus();
  }, [place]);
  const start = useRef<HTMLDivElement>(null);
  const [opens, setOpens] = useState(0);
  const [hasDetails, setHasDetails] = useRemembered('settings/details', false);
  // A section begins at its beginning, however far down the former one was read.
  useLayoutEffect(() => {
    const isAbove = (start.current?.getBoundingClientRect().top ?? 0) < 0;
    if (opens > 0 && isAbove) start.current?.scrollIntoView({ block: 'start' });
  }, [opens]);
  const haystack = useMemo(() => haystackOf(catalogue), [catalogue]);
  const matches = useMemo(() => findSettings(haystack, query), [haystack, query]);
  const isSearch = query.trim() !== '';
  const found = filter === 'all' ? matches : matches.filter((leaf) => passes(filter, leaf, view));
  const shown = catalogue.leaves.filter((leaf) => filter !== 'all' && passes(filter, leaf, view));
  const changed = useMemo(() => {
    const counts = new Map<string, number>();
    for (const key of Object.keys(view.edits)) {
      const place = catalogue.byKey.get(key as SettingLeaf['key'])?.section;
      if (place !== undefined) counts.set(place, (counts.get(place) ?? 0) + 1);
    }
    return counts;
  }, [view.edits, catalogue]);
  const listbox = useListbox({
    label: t.settingsFound,
    entries: found,
    keyOf: ({ key }) => key,
    onTake: ({ key }) => form.jump(key),
    isHidden: !isSearch,
  });
  const ask = (next: string) => {
    setQuery(next);
    listbox.mark();
  };
  return (
    <DetailsContext value={hasDetails}>
      <div className="-my-2 z-10 flex flex-col gap-3 bg-bg py-2 sm:sticky sm:top-0">
        <SearchField
          ref={field}
          label={t.searchSettings}
          query={query}
          onQuery={ask}
          combobox={listbox.inputProps}
        />
      </div>
      <div className="flex min-w-0 flex-col gap-4 min-[52rem]:flex-row min-[52rem]:gap-6">
        <SectionList
          sections={catalogue.sections}
          open={isSearch || filter !== 'all' ? undefined : section}
          changed={changed}
          isSearch={isSearch}
          onOpen={(id) => {
            openSection(id);
            setOpens((count) => count + 1);
          }}
        />
        <div ref={start} className="flex min-w-0 flex-1 scroll-mt-16 flex-col gap-4 sm:gap-6">
          <div className="-my-1 flex flex-wrap items-center justify-between gap-1 sm:-my-2">
            <Filters
              filter={filter}
              changed={Object.keys(view.edits).length}
              onShow={(next) => {
                // What is typed stays: the filter is one more condition.
                const typed = query;
                show(next);
                ask(typed);
              }}
            />
            {!isSearch && (
              // One for all of them: a button beside each setting would double the stops of Tab.
              <button
                type="button"
                aria-pressed={hasDetails}
                title={t.detailsHelp}
                {...(hasDetails ? { 'data-selected': true } : {})}
                onClick={() => setHasDetails(!hasDetails)}
                className={`${pill} inline-flex items-center gap-1.5`}
              >
                <Info className="size-4" />
                {t.details}
              </button>
            )}
          </div>
          {isSearch && (
            <Results
              query={query}
              found={found}
              listbox={listbox}
              view={view}
              sectionTitles={catalogue.sectionTitles}
              portal={portal}
              onClear={() => {
                ask('');
                show('all');
                field.current?.focus();
              }}
            />
          )}
          {filter === 'all' ? (
            // Kept while one searches: to take it away and bring it back would take longer than a key may.
            <div className={isSearch ? 'hidden' : 'contents'}>
              <SettingGroups
                key={section}
                title={catalogue.sectionTitles.get(section) ?? ''}
                leaves={catalogue.bySection.get(section) ?? none}
                view={view}
                readOnly={readOnly}
              />
            </div>
          ) : isSearch ? null : shown.length === 0 ? (
            <Nothing filter={filter} onShow={show} />
          ) : (
            catalogue.sections.map(({ id: one, title }) => {
              const rows = shown.filter((leaf) => leaf.section === one);
              return (
                rows.length > 0 && (
                  <Card key={one} title={title}>
                    {rows.map((leaf) => (
                      <SettingRow
                        key={leaf.key}
                        leaf={leaf}
                        state={rowState(leaf, view)}
                        readOnly={readOnly}
                      />
                    ))}
                  </Card>
                )
              );
            })
          )}
        </div>
      </div>
    </DetailsContext>
  );
}

const pill =
  'picked min-h-10 rounded-full border border-line px-2.5 font-medium text-muted hover:bg-sunken data-selected:border-text data-selected:bg-surface data-selected:text-text sm:min-h-8 sm:px-3';

interface FiltersProps {
  readonly filter: Filter;
  readonly changed: number;
  readonly onShow: (filter: Filter) => void;
}

function Filters({ filter, changed, onShow }: FiltersProps) {
  return (
    <fieldset aria-label={common.show} className="flex flex-wrap gap-1">
      {filters.map((one) => (
        <button
          key={one}
          type="button"
          aria-pressed={one === filter}
          {...(one === filter ? { 'data-selected': true } : {})}
          onClick={() => onShow(one)}
          className={pill}
        >
          {filterWords[one]}
          {one === 'changed' && changed > 0 && <span className="ml-1.5 tabular-nums">{changed}</span>}
        </button>
      ))}
    </fieldset>
  );
}

const nothing: Readonly<Record<Filter, string>> = {
  all: '',
  changed: t.unsavedNone,
  differs: t.modifiedNone,
  locked: t.lockedNone,
};

function Nothing({ filter, onShow }: { readonly filter: Filter; readonly onShow: (filter: Filter) => void }) {
  return (
    <div className="flex flex-col items-center gap-3 px-4 py-12 text-center">
      <span className="grid size-14 place-items-center rounded-full bg-sunken text-muted">
        <ListChecks className="size-6" />
      </span>
      <div>
        <p className="font-semibold text-base">{filter === 'changed' ? t.noChanges : t.noSuchSettings}</p>
        <p className="text-muted">{nothing[filter]}</p>
      </div>
      <Button onPress={() => onShow('all')}>{t.showAll}</Button>
    </div>
  );
}
