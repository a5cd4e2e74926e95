import type { BusyTime } from './reading.ts';

/** So many times are told. */
const mostTimes = 2_000;

/**
 * Times in order, each once. Too many are made fewer: those of the same kind that touch become one, with the title of the first; and
 * what is still too much at the end is cut off.
 */
export function bounded(times: readonly BusyTime[]): {
  readonly times: readonly BusyTime[];
  readonly isCut: boolean;
} {
  const sorted = [...times].sort(inOrder).filter((one, index, all) => {
    const before = all[index - 1];
    return !before || JSON.stringify(before) !== JSON.stringify(one);
  });
  if (sorted.length <= mostTimes) return { times: sorted, isCut: false };
  const joined = merged(sorted).sort(inOrder);
  return { times: joined.slice(0, mostTimes), isCut: joined.length > mostTimes };
}

function inOrder(a: BusyTime, b: BusyTime): number {
  const flags = (one: BusyTime) => `${one.kind} ${one.isAllDay} ${one.isPrivate} `;
  return a.from - b.from || a.to - b.to || compare(flags(a) + a.title, flags(b) + b.title);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function merged(sorted: readonly BusyTime[]): BusyTime[] {
  const last = new Map<string, number>();
  const result: BusyTime[] = [];
  for (const one of sorted) {
    const key = `${one.kind} ${one.isAllDay} ${one.isPrivate}`;
    const index = last.get(key);
    const before = index === undefined ? undefined : result[index];
    if (index !== undefined && before && before.to >= one.from) {
      result[index] = { ...before, to: Math.max(before.to, one.to) };
    } else {
      last.set(key, result.length);
      result.push(one);
    }
  }
  return result;
}
