import { useCallback, useEffect, useState } from 'react';
import type { ConsoleInput, ConsoleProblem } from '../../../shared/console.ts';
import { ask } from './ask.ts';

/** How long after the last key a call is looked at, in ms. */
const pause = 150;

interface Found {
  readonly problems: readonly ConsoleProblem[];
  /** The call in which they were found. */
  readonly checked: ConsoleInput | undefined;
}

const nothing: Found = { problems: [], checked: undefined };

/** What main finds wrong with a call, shortly after it was changed; `look` asks at once. */
export function useProblems(
  input: ConsoleInput | undefined,
): Found & { readonly look: (input: ConsoleInput) => Promise<readonly ConsoleProblem[]> } {
  const [found, setFound] = useState(nothing);
  const look = useCallback(async (checked: ConsoleInput) => {
    const result = await ask(window.tally.console.check(checked));
    const problems = result.ok ? result.value : nothing.problems;
    setFound({ problems, checked });
    return problems;
  }, []);
  useEffect(() => {
    if (!input) return;
    let over = false;
    const timer = window.setTimeout(async () => {
      const result = await ask(window.tally.console.check(input));
      if (!over && result.ok) setFound({ problems: result.value, checked: input });
    }, pause);
    return () => {
      over = true;
      window.clearTimeout(timer);
    };
  }, [input]);
  return { ...found, look };
}
