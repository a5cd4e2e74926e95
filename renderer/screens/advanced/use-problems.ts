import { useCallback, useEffect, useState } from 'react';
import type { CallInput, CallProblem } from '../../../shared/advanced.ts';
import { ask } from '../../lib/bridge.ts';

/** How long after the last key a call is looked at, in ms. */
const pause = 150;

interface Found {
  readonly problems: readonly CallProblem[];
  /** The call in which they were found. */
  readonly checked: CallInput | undefined;
}

const nothing: Found = { problems: [], checked: undefined };

/** What main finds wrong with a call, shortly after it was changed; `look` asks at once. */
export function useProblems(
  input: CallInput | undefined,
): Found & { readonly look: (input: CallInput) => Promise<readonly CallProblem[]> } {
  const [found, setFound] = useState(nothing);
  const look = useCallback(async (checked: CallInput) => {
    const result = await ask(window.tally.advanced.check(checked));
    const problems = result.ok ? result.value : nothing.problems;
    setFound({ problems, checked });
    return problems;
  }, []);
  useEffect(() => {
    if (!input) return;
    let over = false;
    const timer = window.setTimeout(async () => {
      const result = await ask(window.tally.advanced.check(input));
      if (!over && result.ok) setFound({ problems: result.value, checked: input });
    }, pause);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [input]);
  return { ...found, look };
}
