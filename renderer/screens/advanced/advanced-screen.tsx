import { SquareTerminal } from 'lucide-react';
import { useState } from 'react';
import type { HistoryEntry } from '../../../shared/advanced.ts';
import type { TallyError } from '../../../shared/errors.ts';
import type { Place } from '../../../shared/places.ts';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { type OperationId, operations } from '../../../shared/zoom/operations.gen.ts';
import { ErrorBar } from '../../components/error-bar.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useRun } from '../../lib/actions.ts';
import { ask } from '../../lib/bridge.ts';
import { useRemembered } from '../../lib/remembered.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { Choice } from './choice.tsx';
import { CompareView } from './history/compare-view.tsx';
import { HistoryList } from './history/history-list.tsx';
import { OperationList } from './operation-list.tsx';
import { OperationView } from './operation-view.tsx';

/** What stands beside the list. */
type Detail =
  | {
      readonly kind: 'operation';
      readonly id: OperationId;
      readonly past?: HistoryEntry;
      readonly isAsked: boolean;
    }
  | { readonly kind: 'comparison'; readonly ids: readonly [string, string] };

const lists = { operations: t.operations, history: t.history } as const;

function isOperation(id: string | undefined): id is OperationId {
  return id !== undefined && Object.hasOwn(operations, id);
}

/**
 * Every operation of Zoom's Users API: found, filled in, sent, and its answer read; and the calls of the past. A place that
 * searches for an operation's id opens that one.
 */
export default function AdvancedScreen({ account, place, snapshot: { preferences } }: ScreenProps) {
  const run = useRun();
  const [last, setLast] = useRemembered<OperationId | undefined>(`advanced/${account.key}`, undefined);
  const [list, setList] = useState<keyof typeof lists>('operations');
  const [detail, setDetail] = useState<Detail | undefined>(
    last && { kind: 'operation', id: last, isAsked: false },
  );
  const [sent, setSent] = useState(0);
  const [error, setError] = useState<TallyError>();
  const open = (id: OperationId) => {
    setLast(id);
    setDetail({ kind: 'operation', id, isAsked: true });
  };
  const [arrived, setArrived] = useState<Place>();
  if (place !== arrived) {
    setArrived(place);
    if (isOperation(place.search)) open(place.search);
  }
  const openPast = async (id: string) => {
    const result = await ask(window.tally.history.get({ id }));
    setError(result.ok ? undefined : result.error);
    if (!result.ok) return;
    const past = result.value;
    setLast(past.operation);
    setDetail({ kind: 'operation', id: past.operation, past, isAsked: true });
  };
  const past = detail?.kind === 'operation' ? detail.past : undefined;
  const hides = detail ? 'max-[52rem]:hidden' : '';
  return (
    <>
      <div className={detail ? 'max-[52rem]:sr-only' : ''}>
        <PageTitle>{t.title}</PageTitle>
      </div>
      {error && <ErrorBar error={error} onDismiss={() => setError(undefined)} />}
      <div className="flex min-w-0 flex-1 flex-col gap-6 min-[52rem]:flex-row">
        <div
          className={`${hides} flex min-w-0 flex-col gap-3 min-[52rem]:sticky min-[52rem]:top-4 min-[52rem]:max-h-[calc(100vh-11rem)] min-[52rem]:w-60 min-[52rem]:shrink-0 min-[52rem]:self-start`}
        >
          <Choice isWide label={t.list} choices={lists} chosen={list} onChoose={setList} />
          {list === 'operations' ? (
            <OperationList open={detail?.kind === 'operation' ? detail.id : undefined} onOpen={open} />
          ) : (
            <HistoryList
              version={sent}
              isKept={preferences.keepHistory}
              onKeep={() => run({ type: 'preferences.set', patch: { keepHistory: true } })}
              open={past?.id}
              onOpen={(id) => void openPast(id)}
              onCompare={(ids) => setDetail({ kind: 'comparison', ids })}
            />
          )}
        </div>
        <div className={`min-w-0 flex-1 ${detail ? '' : 'max-[52rem]:hidden'}`}>
          {detail?.kind === 'operation' && (
            <OperationView
              key={`${detail.id} ${past?.id ?? ''}`}
              account={account}
              id={detail.id}
              past={past}
              takesFocus={detail.isAsked}
              onBack={() => setDetail(undefined)}
              onSent={() => setSent((count) => count + 1)}
            />
          )}
          {detail?.kind === 'comparison' && (
            <CompareView ids={detail.ids} onBack={() => setDetail(undefined)} />
          )}
          {!detail && (
            <div className="flex h-full flex-col items-center justify-center gap-3 px-4 py-12 text-center">
              <span className="grid size-14 place-items-center rounded-full bg-sunken text-muted">
                <SquareTerminal className="size-6" />
              </span>
              <div>
                <p className="font-semibold text-base">{t.chooseOperation}</p>
                <p className="text-muted">{t.nothingSentYet}</p>
              </div>
            </div>
          )}
        </div>
      </div>
    </>
  );
}
