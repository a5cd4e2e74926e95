import { Check, Star, Upload } from 'lucide-react';
import type { LibraryItem } from '../../../shared/library.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { Button } from '../../components/button.tsx';
import { useRun } from '../../lib/actions.ts';
import { ask } from '../../lib/bridge.ts';
import { Thumbnail } from '../backgrounds/thumbnail.tsx';
import { factWords } from './words.ts';

interface LibraryCardProps {
  readonly item: LibraryItem;
  readonly isPicked: boolean;
  readonly onPick: (picked: boolean) => void;
  readonly onOpen: () => void;
  /** Whether it can be put up. */
  readonly puttable: boolean;
}

/** One background of the library: a click on its picture opens it, and dragging it takes its file along. */
export function LibraryCard({ item, isPicked, onPick, onOpen, puttable }: LibraryCardProps) {
  const run = useRun();
  const { id, name, type, up, state, favorite } = item;
  return (
    <li
      className={`group relative flex min-w-0 flex-col overflow-hidden rounded-xl border bg-surface transition-colors motion-reduce:transition-none ${isPicked ? 'border-text shadow-[0_0_0_1px_var(--text)] forced-colors:outline-2' : 'border-line hover:border-edge'}`}
    >
      <button
        type="button"
        aria-label={t.openOne(name)}
        draggable={state === 'kept'}
        onClick={onOpen}
        onDragStart={(event) => {
          // From here on it is a file that the system carries, also out of the window.
          event.preventDefault();
          void ask(window.tally.library.drag({ id }));
        }}
        className="aspect-video focus-visible:-outline-offset-2"
      >
        <Thumbnail of="library" id={id} type={type} content={state === 'kept' ? id : undefined} />
      </button>
      <label className="absolute top-0 left-0 grid size-11 place-items-center">
        <input
          type="checkbox"
          aria-label={t.selectOne(name)}
          checked={isPicked}
          onChange={(event) => onPick(event.target.checked)}
          className="peer sr-only"
        />
        <span
          className={`grid size-5.5 forced-color-adjust-none place-items-center rounded-md border-2 shadow-sm peer-focus-visible:outline-2 peer-focus-visible:outline-focus ${isPicked ? 'border-bg bg-text text-bg' : 'border-edge bg-surface'}`}
        >
          {isPicked && <Check className="size-3.5" strokeWidth={3} />}
        </span>
      </label>
      <span className="flex flex-col px-3 pt-2">
        <bdi className="truncate font-medium" title={name}>
          {name}
        </bdi>
        <span className={`truncate text-xs tabular-nums ${state === 'kept' ? 'text-muted' : 'text-danger'}`}>
          {factWords(item)}
        </span>
      </span>
      <span className="flex items-center justify-between gap-1 p-1.5">
        {up ? (
          <span className="flex items-center gap-2 px-1.5 font-medium text-muted">
            <Check className="size-4" /> {t.inZoom}
          </span>
        ) : (
          <Button
            look="quiet"
            icon={Upload}
            isDisabled={!puttable || state !== 'kept'}
            aria-label={t.putUpOne(name)}
            onPress={() => run({ type: 'library.put', id })}
          >
            {t.putUp}
          </Button>
        )}
        <button
          type="button"
          aria-label={t.favorite(name)}
          aria-pressed={favorite}
          onClick={() => run({ type: 'library.favorite', id, on: !favorite })}
          className="grid size-11 shrink-0 place-items-center rounded-lg text-muted hover:bg-sunken hover:text-text sm:size-9"
        >
          <Star className={`size-4 ${favorite ? 'fill-current text-text' : ''}`} />
        </button>
      </span>
    </li>
  );
}
