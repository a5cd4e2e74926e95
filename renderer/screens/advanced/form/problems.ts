import type { ConsoleInput, ConsoleProblem, Json } from '../../../../shared/console.ts';
import { valueAt } from './pointer.ts';

/** Problems by the pointer of their place in the call: `/body/email`. */
export type Problems = ReadonlyMap<string, readonly ConsoleProblem[]>;

/** Always the same ones, so that a form without problems is not drawn anew. */
const noProblem: readonly ConsoleProblem[] = [];
const noProblems: Problems = new Map();

export function placeOfProblem({ place, pointer }: ConsoleProblem): string {
  return `/${place}${pointer}`;
}

export function problemsByPlace(problems: readonly ConsoleProblem[]): Problems {
  if (problems.length === 0) return noProblems;
  const map = new Map<string, ConsoleProblem[]>();
  for (const problem of problems) {
    const at = placeOfProblem(problem);
    map.set(at, [...(map.get(at) ?? []), problem]);
  }
  return map;
}

/** Those at a pointer and within what it points at. */
export function problemsIn(problems: Problems, pointer: string): Problems {
  const own = [...problems].filter(([at]) => at === pointer || at.startsWith(`${pointer}/`));
  return own.length === 0 ? noProblems : new Map(own);
}

/**
 * The problems to be told of a call: before the person wants to send it only those of what was filled in, then also what is
 * missing. One that may be over, as what was missing has come since it was looked at, is not told.
 * @param checked the call that was looked at
 */
export function tellable(
  problems: readonly ConsoleProblem[],
  checked: ConsoleInput | undefined,
  values: Json,
  tried: boolean,
): readonly ConsoleProblem[] {
  const told = problems.filter((problem) => {
    const at = placeOfProblem(problem);
    const isThere = valueAt(values, at) !== undefined;
    const wasThere = valueAt(checked as unknown as Json, at) !== undefined;
    return isThere === wasThere && (isThere || tried);
  });
  return told.length === 0 ? noProblem : told;
}
