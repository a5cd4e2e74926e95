import { Search } from 'lucide-react';
import type { KeyboardEvent, ReactNode } from 'react';
import { lineLook } from '../../components/looks.ts';

interface SearchLineProps {
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  readonly onKeyDown?: (event: KeyboardEvent) => void;
  /** What was found, beside it. */
  readonly children?: ReactNode;
}

/** A search within a part of the panel. */
export function SearchLine({ label, query, onQuery, onKeyDown, children }: SearchLineProps) {
  return (
    <div className="flex min-w-0 flex-wrap items-center gap-2">
      <span className="relative min-w-32 flex-1">
        <Search className="pointer-events-none absolute top-1/2 left-2.5 size-4 -translate-y-1/2 text-muted" />
        <input
          aria-label={label}
          placeholder={label}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            onKeyDown?.(event);
            if (event.key !== 'Escape' || query === '') return;
            onQuery('');
            event.preventDefault();
          }}
          className={`${lineLook} w-full pl-8`}
        />
      </span>
      {children}
    </div>
  );
}
