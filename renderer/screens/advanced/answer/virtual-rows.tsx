import { type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';

export interface VirtualRowsHandle {
  /** Brings a row into view, in the middle where it was out of it. */
  reveal(row: number): void;
}

interface VirtualRowsProps {
  readonly count: number;
  /** Of each row, px. */
  readonly rowHeight: number;
  /** Most rows that it is high; more are scrolled. */
  readonly mostRows: number;
  readonly render: (row: number) => ReactNode;
  readonly label: string;
  /** Of what holds the rows: `tree`, where its rows are its items. */
  readonly role: 'tree' | 'group';
  readonly activeId?: string | undefined;
  readonly onKeyDown?: (event: React.KeyboardEvent) => void;
  readonly onWidth?: (px: number) => void;
  readonly ref?: Ref<VirtualRowsHandle>;
}

/** Rows beyond what is seen, so that none is missing while it is scrolled. */
const spare = 12;

/** Rows of one height, of which only those in view are in the document: ten thousand are as quick as ten. */
export function VirtualRows(props: VirtualRowsProps) {
  const { count, rowHeight, mostRows, render, label, role, activeId, onKeyDown, onWidth, ref } = props;
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const height = Math.min(count, mostRows) * rowHeight;
  useImperativeHandle(
    ref,
    () => ({
      reveal(row) {
        const shown = box.current;
        if (!shown) return;
        const at = row * rowHeight;
        if (at >= shown.scrollTop && at + rowHeight <= shown.scrollTop + shown.clientHeight) return;
        shown.scrollTop = at - (shown.clientHeight - rowHeight) / 2;
        // The rows are drawn with it, not one frame later.
        setTop(shown.scrollTop);
      },
    }),
    [rowHeight],
  );
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown || !onWidth) return;
    const observer = new ResizeObserver(() => onWidth(shown.clientWidth));
    observer.observe(shown);
    onWidth(shown.clientWidth);
    return () => observer.disconnect();
  }, [onWidth]);
  const first = Math.max(0, Math.floor(top / rowHeight) - spare);
  const last = Math.min(count, Math.ceil((top + height) / rowHeight) + spare);
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles have a label
    // biome-ignore lint/a11y/noStaticElementInteractions: it is a tree, or a group of lines that scrolls
    <div
      ref={box}
      role={role}
      aria-label={label}
      tabIndex={0}
      {...(activeId ? { 'aria-activedescendant': activeId } : {})}
      onKeyDown={onKeyDown}
      onScroll={(event) => setTop(event.currentTarget.scrollTop)}
      style={{ height: height + 18 }}
      className="selectable overflow-auto rounded-lg border border-line bg-bg py-2 font-mono text-xs focus-visible:-outline-offset-2"
    >
      <div role="presentation" style={{ height: count * rowHeight }} className="relative min-w-full">
        <div
          role="presentation"
          style={{ transform: `translateY(${first * rowHeight}px)` }}
          className="absolute inset-x-0 top-0"
        >
          {Array.from({ length: Math.max(0, last - first) }, (_, at) => render(first + at))}
        </div>
      </div>
    </div>
  );
}
