import { useEffect, useState } from 'react';

/** So long what has just come to its end is shown as it was, ms. */
const moment = 4_000;

/**
 * Those of `ids` that are there for a moment already: what was there before the screen was opened at once, others once
 * nothing has joined them for as long.
 */
export function useSettled(ids: readonly string[]): ReadonlySet<string> {
  const [settled, setSettled] = useState<ReadonlySet<string>>(() => new Set(ids));
  const fresh = ids.filter((id) => !settled.has(id)).join('\n');
  useEffect(() => {
    if (fresh === '') return;
    const timer = window.setTimeout(() => setSettled((so) => new Set([...so, ...fresh.split('\n')])), moment);
    return () => window.clearTimeout(timer);
  }, [fresh]);
  return settled;
}
