import { useCallback, useState } from 'react';

/** What screens come back to, by name, as long as the window lives. Nothing secret, and nothing that main knows. */
const memory = new Map<string, unknown>();

/** A state that outlives its screen. */
export function useRemembered<T>(name: string, initial: T): [T, (next: T) => void] {
  const [value, setValue] = useState(memory.has(name) ? (memory.get(name) as T) : initial);
  const set = useCallback(
    (next: T) => {
      memory.set(name, next);
      setValue(next);
    },
    [name],
  );
  return [value, set];
}
