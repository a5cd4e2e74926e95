import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Place, WebPage } from '../../../shared/places.ts';
import type { SettingKey, SettingsView, SettingValue } from '../../../shared/settings.ts';
import { useRun } from '../../lib/actions.ts';
import { useRemembered } from '../../lib/remembered.ts';
import { catalogueWith, unknownLeaves } from './catalogue.ts';
import type { Filter } from './filters.ts';
import { rowId, type SettingsForm } from './form.ts';
import { hiddenTwins, withoutTwins } from './twins.ts';

/**
 * Keeps where one is. Jumping to a setting opens its section and puts the focus on it. A place that was gone to with something
 * to search for begins with that; one that names a setting by its key, at the setting.
 * @param place what led here last
 * @param portal where Zoom's website has the settings
 */
export function useBrowser(view: SettingsView, place: Place, portal: WebPage) {
  const run = useRun();
  const unknown = unknownLeaves(view.values);
  const kinds = unknown.map(({ key, type }) => `${key} ${type}`).join('\n');
  // biome-ignore lint/correctness/useExhaustiveDependencies: they are new with each snapshot, what they are hardly ever
  const whole = useMemo(() => catalogueWith(unknown), [kinds]);
  const hidden = hiddenTwins(view).join();
  const catalogue = useMemo(() => withoutTwins(whole, hidden.split(',') as SettingKey[]), [whole, hidden]);
  const [wanted, setWanted] = useRemembered<string | undefined>('settings/section', undefined);
  const [filter, setFilter] = useState<Filter>('all');
  const [query, setQuery] = useState('');
  const [arrived, setArrived] = useState<Place>();
  const target = useRef<SettingKey>(undefined);
  const [jumps, setJumps] = useState(0);
  const openSection = useCallback(
    (id: string) => {
      setWanted(id);
      setFilter('all');
      setQuery('');
    },
    [setWanted],
  );
  const form = useMemo<SettingsForm>(
    () => ({
      edit: (key, value) =>
        run({
          type: 'settings.edit',
          key,
          // What an action holds may be changed, what a view holds may not; it is the same otherwise.
          value: value as Mutable<SettingValue>,
        }),
      revert: (keys) => run({ type: 'settings.revert', keys: [...keys] }),
      resolve: (key, take) => run({ type: 'settings.resolve', key, take }),
      jump: (key) => {
        const leaf = catalogue.byKey.get(key);
        if (!leaf) return;
        openSection(leaf.section);
        target.current = leaf.key;
        setJumps((count) => count + 1);
      },
      openPortal: () => run({ type: 'web.open', page: portal }),
      byKey: catalogue.byKey,
    }),
    [run, catalogue, openSection, portal],
  );
  if (place !== arrived) {
    setArrived(place);
    if (place.search !== undefined) {
      setFilter('all');
      setQuery(catalogue.byKey.has(place.search as SettingKey) ? '' : place.search);
    }
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the jump that makes it look for the row
  useEffect(() => {
    const key = target.current;
    target.current = undefined;
    const row = key && document.getElementById(rowId(key));
    if (row) arriveAt(row);
  }, [jumps]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each time that one is led here, after the look for a row: none of it is open yet
  useEffect(() => {
    if (place.search !== undefined) form.jump(place.search as SettingKey);
  }, [place]);
  const isThere = wanted !== undefined && catalogue.bySection.has(wanted);
  return {
    place,
    catalogue,
    form,
    section: isThere ? wanted : (catalogue.sections[0]?.id ?? ''),
    filter,
    query,
    setQuery,
    openSection,
    show: (next: Filter) => {
      setFilter(next);
      setQuery('');
    },
  };
}

export type Browser = ReturnType<typeof useBrowser>;

type Mutable<T> = T extends readonly (infer U)[]
  ? Mutable<U>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;

/** Brings a setting into view and the focus to its editor; to itself where it has none. */
function arriveAt(row: HTMLElement): void {
  const folded = row.closest('details');
  if (folded) folded.open = true;
  row.scrollIntoView({ block: 'center' });
  const editor = row.querySelector<HTMLElement>('input:checked, input, select, textarea');
  const usable = editor && !editor.matches(':disabled') ? editor : row;
  usable.focus({ preventScroll: true });
}
