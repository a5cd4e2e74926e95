import { type ReactNode, useEffect, useRef } from 'react';
import { toStart } from '../lib/to-start.ts';

const looks = {
  plain: 'font-semibold text-2xl outline-none',
  large: 'font-semibold text-2xl leading-8 outline-none sm:text-3xl sm:leading-9',
  small: 'font-semibold text-base leading-5 outline-none',
  hidden: 'sr-only',
} as const;

interface PageTitleProps {
  readonly children: ReactNode;
  readonly watch?: unknown;
  /** `hidden`: for screen readers only. */
  readonly look?: keyof typeof looks;
}

/**
 * The title of a page. When what had the focus is gone with the page before, the title takes it, so that keyboard and
 * screen reader go on from here; the same when `watch` changes.
 */
export function PageTitle({ children, watch, look = 'plain' }: PageTitleProps) {
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    toStart(title.current);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: watch is what makes it look again
  useEffect(() => {
    const { activeElement, body } = document;
    const isLost = !activeElement || activeElement === body;
    // Not before the person did anything: at the start the first Tab goes to the navigation.
    if (isLost && navigator.userActivation.hasBeenActive) title.current?.focus({ preventScroll: true });
  }, [watch]);
  return (
    <h1 ref={title} tabIndex={-1} className={`[overflow-wrap:anywhere] ${looks[look]}`}>
      {children}
    </h1>
  );
}
