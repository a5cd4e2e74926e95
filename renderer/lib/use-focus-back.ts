import { type RefObject, useEffect, useRef } from 'react';

/**
 * When what had the focus within `area` is gone after `watch` changed, `fallback` takes it, so that the keyboard goes on
 * from there and not from the top of the window.
 */
export function useFocusBack(
  area: RefObject<HTMLElement | null>,
  fallback: RefObject<HTMLElement | null>,
  watch: unknown,
): void {
  const within = useRef(false);
  useEffect(() => {
    const follow = ({ target }: Event) => {
      within.current = target instanceof Node && area.current?.contains(target) === true;
    };
    document.addEventListener('focusin', follow);
    document.addEventListener('pointerdown', follow);
    return () => {
      document.removeEventListener('focusin', follow);
      document.removeEventListener('pointerdown', follow);
    };
  }, [area]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: watch is what makes it look again
  useEffect(() => {
    const { activeElement, body } = document;
    if (within.current && (!activeElement || activeElement === body))
      fallback.current?.focus({ preventScroll: true });
  }, [watch, fallback]);
}
