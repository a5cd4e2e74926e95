import { ChevronRight } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { foldedAtFirst, seenLines, type TreeLine, unfolded } from './tree.ts';
import { VirtualRows, type VirtualRowsHandle } from './virtual-rows.tsx';

interface TreeViewProps {
  readonly lines: readonly TreeLine[];
  /** Places of the lines that were found. */
  readonly found: ReadonlySet<number>;
  /** The one of them that is looked at. */
  readonly hit: number | undefined;
}

const rowHeight = 24;
/** Of one step to the right, px. */
const indent = 16;

const tones: Readonly<Record<TreeLine['kind'], string>> = {
  object: 'text-muted',
  list: 'text-muted',
  text: 'text-text',
  number: 'text-[var(--blue)]',
  word: 'text-[var(--violet)]',
};

/** A body as a tree: arrows move through it, left and right fold and unfold. */
export function TreeView({ lines, found, hit }: TreeViewProps) {
  const id = useId();
  const rows = useRef<VirtualRowsHandle>(null);
  const [folded, setFolded] = useState(() => foldedAtFirst(lines));
  const [at, setAt] = useState(0);
  const seen = useMemo(() => seenLines(lines, folded), [lines, folded]);
  useEffect(() => {
    if (hit === undefined) return;
    setFolded((so) => unfolded(lines, so, hit));
    setAt(hit);
  }, [hit, lines]);
  // After what hides it was unfolded.
  useEffect(() => {
    if (hit !== undefined) rows.current?.reveal(placeIn(seen, hit));
  }, [hit, seen]);
  const fold = (line: number, isFolded: boolean) => {
    const next = new Set(folded);
    if (isFolded) next.add(line);
    else next.delete(line);
    setFolded(next);
  };
  const move = (row: number) => {
    const to = Math.max(0, Math.min(seen.length - 1, row));
    setAt(seen[to] ?? 0);
    rows.current?.reveal(to);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const row = placeIn(seen, at);
    const line = lines[at];
    const steps: Record<string, number> = {
      ArrowDown: row + 1,
      ArrowUp: row - 1,
      PageDown: row + 15,
      PageUp: row - 15,
      Home: 0,
      End: seen.length - 1,
    };
    const to = steps[event.key];
    const canFold = (line?.below ?? 0) > 0;
    if (to !== undefined) move(to);
    else if (event.key === 'ArrowRight' && canFold)
      if (folded.has(at)) fold(at, false);
      else move(row + 1);
    else if (event.key === 'ArrowLeft')
      if (canFold && !folded.has(at)) fold(at, true);
      else move(placeIn(seen, line?.parent ?? 0));
    else return;
    event.preventDefault();
  };
  return (
    <VirtualRows
      ref={rows}
      role="tree"
      label={t.bodyTree}
      count={seen.length}
      rowHeight={rowHeight}
      mostRows={22}
      activeId={`${id}-${at}`}
      onKeyDown={onKey}
      render={(row) => {
        const place = seen[row] ?? 0;
        const line = lines[place];
        if (!line) return null;
        const canFold = line.below > 0;
        const isFolded = folded.has(place);
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays on the tree, as aria-activedescendant says
          // biome-ignore lint/a11y/useKeyWithClickEvents: the tree takes the keys
          <div
            key={place}
            id={`${id}-${place}`}
            role="treeitem"
            aria-level={line.depth + 1}
            aria-selected={place === at}
            {...(canFold ? { 'aria-expanded': !isFolded } : {})}
            {...(place === at ? { 'data-selected': true } : {})}
            onClick={() => {
              setAt(place);
              if (canFold) fold(place, !isFolded);
            }}
            style={{ height: rowHeight, paddingLeft: 8 + line.depth * indent }}
            className="picked flex items-center gap-1.5 whitespace-nowrap pr-3 data-selected:bg-sunken"
          >
            <ChevronRight
              className={`size-3.5 shrink-0 text-muted ${canFold ? '' : 'invisible'} ${isFolded ? '' : 'rotate-90'}`}
            />
            {line.name !== undefined && (
              <span
                className={
                  found.has(place)
                    ? 'rounded-sm bg-[var(--stripe-b)] px-0.5 text-[var(--stripe-text)]'
                    : 'text-muted'
                }
              >
                {line.name}:
              </span>
            )}
            <bdi className={`${tones[line.kind]} ${found.has(place) ? 'underline' : ''}`}>
              {line.text.slice(0, 2_000)}
            </bdi>
          </div>
        );
      }}
    />
  );
}

/** Row of a line among those that are seen, which stand in order; of one that is not seen, the row it would have. */
function placeIn(seen: readonly number[], line: number): number {
  let [low, high] = [0, seen.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((seen[middle] ?? 0) < line) low = middle + 1;
    else high = middle;
  }
  return low;
}
