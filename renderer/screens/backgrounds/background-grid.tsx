import { useEffect, useId, useRef, useState } from 'react';
import { GridList } from 'react-aria-components/GridList';
import type { BackgroundsView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { BackgroundCard } from './background-card.tsx';
import { BackgroundDetails } from './background-details.tsx';
import { useCropping } from './crop-background.tsx';
import { UndoBar } from './undo-bar.tsx';
import { lossWords } from './words.ts';

interface BackgroundGridProps {
  readonly view: BackgroundsView;
  /** Whether Tally may delete backgrounds. */
  readonly deletable: boolean;
}

/** As many beside each other as there is room for. */
export const backgroundColumns =
  'grid grid-cols-[repeat(auto-fill,minmax(min(9.5rem,100%),1fr))] gap-3 min-[75rem]:grid-cols-[repeat(auto-fill,minmax(14rem,1fr))]';

const noneSelected: ReadonlySet<string> = new Set();
const bar =
  'flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4 shadow-lg';

/** What Zoom has: seen, selected, deleted and brought back. */
export function BackgroundGrid({ view, deletable }: BackgroundGridProps) {
  const run = useRun();
  const label = useId();
  const { files, queue, undo, problem } = view;
  const [picked, setPicked] = useState(noneSelected);
  const [opened, setOpened] = useState<string>();
  const [asking, setAsking] = useState(false);
  const [deleting, setDeleting] = useState(noneSelected);
  const { crop, dialog } = useCropping();
  const area = useRef<HTMLElement>(null);
  const title = useRef<HTMLHeadingElement>(null);

  const chosen = files.filter(({ id }) => picked.has(id));
  const fresh = new Set(queue.filter(({ state }) => state === 'done').map(({ name }) => name));
  const open = files.find(({ id }) => id === opened);
  useFocusBack(area, title, `${chosen.length} ${asking} ${opened} ${files.length} ${undo?.until}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new problem is what may have kept them
  useEffect(() => setDeleting(noneSelected), [problem]);

  const choose = (ids: ReadonlySet<string>) => {
    setPicked(ids);
    setAsking(false);
  };
  const remove = async (ids: readonly string[]) => {
    setDeleting(new Set(ids));
    choose(noneSelected);
    setOpened(undefined);
    if (!(await run({ type: 'backgrounds.delete', ids: [...ids] }))) setDeleting(noneSelected);
  };
  const loss = lossWords(chosen);
  const removeChosen = () => (loss && !asking ? setAsking(true) : remove(chosen.map(({ id }) => id)));

  return (
    <section ref={area} aria-labelledby={label} className="flex flex-col gap-3">
      <div className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 sm:min-h-9">
        <h2 ref={title} id={label} tabIndex={-1} className="font-semibold text-sm outline-none">
          {t.yours}
        </h2>
        {deletable && files.length > 1 && chosen.length < files.length && (
          <Button look="quiet" onPress={() => choose(new Set(files.map(({ id }) => id)))}>
            {common.selectAll}
          </Button>
        )}
      </div>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the key is pressed within the grid */}
      <div
        onKeyDown={(event) => {
          if (event.key === 'Delete' && chosen.length > 0) removeChosen();
        }}
      >
        <GridList
          aria-labelledby={label}
          layout="grid"
          selectionMode={deletable ? 'multiple' : 'none'}
          selectedKeys={[...picked]}
          onSelectionChange={(keys) =>
            choose(new Set(keys === 'all' ? files.map(({ id }) => id) : [...keys].map(String)))
          }
          onAction={(key) => setOpened(String(key))}
          className={`${backgroundColumns} outline-none`}
        >
          {files.map((file) => (
            <BackgroundCard
              key={file.id}
              file={file}
              selectable={deletable}
              deleting={deleting.has(file.id)}
              isNew={fresh.has(file.name)}
            />
          ))}
        </GridList>
      </div>
      <div className="sticky tiny:static bottom-4 short:bottom-2 z-10 flex flex-col gap-2">
        {chosen.length > 0 && (
          <fieldset aria-label={t.selected} className={bar}>
            <p role="status" className={`min-w-0 flex-1 ${asking ? 'basis-56' : 'basis-20'}`}>
              {asking ? loss : common.selected(chosen.length)}
            </p>
            <Button look="strong" onPress={removeChosen}>
              {asking ? t.deleteAnyway : common.delete}
            </Button>
            <Button look="quiet" onPress={() => (asking ? setAsking(false) : choose(noneSelected))}>
              {asking ? common.cancel : common.clearSelection}
            </Button>
          </fieldset>
        )}
        {undo && <UndoBar undo={undo} />}
      </div>
      {open && (
        <BackgroundDetails
          file={open}
          onDelete={deletable ? () => remove([open.id]) : undefined}
          onCrop={
            deletable && open.copy && open.type === 'image'
              ? () => {
                  setOpened(undefined);
                  void crop(open.id);
                }
              : undefined
          }
          onClose={() => setOpened(undefined)}
        />
      )}
      {dialog}
    </section>
  );
}
