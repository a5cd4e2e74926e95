import { CircleAlert, CircleCheck, History as HistoryIcon, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { HistoryLine } from '../../../../shared/advanced.ts';
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
      <SearchLine label="Search the history" query={query} onQuery={setQuery} />
      {!isKept && (
        <div className="flex flex-col items-start gap-2 rounded-xl bg-sunken p-3 text-sm">
          <p>No history is kept.</p>
          <Button onPress={onKeep}>Save request history</Button>
        </div>
      )}
      {error && (
        <div role="alert" className="flex flex-col items-start gap-2 text-sm">
          <p className="text-danger">{error.what}</p>
          <Button onPress={reload}>Try again</Button>
        </div>
      )}
      {page && page.lines.length > 0 && (
        <div className="flex min-h-9 flex-wrap items-center gap-1">
          <span role="status" className="mr-auto text-muted text-xs tabular-nums">
            {picked.length > 0
              ? `${picked.length} chosen`
              : page.total === 1
                ? '1 call'
                : `${page.total} calls`}
          </span>
          {one !== undefined && two !== undefined && (
            <Button onPress={() => onCompare([one, two])}>Compare</Button>
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
            {picked.length > 0 ? 'Delete' : 'Delete all'}
          </Button>
        </div>
      )}
      {page?.lines.length === 0 && (
        <div className="flex flex-col items-center gap-2 px-2 py-8 text-center text-muted">
          <HistoryIcon className="size-6" />
          <p>
            {query.trim() === '' ? 'What you send appears here.' : 'Nothing is like this in the history.'}
          </p>
        </div>
      )}
      <ul
        aria-label="History"
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
      {page && page.lines.length < page.total && <Button onPress={more}>Show more</Button>}
      {asking && (
        <ConfirmDialog
          title="Delete the history?"
          confirm="Delete all"
          cancel="Cancel"
          onClose={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            void remove();
          }}
        >
          <p>All calls of this account are deleted from this computer. Zoom isn’t told.</p>
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
  const { title, method } = operations[line.operation];
  const Icon = line.worked ? CircleCheck : CircleAlert;
  const status = line.status === undefined ? 'No answer' : String(line.status);
  return (
    <li
      className={`flex items-center rounded-lg ${isOpen ? 'bg-chosen shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-sunken'}`}
    >
      <Checkbox
        isOn={isPicked}
        onChange={onPick}
        label={`Choose: ${title}, ${when}`}
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
          <Method method={method} />
          {[status, elapsedWords(line.ms), when].join(', ')}
        </span>
      </button>
    </li>
  );
}
