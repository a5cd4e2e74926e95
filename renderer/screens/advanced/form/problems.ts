import type { CallInput, CallProblem, Json } from '../../../../shared/advanced.ts';
import { valueAt } from '../../../../shared/json.ts';

/** Problems by the pointer of their place in the call: `/body/email`. */
export type Problems = ReadonlyMap<string, readonly CallProblem[]>;

/** Always the same ones, so that a form without problems is not drawn anew. */
const noProblem: readonly CallProblem[] = [];
const noProblems: Problems = new Map();

export function placeOfProblem({ place, pointer }: CallProblem): string {
  return `/${place}${pointer}`;
}

export function problemsByPlace(problems: readonly CallProblem[]): Problems {
  if (problems.length === 0) return noProblems;
  const map = new Map<string, CallProblem[]>();
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
  problems: readonly CallProblem[],
  checked: CallInput | undefined,
  values: Json,
  tried: boolean,
): readonly CallProblem[] {
  const told = problems.filter((problem) => {
    const at = placeOfProblem(problem);
    const isThere = valueAt(values, at) !== undefined;
    const wasThere = valueAt(checked as unknown as Json, at) !== undefined;
    return isThere === wasThere && (isThere || tried);
  });
  return told.length === 0 ? noProblem : told;
}
