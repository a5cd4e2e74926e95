import { createContext, useContext } from 'react';
import type { Action } from '../../shared/actions.ts';
import type { Screen } from '../../shared/places.ts';

/** Does an action; resolves with whether main took it. A refusal is shown by the app, so most callers need not look. */
export type Run = (action: Action) => Promise<boolean>;

export const RunContext = createContext<Run>(async () => false);

export function useRun(): Run {
  return useContext(RunContext);
}

/** Shows another screen of the window. */
type Go = (screen: Screen) => void;

export const GoContext = createContext<Go>(() => {});

export function useGo(): Go {
  return useContext(GoContext);
}
