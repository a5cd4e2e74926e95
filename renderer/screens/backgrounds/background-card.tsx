import { Check } from 'lucide-react';
import { Checkbox } from 'react-aria-components/Checkbox';
import { GridListItem } from 'react-aria-components/GridList';
import type { BackgroundView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { Thumbnail } from './thumbnail.tsx';

interface BackgroundCardProps {
  readonly file: BackgroundView;
  readonly selectable: boolean;
  readonly deleting: boolean;
  /** It was uploaded just now. */
  readonly isNew: boolean;
}

/** One background of the grid. Selected by its box or Space, opened by a click or Enter. */
export function BackgroundCard({ file, selectable, deleting, isNew }: BackgroundCardProps) {
  const { id, name, bytes, type, copy, isDefault } = file;
  const shownName = name || t.noName;
  const facts = [
    type === 'video' ? t.video : t.picture,
    ...(bytes > 0 ? [sizeWords(bytes)] : []),
    ...(deleting ? [t.deleting] : []),
  ];
  return (
    <GridListItem
      id={id}
      textValue={shownName}
      className={`group relative flex min-w-0 flex-col overflow-hidden rounded-xl border border-line bg-surface transition-colors hover:border-edge data-selected:border-text data-selected:shadow-[0_0_0_1px_var(--text)] motion-reduce:transition-none forced-colors:data-selected:outline-2 ${deleting ? 'opacity-50' : ''}`}
    >
      <span className="aspect-video">
        <Thumbnail of="background" id={id} type={type} content={copy} />
      </span>
      <span className="flex flex-col px-3 py-2">
        <span dir="auto" className="truncate font-medium" title={shownName}>
          {shownName}
        </span>
        <span className="truncate text-muted text-xs tabular-nums">{facts.join(', ')}</span>
      </span>
      {(isDefault || isNew) && (
        <span className="absolute top-2 right-2 rounded-full border border-line bg-surface px-2 text-xs">
          {isDefault ? t.default : t.new}
        </span>
      )}
      {selectable && (
        <Checkbox
          slot="selection"
          aria-label={t.selectOne(shownName)}
          className="absolute top-0 left-0 grid size-11 place-items-center"
        >
          {({ isSelected, isFocusVisible }) => (
            <span
              className={`grid size-5.5 forced-color-adjust-none place-items-center rounded-md border-2 shadow-sm ${isSelected ? 'border-bg bg-text text-bg' : 'border-edge bg-surface'} ${isFocusVisible ? 'outline-2 outline-focus' : ''}`}
            >
              {isSelected && <Check className="size-3.5" strokeWidth={3} />}
            </span>
          )}
        </Checkbox>
      )}
    </GridListItem>
  );
}
