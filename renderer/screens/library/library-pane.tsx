import { Check, Images, Star, Tags } from 'lucide-react';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import type { LibraryItem, LibrarySet, LibraryView } from '../../../shared/library.ts';
import { common } from '../../../shared/words/en/common.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm.tsx';
import { lineLook } from '../../components/looks.ts';
import { useRun } from '../../lib/actions.ts';
import { search } from '../../lib/search.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { useGradually } from '../../lib/use-gradually.ts';
import { LibraryCard } from './library-card.tsx';
import { LibraryDetails } from './library-details.tsx';
import { SetDialog } from './set-dialog.tsx';
import { SetsDialog } from './sets-dialog.tsx';
import { nameWords } from './words.ts';

interface LibraryPaneProps {
  readonly view: LibraryView;
  /** What was searched for by what led here. */
  readonly asked: string | undefined;
  /** Whether backgrounds can be put up at Zoom. */
  readonly puttable: boolean;
  /** The button that adds files. */
  readonly choose: ReactNode;
}

const none: ReadonlySet<string> = new Set();
const most = uploads.uploadVBuser.maxFiles;
type Open = { readonly what: 'details' | 'sets' | 'set' | 'remove'; readonly ids: readonly string[] };

/** All backgrounds on this computer: found, put up, sorted into sets. */
export function LibraryPane({ view, asked, puttable, choose }: LibraryPaneProps) {
  const [query, setQuery] = useState(asked ?? '');
  const [shownSet, setShownSet] = useState<string>();
  const [picked, setPicked] = useState(none);
  const [open, setOpen] = useState<Open>();
  const area = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => setQuery(asked ?? ''), [asked]);
  useFocusBack(area, title, `${view.items.length} ${picked.size} ${open?.what}`);

  const { items, sets, over, adding } = view;
  const set = sets.find(({ name }) => name === shownSet);
  const isFavorites = shownSet === favorites;
  const shown = useMemo(() => {
    const among = items.filter((item) =>
      set ? item.sets.includes(set.name) : !isFavorites || item.favorite,
    );
    return search(among, query, { title: ({ name }) => name, others: [(item) => [...item.sets]] });
  }, [items, set, isFavorites, query]);
  const drawn = useGradually(shown);
  const chosen = items.filter(({ id }) => picked.has(id));
  const [first, ...others] = items.filter(({ id }) => open?.ids.includes(id));
  const pick = (id: string, on: boolean) =>
    setPicked(new Set(on ? [...picked, id] : [...picked].filter((one) => one !== id)));

  if (items.length === 0 && adding.length === 0) return <Empty>{choose}</Empty>;
  return (
    <section ref={area} aria-label={t.title} className="flex flex-col gap-4">
      {over && <OverBar view={view} onLetGo={(ids) => setOpen({ what: 'remove', ids })} />}
      <div className="flex flex-wrap items-center gap-2">
        <input
          type="search"
          aria-label={t.searchLibrary}
          placeholder={t.searchLibrary}
          value={query}
          onChange={(event) => setQuery(event.target.value)}
          className={`${lineLook} w-full sm:w-60`}
        />
        <fieldset aria-label={common.show} className="flex min-w-0 flex-wrap gap-1">
          <Chip isOn={!set && !isFavorites} onPress={() => setShownSet(undefined)}>
            {t.all}
          </Chip>
          <Chip isOn={isFavorites} onPress={() => setShownSet(favorites)}>
            <Star className="size-3.5" /> {t.favorites}
          </Chip>
          {sets.map(({ name }) => (
            <Chip key={name} isOn={name === set?.name} onPress={() => setShownSet(name)}>
              <bdi className="max-w-40 truncate">{name}</bdi>
            </Chip>
          ))}
        </fieldset>
      </div>
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-2 sm:min-h-9">
        <h2 ref={title} tabIndex={-1} className="font-semibold text-sm outline-none">
          <bdi>{set?.name ?? (isFavorites ? t.favorites : t.onThisComputer)}</bdi>
          <span role="status" className="ml-2 font-normal text-muted tabular-nums">
            {t.backgrounds(shown.length)}
            {shown.length === items.length && `, ${t.roomTaken(sizeWords(view.bytes), sizeWords(view.most))}`}
          </span>
        </h2>
        {set && (
          <PutSet
            set={set}
            puttable={puttable && view.change?.phase !== 'working'}
            onEdit={() => setOpen({ what: 'set', ids: [] })}
          />
        )}
      </div>
      {adding.length > 0 && (
        <p role="status" className="text-muted">
          {t.adding(nameWords(adding))}
        </p>
      )}
      {shown.length === 0 && adding.length === 0 && (
        <p className="py-6 text-center text-muted">{t.nothingFound}</p>
      )}
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(9.5rem,1fr))] gap-3">
        {drawn.map((item) => (
          <LibraryCard
            key={item.id}
            item={item}
            puttable={puttable}
            isPicked={picked.has(item.id)}
            onPick={(on) => pick(item.id, on)}
            onOpen={() => setOpen({ what: 'details', ids: [item.id] })}
          />
        ))}
      </ul>
      {chosen.length > 0 && (
        <fieldset
          aria-label={t.selected}
          className="sticky tiny:static bottom-4 short:bottom-2 z-10 flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4 shadow-lg"
        >
          <p role="status" className="min-w-0 flex-1 basis-20">
            {common.selected(chosen.length)}
          </p>
          <Button icon={Tags} onPress={() => setOpen({ what: 'sets', ids: [...picked] })}>
            {t.setsAsk}
          </Button>
          <Button onPress={() => setOpen({ what: 'remove', ids: [...picked] })}>{t.removeAsk}</Button>
          <Button look="quiet" onPress={() => setPicked(none)}>
            {common.clearSelection}
          </Button>
        </fieldset>
      )}
      {set && open?.what === 'set' && (
        <SetDialog set={set} sets={sets} onChanged={setShownSet} onClose={() => setOpen(undefined)} />
      )}
      {open && first && (
        <OpenDialog
          open={open}
          items={[first, ...others]}
          sets={sets}
          puttable={puttable}
          onOpen={setOpen}
          onRemoved={() => setPicked(none)}
        />
      )}
    </section>
  );
}

interface PutSetProps {
  readonly set: LibrarySet;
  readonly puttable: boolean;
  readonly onEdit: () => void;
}

function PutSet({ set: { name, count, up }, puttable, onEdit }: PutSetProps) {
  const run = useRun();
  const tooMany = count > most;
  return (
    <span className="flex flex-wrap items-center gap-2">
      {tooMany && <span className="text-muted">{t.mostPlaces(most)}</span>}
      <Button onPress={onEdit}>{t.editSet}</Button>
      {up ? (
        <span className="flex items-center gap-2 font-medium text-muted">
          <Check className="size-4" /> {t.allInZoom}
        </span>
      ) : (
        <Button
          look="strong"
          isDisabled={tooMany || !puttable}
          onPress={() => run({ type: 'library.put-set', set: name })}
        >
          {t.putSetUp(quoted(name))}
        </Button>
      )}
    </span>
  );
}

interface OpenDialogProps {
  readonly open: Open;
  readonly items: readonly [LibraryItem, ...LibraryItem[]];
  readonly sets: LibraryView['sets'];
  readonly puttable: boolean;
  readonly onOpen: (next: Open | undefined) => void;
  readonly onRemoved: () => void;
}

/** What is asked or shown of some of them. */
function OpenDialog({ open, items, sets, puttable, onOpen, onRemoved }: OpenDialogProps) {
  const run = useRun();
  const { what, ids } = open;
  const [first] = items;
  const close = () => onOpen(undefined);
  if (what === 'sets') return <SetsDialog items={items} sets={sets} onClose={close} />;
  if (what === 'details') {
    return (
      <LibraryDetails
        item={first}
        puttable={puttable}
        onSets={() => onOpen({ what: 'sets', ids })}
        onRemove={() => onOpen({ what: 'remove', ids })}
        onClose={close}
      />
    );
  }
  const isOne = items.length === 1;
  return (
    <ConfirmDialog
      title={isOne ? t.removeOne(quoted(first.name)) : t.removeSeveral(items.length)}
      confirm={common.remove}
      cancel={common.cancel}
      onClose={close}
      onConfirm={() => {
        run({ type: 'library.remove', ids: [...ids] });
        onRemoved();
        close();
      }}
    >
      <p>
        {t.removed(nameWords(items.map(({ name }) => name)), items.length)}
        {items.some(({ up }) => up) && ` ${t.whatIsUpStays}`}
      </p>
    </ConfirmDialog>
  );
}

/** No set has this name: it would be cut. */
const favorites = '\0';

interface ChipProps {
  readonly isOn: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}

function Chip({ isOn, onPress, children }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={isOn}
      onClick={onPress}
      className={`flex min-h-11 min-w-0 items-center gap-1.5 rounded-full border px-3.5 font-medium sm:min-h-8 ${isOn ? 'border-text bg-text text-bg forced-color-adjust-none' : 'border-line bg-surface text-muted hover:border-edge hover:text-text'}`}
    >
      {children}
    </button>
  );
}

interface OverBarProps {
  readonly view: LibraryView;
  readonly onLetGo: (ids: readonly string[]) => void;
}

function OverBar({ view: { over, bytes, most: room, items }, onLetGo }: OverBarProps) {
  const ids = over?.ids ?? [];
  const names = items.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
  return (
    <section
      aria-label={t.libraryFull}
      className="flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4"
    >
      <p className="min-w-0 flex-1 basis-52 py-1.5">
        {t.libraryTakes(sizeWords(bytes), sizeWords(room))}{' '}
        {names.length > 0 ? t.unusedForLongest(nameWords(names)) : t.allInUse}
      </p>
      {names.length > 0 && <Button onPress={() => onLetGo(ids)}>{t.letGoOf(names.length)}</Button>}
    </section>
  );
}

function Empty({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-4 rounded-2xl border-2 border-edge border-dashed p-6 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-sunken text-muted">
        <Images className="size-7" />
      </span>
      <div>
        <h2 className="font-semibold text-base">{t.empty}</h2>
        <p className="text-muted">{t.emptyNote}</p>
      </div>
      {children}
    </div>
  );
}
