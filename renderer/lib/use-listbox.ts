import { type KeyboardEvent, useId, useState } from 'react';

interface ListboxOptions<T> {
  readonly label: string;
  /** All entries, in the order in which they are shown. */
  readonly entries: readonly T[];
  /** Names an entry, also as a part of an element's id. */
  readonly keyOf: (entry: T) => string;
  readonly onTake: (entry: T) => void;
  /** The entry that is marked as long as the person has marked none; the first, unless it is said. */
  readonly initial?: string | undefined;
  /** There is no list at the moment. */
  readonly isHidden?: boolean;
}

/** So many entries Page Up and Page Down go past. */
const page = 8;

/** Brings the marked entry into view. */
const reveal = (option: HTMLElement | null) => option?.scrollIntoView({ block: 'nearest' });

/**
 * A list that is searched, as a combobox whose listbox is always open; what it returns is spread on the elements. The focus
 * stays in the search: arrows and pages move the mark, Enter takes what is marked. (react-aria's Autocomplete marks nothing
 * after a paste or a deletion, makes the search no combobox, and skips what cannot be taken, though its reason is to be read.)
 */
export function useListbox<T>({
  label,
  entries,
  keyOf,
  onTake,
  initial,
  isHidden = false,
}: ListboxOptions<T>) {
  const id = useId();
  /** By its key, as the list changes while it is open. */
  const [marked, setMarked] = useState<string>();
  const placeOf = (key: string | undefined) => entries.findIndex((entry) => keyOf(entry) === key);
  const own = placeOf(marked);
  const at = Math.max(0, own < 0 ? placeOf(initial) : own);
  const current = entries[at];
  const optionId = (entry: T) => `${id}-${keyOf(entry)}`;
  const mark = (entry?: T) => setMarked(entry && keyOf(entry));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || isHidden) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page }[event.key];
    if (to !== undefined) mark(entries[Math.max(0, Math.min(entries.length - 1, to))]);
    else if (event.key !== 'Enter') return;
    else if (current) onTake(current);
    // Nor is Enter to send a form that the list stands in.
    event.preventDefault();
  };
  const inputProps = {
    role: 'combobox',
    'aria-expanded': !isHidden,
    ...(!isHidden && { 'aria-controls': id }),
    ...(!isHidden && current && { 'aria-activedescendant': optionId(current) }),
    'aria-autocomplete': 'list',
    autoComplete: 'off',
    spellCheck: false,
    onKeyDown,
  } as const;
  return {
    current,
    at,
    /** Marks an entry; without one it is the initial one again. */
    mark,
    inputProps,
    listProps: { id, role: 'listbox', 'aria-label': label },
    groupProps: (title: string) => ({ role: 'group', 'aria-label': title }),
    optionProps: (entry: T) => ({
      id: optionId(entry),
      ref: entry === current ? reveal : undefined,
      role: 'option',
      'aria-selected': entry === current,
      ...(entry === current && { 'data-selected': true }),
      onClick: () => onTake(entry),
    }),
  };
}

export type Listbox<T> = ReturnType<typeof useListbox<T>>;
