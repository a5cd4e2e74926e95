import { SearchX } from 'lucide-react';
import type { WebPage } from '../../../shared/places.ts';
import type { SettingLeaf, SettingsView } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Button } from '../../components/button.tsx';
import { Marked } from '../../components/marked.tsx';
import { sentence } from '../../lib/sentence.tsx';
import { termsOf } from '../../lib/terms.ts';
import type { Listbox } from '../../lib/use-listbox.ts';
import { apiKey, isOffered, shownValue } from './catalogue.ts';
import { PortalNotice } from './portal-notice.tsx';
import { findPortalOnly } from './portal-only.ts';
import { valueWords } from './words.ts';

interface ResultsProps {
  readonly query: string;
  readonly found: readonly SettingLeaf[];
  readonly listbox: Listbox<SettingLeaf>;
  readonly view: SettingsView;
  readonly sectionTitles: ReadonlyMap<string, string>;
  readonly portal: WebPage;
  readonly onClear: () => void;
}

/** So many are drawn at first; more as the arrows come near the end. */
const most = 30;

/** What was found, from all sections: where it is, what it is set to. */
export function Results({ query, found, listbox, view, sectionTitles, portal, onClear }: ResultsProps) {
  const terms = termsOf(query);
  const elsewhere = findPortalOnly(query);
  const drawn = found.slice(0, Math.max(most, listbox.at + 10));
  return (
    <>
      <p role="status" className="text-muted text-xs">
        {found.length === 0 ? (
          <span className="sr-only">{common.nothingFound}</span>
        ) : (
          common.found(found.length)
        )}
      </p>
      {found.length === 0 && elsewhere.length === 0 && (
        <div className="flex flex-col items-center gap-3 px-4 py-12 text-center">
          <span className="grid size-14 place-items-center rounded-full bg-sunken text-muted">
            <SearchX className="size-6" />
          </span>
          <div>
            <p className="font-semibold text-base [overflow-wrap:anywhere]">
              {sentence(common.nothingFoundFor, <bdi>{query.trim()}</bdi>)}
            </p>
            <p className="text-muted">{t.tryOtherWords}</p>
          </div>
          <Button onPress={onClear}>{common.clearSearch}</Button>
        </div>
      )}
      <div
        {...listbox.listProps}
        className={
          found.length === 0
            ? 'hidden'
            : 'divide-y divide-line overflow-hidden rounded-2xl border border-line bg-surface'
        }
      >
        {drawn.map((leaf) => (
          <div
            key={leaf.key}
            {...listbox.optionProps(leaf)}
            className="picked flex min-h-14 scroll-mt-20 scroll-mb-8 items-center gap-4 px-4 py-2 [contain-intrinsic-height:auto_4rem] [content-visibility:auto] hover:bg-sunken data-selected:bg-sunken"
          >
            <span className="min-w-0 flex-1">
              <span className="block font-medium [overflow-wrap:anywhere]">
                <Marked text={leaf.title} terms={terms} />
              </span>
              <span className="block text-muted text-xs [overflow-wrap:anywhere]">
                <Marked
                  text={[sectionTitles.get(leaf.section), leaf.group].filter(Boolean).join(' › ')}
                  terms={terms}
                />
                <Where leaf={leaf} terms={terms} />
              </span>
            </span>
            <bdi className="max-w-[40%] shrink-0 truncate text-muted">
              {isOffered(leaf, view) ? valueWords(leaf, shownValue(view, leaf.key)) : t.notOffered}
            </bdi>
          </div>
        ))}
      </div>
      {drawn.length < found.length && (
        <p className="px-4 text-center text-muted text-xs">{t.moreFound(found.length - drawn.length)}</p>
      )}
      {elsewhere.length > 0 && <PortalNotice settings={elsewhere} terms={terms} portal={portal} />}
    </>
  );
}

/** The help, another name or the key, where the words were found there and not in the title. */
function Where({ leaf, terms }: { readonly leaf: SettingLeaf; readonly terms: readonly string[] }) {
  const lower = terms.map((term) => term.toLowerCase());
  const open = lower.filter((term) => !leaf.title.toLowerCase().includes(term));
  if (open.length === 0) return null;
  if (open.some((term) => leaf.help.toLowerCase().includes(term)))
    return (
      <span className="line-clamp-1">
        <Marked text={leaf.help} terms={terms} />
      </span>
    );
  const name = leaf.words?.find((word) => open.some((term) => word.toLowerCase().includes(term)));
  if (name !== undefined)
    return <span className="line-clamp-1">{sentence(t.also, <Marked text={name} terms={terms} />)}</span>;
  const key = apiKey(leaf.key);
  if (!open.some((term) => key.includes(term))) return null;
  return (
    <code className="block font-mono">
      <Marked text={key} terms={terms} />
    </code>
  );
}
