import { ArrowLeft } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { HistoryEntry } from '../../../../shared/advanced.ts';
import type { TallyError } from '../../../../shared/errors.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { spoken } from '../../../../shared/words/language.ts';
import { operations } from '../../../../shared/zoom/operations.gen.ts';
import { Button } from '../../../components/button.tsx';
import { ask } from '../../../lib/bridge.ts';
import { clockTime } from '../../../lib/time.ts';
import { useNow } from '../../../lib/use-now.ts';
import { textOf } from '../form/fields.ts';
import { elapsedWords } from '../words.ts';
import { compare, type Difference } from './compare.ts';

interface CompareViewProps {
  readonly ids: readonly [string, string];
  readonly onBack: () => void;
}

/** Two calls of the history beside each other: only what differs. */
export function CompareView({ ids, onBack }: CompareViewProps) {
  const title = useRef<HTMLHeadingElement>(null);
  const [entries, setEntries] = useState<readonly [HistoryEntry, HistoryEntry]>();
  const [error, setError] = useState<TallyError>();
  const now = useNow(false);
  const compared = useMemo(() => entries && compare(...entries), [entries]);
  useEffect(() => {
    let over = false;
    title.current?.focus({ preventScroll: true });
    void Promise.all(ids.map((id) => ask(window.tally.history.get({ id })))).then(([a, b]) => {
      if (over || !a || !b) return;
      if (!a.ok) setError(a.error);
      else if (!b.ok) setError(b.error);
      // The older one first, in whichever order they were chosen.
      else setEntries(a.value.at <= b.value.at ? [a.value, b.value] : [b.value, a.value]);
    });
    return () => {
      over = true;
    };
  }, [ids]);
  return (
    <section aria-label={t.comparison} className="flex min-w-0 flex-col gap-4">
      <div className="-mb-2 min-[52rem]:hidden">
        <Button look="quiet" icon={ArrowLeft} onPress={onBack}>
          {t.history}
        </Button>
      </div>
      <h2 ref={title} tabIndex={-1} className="font-semibold text-lg outline-none">
        {t.compared}
      </h2>
      {error && <p role="alert">{spoken(error.what)}</p>}
      {entries && (
        <div className="grid grid-cols-1 gap-2 sm:grid-cols-2">
          {entries.map(({ id, answer: { http }, operation, ms, at }, place) => (
            <div key={id} className="rounded-xl border border-line bg-surface p-3">
              <p className="text-muted text-xs">{place === 0 ? t.first : t.second}</p>
              <p className="font-medium">{spoken(operations[operation].title)}</p>
              <p className="text-muted text-xs tabular-nums">
                {[
                  http ? `${http.status} ${http.phrase}` : t.noAnswer,
                  elapsedWords(ms),
                  clockTime(at, now),
                ].join(', ')}
              </p>
            </div>
          ))}
        </div>
      )}
      {compared && (
        <>
          <Differences title={t.request} of={compared.request} />
          <Differences title={t.answer} of={compared.answer} />
          {compared.more > 0 && <p className="text-muted text-xs">{t.moreDifferences(compared.more)}</p>}
        </>
      )}
    </section>
  );
}

function Differences({ title, of }: { readonly title: string; readonly of: readonly Difference[] }) {
  return (
    <section aria-label={title} className="flex flex-col gap-2">
      <h3 className="font-semibold text-sm">{title}</h3>
      {of.length === 0 ? (
        <p className="text-muted">{t.sameInBoth}</p>
      ) : (
        <dl className="divide-y divide-line overflow-hidden rounded-xl border border-line bg-surface">
          {of.map(({ at, before, after }) => (
            <div key={at} className="flex flex-col gap-1 p-3">
              <dt className="font-mono text-muted text-xs [overflow-wrap:anywhere]">{at}</dt>
              <dd className="selectable grid grid-cols-1 gap-2 font-mono text-xs sm:grid-cols-2">
                {[before, after].map((value, side) => (
                  <span
                    // biome-ignore lint/suspicious/noArrayIndexKey: first and second
                    key={side}
                    className="min-w-0 rounded-md bg-sunken px-2 py-1 [overflow-wrap:anywhere]"
                  >
                    <span className="sr-only">{side === 0 ? t.firstHas : t.secondHas} </span>
                    {value === undefined ? (
                      <span className="text-muted">{t.notThere}</span>
                    ) : (
                      textOf(value).slice(0, 2_000)
                    )}
                  </span>
                ))}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
