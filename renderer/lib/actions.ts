import { createContext, useContext } from 'react';
import type { Action } from '../../shared/actions.ts';

/** Does an action; a refusal is shown by the app, so callers need not look at the outcome. */
export type Run = (action: Action) => void;

export const RunContext = createContext<Run>(() => {});

export function useRun(): Run {
  return useContext(RunContext);
}
