import { CircleAlert, CircleCheck, History as HistoryIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { HistoryLine } from '../../../../shared/advanced.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { common } from '../../../../shared/words/en/common.ts';
import { spoken } from '../../../../shared/words/language.ts';
import { operations } from '../../../../shared/zoom/operations.gen.ts';
import { Button } from '../../../components/button.tsx';
import { Checkbox } from '../../../components/checkbox.tsx';
import { ConfirmDialog } from '../../../components/confirm.tsx';
import { clockTime } from '../../../lib/time.ts';
import { useNow } from '../../../lib/use-now.ts';
import { Method } from '../method.tsx';
import { SearchLine } from '../search-line.tsx';
import { elapsedWords } from '../words.ts';
import { useHistory } from './use-history.ts';

interface HistoryListProps {
  /** Grows with each call. */
  readonly version: number;
  readonly isKept: boolean;
  readonly onKeep: () => void;
  readonly open: string | undefined;
  readonly onOpen: (id: string) => void;
  readonly onCompare: (ids: readonly [string, string]) => void;
}

/** The calls of the past: searched, opened again, two of them compared, and deleted. */
export function HistoryList({ version, isKept, onKeep, open, onOpen, onCompare }: HistoryListProps) {
  const now = useNow(false);
  const [query, setQuery] = useState('');
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [asking, setAsking] = useState(false);
  const { page, error, more, remove, reload } = useHistory(query, version);
  const [one, two] = picked;
  const pick = (id: string) =>
    // The oldest of two makes way for a third.
    setPicked(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id].slice(-2));
  return (
    <div className="flex min-h-0 flex-col gap-3">
      <SearchLine label={t.searchHistory} query={query} onQuery={setQuery} />
      {!isKept && (
        <div className="flex flex-col items-start gap-2 rounded-xl bg-sunken p-3 text-sm">
          <p>{t.historyOff}</p>
          <Button onPress={onKeep}>{t.keepHistory}</Button>
        </div>
      )}
      {error && (
        <div role="alert" className="flex flex-col items-start gap-2 text-sm">
          <p className="text-danger">{spoken(error.what)}</p>
          <Button onPress={reload}>{common.tryAgain}</Button>
        </div>
      )}
      {page && page.lines.length > 0 && (
        <div className="flex min-h-9 flex-wrap items-center gap-1">
          <span role="status" className="mr-auto text-muted text-xs tabular-nums">
            {picked.length > 0 ? t.chosen(picked.length) : t.calls(page.total)}
          </span>
          {one !== undefined && two !== undefined && (
            <Button onPress={() => onCompare([one, two])}>{t.compare}</Button>
          )}
          <Button
            look="quiet"
            icon={Trash2}
            onPress={() => {
              if (picked.length === 0) return setAsking(true);
              setPicked([]);
              void remove(picked);
            }}
          >
            {picked.length > 0 ? common.delete : t.deleteAll}
          </Button>
        </div>
      )}
      {page?.lines.length === 0 && (
        <div className="flex flex-col items-center gap-2 px-2 py-8 text-center text-muted">
          <HistoryIcon className="size-6" />
          <p>{query.trim() === '' ? t.historyEmpty : t.historyNothingFound}</p>
        </div>
      )}
      <ul
        aria-label={t.history}
        className="flex flex-col gap-0.5 min-[52rem]:min-h-0 min-[52rem]:overflow-y-auto"
      >
        {page?.lines.map((line) => (
          <Line
            key={line.id}
            line={line}
            when={clockTime(line.at, now)}
            isOpen={line.id === open}
            isPicked={picked.includes(line.id)}
            onPick={() => pick(line.id)}
            onOpen={() => onOpen(line.id)}
          />
        ))}
      </ul>
      {page && page.lines.length < page.total && <Button onPress={more}>{t.showMore}</Button>}
      {asking && (
        <ConfirmDialog
          title={t.deleteHistory}
          confirm={t.deleteAll}
          cancel={common.cancel}
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void remove();
          }}
        >
          <p>{t.deleteHistoryNote}</p>
        </ConfirmDialog>
      )}
    </div>
  );
}

interface LineProps {
  readonly line: HistoryLine;
  readonly when: string;
  readonly isOpen: boolean;
  readonly isPicked: boolean;
  readonly onPick: () => void;
  readonly onOpen: () => void;
}

function Line({ line, when, isOpen, isPicked, onPick, onOpen }: LineProps) {
  const operation = operations[line.operation];
  const title = spoken(operation.title);
  const Icon = line.worked ? CircleCheck : CircleAlert;
  const status = line.status === undefined ? t.noAnswer : String(line.status);
  return (
    <li
      {...(isOpen ? { 'data-selected': true } : {})}
      className={`picked flex items-center rounded-lg ${isOpen ? 'bg-chosen shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-sunken'}`}
    >
      <Checkbox
        isOn={isPicked}
        onChange={onPick}
        label={t.chooseCall(title, when)}
        look="shrink-0 px-2 py-3"
      />
      <button
        type="button"
        {...(isOpen ? { 'aria-current': 'true' as const } : {})}
        onClick={onOpen}
        className="flex min-h-11 min-w-0 flex-1 flex-col justify-center rounded-lg px-1.5 py-1 text-left"
      >
        <span className={`flex items-center gap-1.5 ${isOpen ? 'font-semibold' : 'font-medium'}`}>
          <Icon className={`size-3.5 shrink-0 ${line.worked ? 'text-[var(--green)]' : 'text-danger'}`} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{title}</span>
        </span>
        <span className="flex flex-wrap gap-x-1.5 text-muted text-xs tabular-nums">
          <Method method={operation.method} />
          {[status, elapsedWords(line.ms), when].join(', ')}
        </span>
      </button>
    </li>
  );
}
