import { SearchX } from 'lucide-react';
import { useRef, useState } from 'react';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { common } from '../../../shared/words/en/common.ts';
import { spoken } from '../../../shared/words/language.ts';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { Button } from '../../components/button.tsx';
import { Marked } from '../../components/marked.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { sentence } from '../../lib/sentence.tsx';
import { termsOf } from '../../lib/terms.ts';
import { useListbox } from '../../lib/use-listbox.ts';
import { Method } from './method.tsx';
import { findOperations, groups, type ListedOperation } from './search.ts';

interface OperationListProps {
  readonly open: OperationId | undefined;
  readonly onOpen: (id: OperationId) => void;
}

/** All operations, group by group, or those that are searched for. The focus stays in the search; arrows move, Enter opens. */
export function OperationList({ open, onOpen }: OperationListProps) {
  const field = useRef<HTMLInputElement>(null);
  const [query, setQuery] = useState('');
  const isSearch = query.trim() !== '';
  const found = findOperations(query);
  const listbox = useListbox({
    label: t.operations,
    entries: found,
    keyOf: ({ id }) => id,
    onTake: ({ id }) => onOpen(id),
    initial: isSearch ? undefined : open,
  });
  const ask = (next: string) => {
    setQuery(next);
    listbox.mark();
  };
  const terms = termsOf(query);
  const row = (operation: ListedOperation) => {
    const { id, title, method, path, since } = operation;
    const isOpen = id === open;
    return (
      <div
        key={id}
        {...listbox.optionProps(operation)}
        {...(isOpen && { 'aria-current': 'true' as const })}
        data-selected={isOpen || undefined}
        data-operation={id}
        className={`picked flex min-h-11 scroll-my-4 flex-col justify-center rounded-lg border px-2.5 py-1.5 hover:bg-sunken data-selected:bg-chosen data-selected:shadow-[inset_3px_0_0_var(--accent)] ${
          isSearch && operation === listbox.current
            ? 'border-edge'
            : 'border-transparent forced-colors:border-[Canvas]'
        }`}
      >
        <span className={`[overflow-wrap:anywhere] ${isOpen ? 'font-semibold' : 'font-medium'}`}>
          <Marked text={title} terms={terms} />
          {since && <span className="ml-1.5 font-normal text-muted text-xs">{t.newer}</span>}
        </span>
        <span className="flex min-w-0 items-baseline gap-1.5 text-muted text-xs">
          <Method method={method} />
          <span className="min-w-0 truncate font-mono" title={path}>
            {path.replace(/^\/users/, '') || '/'}
          </span>
        </span>
      </div>
    );
  };
  return (
    <>
      <div className="flex">
        <SearchField
          ref={field}
          label={t.searchOperations}
          query={query}
          onQuery={ask}
          combobox={listbox.inputProps}
        />
      </div>
      <p role="status" className="sr-only">
        {isSearch && (found.length === 0 ? common.nothingFound : common.found(found.length))}
      </p>
      {found.length === 0 && (
        <div className="flex flex-col items-center gap-3 px-2 py-8 text-center">
          <SearchX className="size-6 text-muted" />
          <p className="[overflow-wrap:anywhere]">
            {sentence(common.nothingFoundFor, <bdi>{query.trim()}</bdi>)}
          </p>
          <Button
            onPress={() => {
              ask('');
              field.current?.focus();
            }}
          >
            {common.clearSearch}
          </Button>
        </div>
      )}
      <div
        {...listbox.listProps}
        className={
          found.length === 0
            ? 'hidden'
            : 'flex flex-col gap-3 min-[52rem]:min-h-0 min-[52rem]:overflow-y-auto min-[52rem]:pr-1 min-[52rem]:pb-2'
        }
      >
        {isSearch ? (
          <div className="flex flex-col gap-0.5">{found.map(row)}</div>
        ) : (
          groups.map((group) => (
            <div key={group} {...listbox.groupProps(spoken(group))} className="flex flex-col gap-0.5">
              <p aria-hidden="true" className="px-2.5 pb-0.5 font-semibold text-muted text-xs">
                {spoken(group)}
              </p>
              {found.filter((one) => one.group === group).map(row)}
            </div>
          ))
        )}
      </div>
    </>
  );
}
