import { Search, X } from 'lucide-react';
import { type Ref, useEffect, useRef } from 'react';
import { common } from '../../shared/words/en/common.ts';
import type { Listbox } from '../lib/use-listbox.ts';
import { lineLook } from './looks.ts';

interface SearchFieldProps {
  /** What is searched: "Search settings". */
  readonly label: string;
  readonly query: string;
  readonly onQuery: (query: string) => void;
  /** Of the list of what is found. */
  readonly combobox: Listbox<unknown>['inputProps'];
  readonly ref: Ref<HTMLInputElement>;
}

/** A search of a screen. The focus stays here; arrows move through what was found, Enter takes it, Escape ends it. */
export function SearchField({ label, query, onQuery, combobox, ref }: SearchFieldProps) {
  const whole = useRef<HTMLDivElement>(null);
  useSearchKeys(whole);
  return (
    <div ref={whole} className="relative min-w-0 flex-1">
      <Search className="pointer-events-none absolute top-1/2 left-3 size-4 -translate-y-1/2 text-muted" />
      <input
        {...combobox}
        ref={ref}
        type="text"
        aria-label={label}
        placeholder={label}
        value={query}
        onChange={(event) => onQuery(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || !query) return combobox.onKeyDown(event);
          onQuery('');
          event.preventDefault();
        }}
        className={`${lineLook} w-full px-9`}
      />
      {query && (
        <button
          type="button"
          aria-label={common.clearSearch}
          onClick={() => {
            onQuery('');
            whole.current?.querySelector('input')?.focus();
          }}
          className="absolute inset-y-0 right-0 grid w-9 place-items-center rounded-lg text-muted hover:text-text"
        >
          <X className="size-4" />
        </button>
      )}
    </div>
  );
}

/** Ctrl+F (Cmd+F) and the slash go to the search; the slash not where one types, and neither behind a dialog. */
function useSearchKeys(whole: { readonly current: HTMLElement | null }): void {
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      const find = (event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === 'f';
      const at = event.target instanceof Element ? event.target : undefined;
      const typing = at?.closest('input:not([type=checkbox],[type=radio]), textarea, select') != null;
      const slash = event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
      if ((!find && !slash) || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      const field = whole.current?.querySelector('input');
      field?.focus();
      field?.select();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [whole]);
}
