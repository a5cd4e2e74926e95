import { startTransition, useEffect, useState } from 'react';

/** So many are more than a window shows. */
const first = 30;

/** Of many entries those that are seen first, and the others bit by bit while nothing else is to do: a long list opens as soon as a short one. */
export function useGradually<T>(entries: readonly T[]): readonly T[] {
  const [count, setCount] = useState(first);
  const isPart = count < entries.length;
  useEffect(() => {
    if (isPart) startTransition(() => setCount(count * 2));
  }, [isPart, count]);
  return isPart ? entries.slice(0, count) : entries;
}
