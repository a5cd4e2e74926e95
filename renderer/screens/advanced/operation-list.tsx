import { SearchX } from 'lucide-react';
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import type { OperationId } from '../../../shared/zoom/operations.gen.ts';
import { Button } from '../../components/button.tsx';
import { Marked } from '../../components/marked.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { termsOf } from '../../lib/terms.ts';
import { Method } from './method.tsx';
import { findOperations, groups, type ListedOperation } from './search.ts';

interface OperationListProps {
  readonly open: OperationId | undefined;
  readonly onOpen: (id: OperationId) => void;
}

/** All operations, group by group, or those that are searched for. The focus stays in the search; arrows move, Enter opens. */
export function OperationList({ open, onOpen }: OperationListProps) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [query, setQuery] = useState('');
  const [marked, setMarked] = useState<number>();
  const isSearch = query.trim() !== '';
  const found = findOperations(query);
  const opened = found.findIndex((one) => one.id === open);
  const at = Math.min(marked ?? (isSearch ? 0 : Math.max(opened, 0)), found.length - 1);
  useEffect(() => {
    list.current?.querySelector(`[data-at="${at}"]`)?.scrollIntoView({ block: 'nearest' });
  }, [at]);
  const ask = (next: string) => {
    setQuery(next);
    setMarked(undefined);
  };
  const onKey = (event: KeyboardEvent) => {
    const last = found.length - 1;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (event.key === 'Escape' && query) ask('');
    else if (event.key === 'Enter' && found[at]) onOpen(found[at].id);
    else if (to !== undefined) setMarked(Math.max(0, Math.min(last, to)));
    else return;
    event.preventDefault();
  };
  const terms = termsOf(query);
  const row = (operation: ListedOperation) => {
    const index = found.indexOf(operation);
    return (
      <Row
        key={operation.id}
        id={`${id}-${operation.id}`}
        index={index}
        operation={operation}
        terms={terms}
        isOpen={operation.id === open}
        isMarked={index === at}
        onOpen={onOpen}
      />
    );
  };
  return (
    <>
      <div className="flex">
        <SearchField
          ref={field}
          label="Search operations"
          query={query}
          onQuery={ask}
          list={id}
          active={found[at] && `${id}-${found[at].id}`}
          onKey={onKey}
        />
      </div>
      <p role="status" className="sr-only">
        {isSearch && (found.length === 0 ? 'Nothing found' : `${found.length} found`)}
      </p>
      {found.length === 0 && (
        <div className="flex flex-col items-center gap-3 px-2 py-8 text-center">
          <SearchX className="size-6 text-muted" aria-hidden="true" />
          <p className="[overflow-wrap:anywhere]">
            Nothing found for “<bdi>{query.trim()}</bdi>”
          </p>
          <Button
            onPress={() => {
              ask('');
              field.current?.focus();
            }}
          >
            Clear the search
          </Button>
        </div>
      )}
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label="Operations"
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
            // biome-ignore lint/a11y/useSemanticElements: within a listbox only a group is a group
            <div key={group} role="group" aria-label={group} className="flex flex-col gap-0.5">
              <p aria-hidden="true" className="px-2.5 pb-0.5 font-semibold text-muted text-xs">
                {group}
              </p>
              {found.filter((one) => one.group === group).map(row)}
            </div>
          ))
        )}
      </div>
    </>
  );
}

interface RowProps {
  readonly id: string;
  readonly index: number;
  readonly operation: ListedOperation;
  readonly terms: readonly string[];
  readonly isOpen: boolean;
  readonly isMarked: boolean;
  readonly onOpen: (id: OperationId) => void;
}

function Row({ id, index, operation, terms, isOpen, isMarked, onOpen }: RowProps) {
  const { title, method, path, since } = operation;
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search, as aria-activedescendant says
    // biome-ignore lint/a11y/useKeyWithClickEvents: the search takes the keys
    <div
      id={id}
      role="option"
      aria-selected={isMarked}
      {...(isOpen ? { 'aria-current': 'true' as const, 'data-selected': true } : {})}
      data-at={index}
      data-operation={operation.id}
      onClick={() => onOpen(operation.id)}
      className={`picked flex min-h-11 scroll-my-4 flex-col justify-center rounded-lg border px-2.5 py-1.5 hover:bg-sunken data-selected:bg-sunken ${
        isMarked ? 'border-edge' : 'border-transparent forced-colors:border-[Canvas]'
      }`}
    >
      <span className={`[overflow-wrap:anywhere] ${isOpen ? 'font-semibold' : 'font-medium'}`}>
        <Marked text={title} terms={terms} />
        {since && <span className="ml-1.5 font-normal text-muted text-xs">later addition</span>}
      </span>
      <span className="flex min-w-0 items-baseline gap-1.5 text-muted text-xs">
        <Method method={method} />
        <span className="min-w-0 truncate font-mono" title={path}>
          {path.replace(/^\/users/, '') || '/'}
        </span>
      </span>
    </div>
  );
}
