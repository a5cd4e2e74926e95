import { Check, ChevronsUpDown } from 'lucide-react';
import { matchSorter } from 'match-sorter';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { lineLook } from '../../components/looks.ts';
import type { Choice } from './choices.ts';

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
        <ChevronsUpDown className="size-4 shrink-0 text-muted" aria-hidden="true" />
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
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useEffect(() => search.current?.focus(), []);
  const [all] = useState(choices);
  const [query, setQuery] = useState('');
  const found = useMemo(
    () => (query.trim() ? matchSorter(all, query.trim(), { keys: ['title', 'found', 'detail'] }) : all),
    [all, query],
  );
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      all.findIndex((one) => one.value === value),
    ),
  );
  const current = found[at];
  useEffect(() => {
    list.current?.children[at]?.scrollIntoView({ block: query ? 'nearest' : 'center' });
  }, [at, query]);
  const move = (event: KeyboardEvent) => {
    const last = found.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      PageDown: at + 8,
      PageUp: at - 8,
    };
    const next = steps[event.key];
    // Never on to a form that the list may stand in.
    if (event.key === 'Enter') event.preventDefault();
    if (event.key === 'Enter' && current) onChoose(current.value);
    else if (next !== undefined) setAt(Math.min(last, Math.max(0, next)));
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      title={title}
      onClose={onClose}
      footer={
        <div className="flex justify-end">
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </div>
      }
    >
      <input
        ref={search}
        type="text"
        role="combobox"
        aria-label={`Search: ${title}`}
        aria-expanded={true}
        aria-controls={`${id}-list`}
        {...(current ? { 'aria-activedescendant': `${id}-${at}` } : {})}
        aria-autocomplete="list"
        placeholder="Search"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={move}
        className={`${lineLook} w-full shrink-0`}
      />
      <p role="status" className="sr-only">
        {query && `${found.length} found`}
      </p>
      {found.length === 0 && (
        // As high as the list, so that the dialog stays as it is.
        <p className="grid h-80 min-h-24 place-items-center text-center text-muted [overflow-wrap:anywhere]">
          Nothing found for “{query}”.
        </p>
      )}
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={title}
        className={found.length === 0 ? 'hidden' : '-mx-2 h-80 min-h-24 overflow-y-auto'}
      >
        {found.map((choice, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search, as aria-activedescendant says
          // biome-ignore lint/a11y/useKeyWithClickEvents: the search takes the keys
          <div
            key={choice.value}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => onChoose(choice.value)}
            {...(index === at ? { 'data-selected': true } : {})}
            className="picked flex min-h-11 items-center gap-2 rounded-lg px-2 [content-visibility:auto] hover:bg-sunken data-selected:bg-sunken sm:min-h-9"
          >
            <Check
              className={`size-4 shrink-0 ${choice.value === value ? '' : 'invisible'}`}
              aria-hidden="true"
            />
            <span className="min-w-0 flex-1 truncate">
              {choice.title}
              {choice.value === value && <span className="sr-only">, chosen now</span>}
            </span>
            <bdi className="shrink-0 text-muted text-xs tabular-nums">{choice.detail}</bdi>
          </div>
        ))}
      </div>
    </Dialog>
  );
}
