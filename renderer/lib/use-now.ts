import { useEffect, useReducer } from 'react';

/**
 * The time now, epoch milliseconds. Renders again on each full second while `counting` and the window is seen,
 * and whenever it is seen again; an idle or hidden window wakes nothing.
 */
export function useNow(counting: boolean): number {
  const [, tick] = useReducer((count: number) => count + 1, 0);
  useEffect(() => {
    let timer: number | undefined;
    const schedule = () => {
      window.clearTimeout(timer);
      if (!counting || document.hidden) return;
      timer = window.setTimeout(
        () => {
          tick();
          schedule();
        },
        1000 - (Date.now() % 1000),
      );
    };
    const onVisibility = () => {
      if (!document.hidden) tick();
      schedule();
    };
    schedule();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      window.clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisibility);
    };
  }, [counting]);
  return Date.now();
}
