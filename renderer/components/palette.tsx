import { Check, Search } from 'lucide-react';
import { useMemo, useState } from 'react';
import { type Command, commandsOf, obstacle } from '../../shared/commands.ts';
import { operationCommands } from '../../shared/operation-commands.ts';
import { presetCommands } from '../../shared/preset-commands.ts';
import { saidCommand } from '../../shared/said.ts';
import type { Snapshot } from '../../shared/state.ts';
import { commands as names } from '../../shared/words/en/commands.ts';
import { common } from '../../shared/words/en/common.ts';
import { components as t } from '../../shared/words/en/components.ts';
import { useRun } from '../lib/actions.ts';
import { findCommands, recentOf, searchSettings, withRecent } from '../lib/palette.ts';
import { searchedCommands } from '../lib/palette-fields.ts';
import { useRemembered } from '../lib/remembered.ts';
import { keysOf } from '../lib/shortcuts.ts';
import { useListbox } from '../lib/use-listbox.ts';
import { CommandIcon } from './command-icon.tsx';
import { Modal } from './dialog.tsx';

interface PaletteProps {
  readonly snapshot: Snapshot;
  readonly onClose: () => void;
}

/** Longest query; main takes no longer one to search the settings for. */
const longestQuery = 100;

/** Everything that can be asked for by name. The focus stays in the search; arrows move, Enter does it, Escape leaves. */
export default function Palette({ snapshot, onClose }: PaletteProps) {
  const run = useRun();
  const [query, setQuery] = useState('');
  const { account } = snapshot;
  const [recent, setRecent] = useRemembered<readonly string[]>('palette/recent', []);
  const listed = useMemo(
    () => [...presetCommands(snapshot, Date.now()), ...commandsOf(snapshot), ...operationCommands],
    [snapshot],
  );
  const searched = useMemo(() => [...listed, ...searchedCommands(snapshot)], [listed, snapshot]);
  const sections = useMemo(
    () => sectionsOf(listed, snapshot.account, recentOf(searched, recent)),
    [listed, searched, snapshot, recent],
  );
  const isSearch = query.trim() !== '';
  const found = useMemo(() => {
    const all = sections.flatMap(({ commands }) => commands);
    if (!isSearch) return all;
    const said = saidCommand(query, snapshot, Date.now());
    const others = findCommands(searched, query).filter(
      ({ action }) => !said || !isSame(action, said.action),
    );
    return [...(said ? [said] : []), ...others, searchSettings(query)];
  }, [sections, searched, query, isSearch, snapshot]);
  const listbox = useListbox({
    label: t.commands,
    entries: found,
    keyOf: ({ id }) => id,
    onTake: (command) => {
      if (obstacle(command, account) !== undefined) return;
      setRecent(withRecent(recent, command.id));
      onClose();
      run(command.action);
    },
  });
  const row = (command: Command) => {
    // What stands in its way.
    const why = obstacle(command, account);
    return (
      <div
        key={command.id}
        {...listbox.optionProps(command)}
        {...(why === undefined ? {} : { 'aria-disabled': true })}
        onPointerMove={() => command !== listbox.current && listbox.mark(command)}
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
        <span className="shrink-0 text-muted text-xs">
          {why ?? (isSearch ? names.groups[command.group] : '')}
        </span>
        {keysOf(command) && <kbd className="shrink-0 font-sans text-muted text-xs">{keysOf(command)}</kbd>}
        {command.current && (
          <>
            <Check className="size-4 shrink-0 text-muted" />
            <span className="sr-only">, {t.current}</span>
          </>
        )}
      </div>
    );
  };
  return (
    <Modal
      label={t.commands}
      onClose={onClose}
      closesBeside
      className="mx-auto mt-[min(10vh,5rem)] mb-auto max-h-[min(32rem,calc(100%-min(10vh,5rem)-1rem))] w-[min(36rem,calc(100%-1.5rem))]"
    >
      <div className="relative shrink-0 border-line border-b">
        <Search className="pointer-events-none absolute top-1/2 left-4 size-4.5 -translate-y-1/2 text-muted" />
        <input
          {...listbox.inputProps}
          type="text"
          aria-label={t.searchCommands}
          placeholder={t.whatToDo}
          maxLength={longestQuery}
          value={query}
          onChange={(event) => {
            setQuery(event.target.value);
            listbox.mark();
          }}
          className="selectable min-h-12 w-full min-w-0 bg-transparent pr-4 pl-12 text-base outline-none placeholder:text-muted"
        />
      </div>
      <div {...listbox.listProps} className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-2">
        {isSearch
          ? found.map(row)
          : sections.map(({ group, commands }) => (
              <div key={group} {...listbox.groupProps(group)} className="pb-2">
                <p aria-hidden="true" className="px-3 pt-2 pb-1 font-medium text-muted text-xs">
                  {group}
                </p>
                {commands.map(row)}
              </div>
            ))}
      </div>
      <p role="status" className="sr-only">
        {isSearch ? common.found(found.length) : ''}
      </p>
    </Modal>
  );
}

const isSame = (a: Command['action'], b: Command['action']) => JSON.stringify(a) === JSON.stringify(b);

/** What can be called off, what was used last, then the commands by their groups; those of which nothing can be done at the end. */
function sectionsOf(
  commands: readonly Command[],
  account: Snapshot['account'],
  used: readonly Command[],
): readonly { readonly group: string; readonly commands: readonly Command[] }[] {
  const idle = (own: readonly Command[]) => own.every((command) => obstacle(command, account) !== undefined);
  const waiting = commands.filter(({ action }) => action.type === 'presence.cancel');
  const former = used.filter((command) => !waiting.includes(command));
  const others = commands.filter((command) => !waiting.includes(command) && !former.includes(command));
  const groups = [...new Set(others.map(({ group }) => group))]
    .map((group) => ({
      group: names.groups[group],
      commands: others.filter((command) => command.group === group),
    }))
    .toSorted((a, b) => Number(idle(a.commands)) - Number(idle(b.commands)));
  const first = [
    { group: t.waiting, commands: waiting },
    { group: t.lastUsed, commands: former },
  ];
  return [...first.filter((section) => section.commands.length > 0), ...groups];
}
