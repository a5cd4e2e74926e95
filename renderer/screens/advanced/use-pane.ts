import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { toStart } from '../../lib/to-start.ts';
import type { Outcome } from './kept.ts';

/** What stands before the answer, and what came of it. */
export const panes = { request: t.request, answer: t.answer } as const;

/**
 * Which of the two is seen where there is no room for both: the answer as soon as one comes, which takes the focus of what is hidden
 * by that.
 */
export function usePane(outcome: Outcome | undefined, answer: RefObject<HTMLElement | null>) {
  const isPast = outcome?.kind === 'answer' && outcome.past === true;
  const [pane, setPane] = useState<keyof typeof panes>(isPast ? 'answer' : 'request');
  const seen = useRef(outcome);
  const [shown, setShown] = useState(outcome);
  if (outcome !== shown) {
    setShown(outcome);
    if (outcome) setPane('answer');
  }
  useLayoutEffect(() => {
    const area = answer.current;
    if (outcome === seen.current || !area) return;
    seen.current = outcome;
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && activeElement.offsetParent === null)
      area.focus({ preventScroll: true });
    if (area.getBoundingClientRect().top > window.innerHeight * 0.6) area.scrollIntoView({ block: 'start' });
    else if (area.getBoundingClientRect().top < 0) toStart(area);
  }, [outcome, answer]);
  return [outcome ? pane : 'request', setPane] as const;
}
