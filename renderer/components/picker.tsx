import { Check, ChevronsUpDown } from 'lucide-react';
import { rankings } from 'match-sorter';
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react';
import { common } from '../../shared/words/en/common.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { search } from '../lib/search.ts';
import { useListbox } from '../lib/use-listbox.ts';
import { Dialog } from './dialog.tsx';
import { lineLook } from './looks.ts';

/** One entry of a list that is searched: what it is called, what stands beside it, and what else finds it. */
export interface Choice {
  readonly value: string;
  readonly title: string;
  readonly detail: string;
  readonly found: string;
}

interface PickerProps {
  /** What is chosen: "Time zone". */
  readonly title: string;
  /** Of the button that opens the list, so that a label can name it. */
  readonly id?: string;
  readonly describedBy?: string;
  readonly value: string;
  readonly shown: ReactNode;
  readonly isDisabled?: boolean;
  /** Asked for when the list is opened. */
  readonly choices: () => Choice[];
  readonly onChoose: (value: string) => void;
}

/** A button that shows what is chosen and opens a list with search. */
export function Picker({
  title,
  id,
  describedBy,
  value,
  shown,
  isDisabled = false,
  choices,
  onChoose,
}: PickerProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        {...(id ? { id } : { 'aria-label': title })}
        {...(describedBy ? { 'aria-describedby': describedBy } : {})}
        aria-haspopup="dialog"
        disabled={isDisabled}
        onClick={() => setOpen(true)}
        className="flex min-h-11 w-full min-w-0 items-center gap-2 rounded-lg border border-edge bg-surface px-3 text-left hover:bg-sunken disabled:border-line disabled:bg-sunken disabled:text-muted sm:min-h-9"
      >
        <span className="min-w-0 flex-1 truncate">{shown}</span>
        <ChevronsUpDown className="size-4 shrink-0 text-muted" />
      </button>
      {open && (
        <PickerDialog
          title={title}
          value={value}
          choices={choices}
          onClose={() => setOpen(false)}
          onChoose={(chosen) => {
            setOpen(false);
            if (chosen !== value) onChoose(chosen);
          }}
        />
      )}
    </>
  );
}

type PickerDialogProps = Pick<PickerProps, 'title' | 'value' | 'choices' | 'onChoose'> & {
  readonly onClose: () => void;
};

/** The list itself. The focus stays in the search; arrows move through what was found, Enter takes it. */
function PickerDialog({ title, value, choices, onClose, onChoose }: PickerDialogProps) {
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [all] = useState(choices);
  const [query, setQuery] = useState('');
  const found = useMemo(
    () =>
      search(all, query, {
        title: (choice) => choice.title,
        others: ['found', 'detail'].map((key) => ({ key, threshold: rankings.CONTAINS })),
      }),
    [all, query],
  );
  const listbox = useListbox({
    label: title,
    entries: found,
    keyOf: (choice) => choice.value,
    onTake: (choice) => onChoose(choice.value),
    initial: query ? undefined : value,
  });
  useEffect(() => {
    field.current?.focus();
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'center' });
  }, []);
  return (
    <Dialog title={title} onClose={onClose} leave={common.cancel}>
      <input
        {...listbox.inputProps}
        ref={field}
        type="text"
        aria-label={t.searchIn(title)}
        placeholder={t.search}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          listbox.mark();
        }}
        className={`${lineLook} w-full shrink-0`}
      />
      <p role="status" className="sr-only">
        {query && common.found(found.length)}
      </p>
      {found.length === 0 && (
        // As high as the list, so that the dialog stays as it is.
        <p className="grid h-80 min-h-24 place-items-center text-center text-muted [overflow-wrap:anywhere]">
          {t.nothingFoundFor(query)}
        </p>
      )}
      <div
        {...listbox.listProps}
        ref={list}
        className={found.length === 0 ? 'hidden' : '-mx-2 h-80 min-h-24 overflow-y-auto'}
      >
        {found.map((choice) => (
          <div
            key={choice.value}
            {...listbox.optionProps(choice)}
            className="picked flex min-h-11 items-center gap-2 rounded-lg px-2 [content-visibility:auto] hover:bg-sunken data-selected:bg-sunken sm:min-h-9"
          >
            <Check className={`size-4 shrink-0 ${choice.value === value ? '' : 'invisible'}`} />
            <span className="min-w-0 flex-1 truncate">
              {choice.title}
              {choice.value === value && <span className="sr-only">, {t.chosenNow}</span>}
            </span>
            <bdi className="shrink-0 text-muted text-xs tabular-nums">{choice.detail}</bdi>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
