import { useCallback, useEffect, useRef, useState } from 'react';
import type { HistoryLine, HistoryPage } from '../../../../shared/advanced.ts';
import type { TallyError } from '../../../../shared/errors.ts';
import { ask } from '../../../lib/bridge.ts';

/** How long after the last key it is searched, in ms. */
const pause = 150;

/** The calls of the past in which `search` is found; anew whenever `version` grows. */
export function useHistory(search: string, version: number) {
  const [page, setPage] = useState<HistoryPage>();
  const [error, setError] = useState<TallyError>();
  const [turn, setTurn] = useState(0);
  const latest = useRef(0);
  const load = useCallback(
    async (before: readonly HistoryLine[]) => {
      const mine = ++latest.current;
      const wanted = search.trim();
      const result = await ask(
        window.tally.history.list({
          ...(wanted !== '' && { search: wanted }),
          ...(before.length > 0 && { skip: before.length }),
        }),
      );
      // A later question was asked meanwhile.
      if (mine !== latest.current) return;
      setError(result.ok ? undefined : result.error);
      if (result.ok) setPage({ total: result.value.total, lines: [...before, ...result.value.lines] });
    },
    [search],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: version and turn are what makes it look again
  useEffect(() => {
    const timer = window.setTimeout(() => void load([]), search === '' ? 0 : pause);
    return () => window.clearTimeout(timer);
  }, [load, search, version, turn]);
  return {
    /** Absent until main has answered. */
    page,
    error,
    more: () => void load(page?.lines ?? []),
    remove: async (ids?: readonly string[]) => {
      const result = await ask(window.tally.history.remove(ids ? { ids } : {}));
      if (!result.ok) setError(result.error);
      setTurn((count) => count + 1);
    },
    reload: () => setTurn((count) => count + 1),
  };
}
