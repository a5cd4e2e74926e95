import { useEffect, useRef } from 'react';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { VirtualRows, type VirtualRowsHandle } from './virtual-rows.tsx';

interface RawViewProps {
  readonly lines: readonly string[];
  /** Places of the lines that were found. */
  readonly found: ReadonlySet<number>;
  readonly hit: number | undefined;
  readonly onWidth: (px: number) => void;
}

/** A body as it came. */
export function RawView({ lines, found, hit, onWidth }: RawViewProps) {
  const rows = useRef<VirtualRowsHandle>(null);
  useEffect(() => {
    if (hit !== undefined) rows.current?.reveal(hit);
  }, [hit]);
  return (
    <VirtualRows
      ref={rows}
      role="group"
      label={t.bodyRaw}
      count={lines.length}
      rowHeight={20}
      mostRows={26}
      onWidth={onWidth}
      render={(row) => (
        <div
          key={row}
          style={{ height: 20, lineHeight: '20px' }}
          className={`whitespace-pre px-3 ${row === hit ? 'bg-[var(--stripe-b)] text-[var(--stripe-text)]' : found.has(row) ? 'underline' : ''}`}
        >
          {lines[row]}
        </div>
      )}
    />
  );
}
