import { Check, Search } from 'lucide-react';
import { type KeyboardEvent, useId, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Command, commandsOf, obstacle } from '../../shared/commands.ts';
import type { Snapshot } from '../../shared/state.ts';
import { useRun } from '../lib/actions.ts';
import { findCommands, searchSettings } from '../lib/palette.ts';
import { CommandIcon } from './command-icon.tsx';

interface PaletteProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

/** Longest query; main takes no longer one to search the settings for. */
const longestQuery = 100;

/** Everything that can be asked for by name. The focus stays in the search; arrows move, Enter does it, Escape leaves. */
export default function Palette({ snapshot, onClose }: PaletteProps) {
  const run = useRun();
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const [query, setQuery] = useState('');
  /** By its name, as the list changes while it is open. */
  const [chosenId, setChosenId] = useState<string>();
  const { account } = snapshot;
  const sections = useMemo(() => sectionsOf(commandsOf(snapshot), snapshot.account), [snapshot]);
  const isSearch = query.trim() !== '';
  const found = useMemo(() => {
    const all = sections.flatMap(({ commands }) => commands);
    return isSearch ? [...findCommands(all, query), searchSettings(query)] : all;
  }, [sections, query, isSearch]);
  const at = Math.max(
    0,
    found.findIndex((command) => command.id === chosenId),
  );
  const chosen = found[at];
  const choose = ({ id }: Command) => setChosenId(id);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Before it is taken away: only closing gives the focus back.
    return () => shown?.close();
  }, []);
  const start = (command: Command) => {
    if (obstacle(command, account) !== undefined) return;
    onClose();
    run(command.action);
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 8, PageUp: at - 8 }[event.key];
    if (event.key === 'Enter' && chosen) start(chosen);
    else if (to !== undefined) setChosenId(found[Math.max(0, Math.min(found.length - 1, to))]?.id);
    else return;
    event.preventDefault();
  };
  const options = { id, account, chosen, isSearch, onChoose: choose, onStart: start };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the key for it
    <dialog
      ref={dialog}
      aria-label="Commands"
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // All of the dialog is covered by what is in it, so this was beside it.
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="mx-auto mt-[min(10vh,5rem)] mb-auto max-h-[min(32rem,calc(100%-min(10vh,5rem)-1rem))] w-[min(36rem,calc(100%-1.5rem))] max-w-none flex-col overflow-hidden rounded-2xl border border-edge bg-surface p-0 text-text shadow-lg backdrop:bg-[rgb(0_0_0/0.5)] open:flex"
    >
      <div className="relative shrink-0 border-line border-b">
        <Search
          className="pointer-events-none absolute top-1/2 left-4 size-4.5 -translate-y-1/2 text-muted"
          aria-hidden="true"
        />
        <input
          type="text"
          role="combobox"
          aria-label="Search commands"
          aria-expanded="true"
          aria-controls={id}
          {...(chosen ? { 'aria-activedescendant': `${id}-${chosen.id}` } : {})}
          aria-autocomplete="list"
          placeholder="What would you like to do?"
          autoComplete="off"
          spellCheck={false}
          maxLength={longestQuery}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            setChosenId(undefined);
          }}
          onKeyDown={onKey}
          className="selectable min-h-12 w-full min-w-0 bg-transparent pr-4 pl-12 text-base outline-none placeholder:text-muted"
        />
      </div>
      <div
        id={id}
        role="listbox"
        aria-label="Commands"
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2"
      >
        {isSearch ? (
          <Options {...options} commands={found} />
        ) : (
          sections.map(({ group, commands }) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset may not be in a listbox
            <div key={group} role="group" aria-label={group} className="pb-2">
              <p aria-hidden="true" className="px-3 pt-2 pb-1 font-medium text-muted text-xs">
                {group}
              </p>
              <Options {...options} commands={commands} />
            </div>
          ))
        )}
      </div>
      <p role="status" className="sr-only">
        {isSearch ? `${found.length} found` : ''}
      </p>
    </dialog>
  );
}

/** The commands by their groups. A group of which nothing can be done comes after the others. */
function sectionsOf(commands: readonly Command[], account: Snapshot['account']) {
  const idle = (own: readonly Command[]) => own.every((command) => obstacle(command, account) !== undefined);
  return [...new Set(commands.map(({ group }) => group))]
    .map((group) => ({ group, commands: commands.filter((command) => command.group === group) }))
    .toSorted((a, b) => Number(idle(a.commands)) - Number(idle(b.commands)));
}

interface OptionsProps {
  readonly id: string;
  readonly commands: readonly Command[];
  readonly account: Snapshot['account'];
  readonly chosen: Command | undefined;
  readonly isSearch: boolean;
  readonly onChoose: (command: Command) => void;
  readonly onStart: (command: Command) => void;
}

function Options({ id, commands, account, chosen, isSearch, onChoose, onStart }: OptionsProps) {
  return commands.map((command) => {
    const why = obstacle(command, account);
    const isChosen = command === chosen;
    return (
      // biome-ignore lint/a11y/useFocusableInteractive: the focus stays in the search, as aria-activedescendant says
      // biome-ignore lint/a11y/useKeyWithClickEvents: the search takes the keys
      <div
        key={command.id}
        id={`${id}-${command.id}`}
        ref={isChosen ? reveal : undefined}
        role="option"
        aria-selected={isChosen}
        {...(why === undefined ? {} : { 'aria-disabled': true })}
        {...(isChosen ? { 'data-selected': true } : {})}
        onPointerMove={() => !isChosen && onChoose(command)}
        onClick={() => onStart(command)}
        className="picked flex min-h-11 scroll-my-8 items-center gap-3 rounded-lg px-3 py-1.5 data-selected:bg-sunken sm:min-h-9"
      >
        <span className={why ? 'opacity-50 grayscale' : ''}>
          <CommandIcon command={command} />
        </span>
        <span
          dir="auto"
          className={`min-w-0 flex-1 text-left [overflow-wrap:anywhere] ${why ? 'text-muted' : ''}`}
        >
          {command.title}
        </span>
        <span className="shrink-0 text-muted text-xs">{why ?? (isSearch ? command.group : '')}</span>
        {command.current && (
          <>
            <Check className="size-4 shrink-0 text-muted" aria-hidden="true" />
            <span className="sr-only">, current</span>
          </>
        )}
      </div>
    );
  });
}

const reveal = (option: HTMLElement | null) => option?.scrollIntoView({ block: 'nearest' });
