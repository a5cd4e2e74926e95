import { useCallback, useSyncExternalStore } from 'react';

/** Whether the window is as a media query says. */
export function useMedia(query: string): boolean {
  const subscribe = useCallback(
    (changed: () => void) => {
      const list = window.matchMedia(query);
      list.addEventListener('change', changed);
      return () => list.removeEventListener('change', changed);
    },
    [query],
  );
  const matches = () => window.matchMedia(query).matches;
  // Drawn without a window, as the tests of recorded accounts do, no query holds.
  return useSyncExternalStore(subscribe, matches, () => false);
}
