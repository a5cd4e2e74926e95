import { localTime } from '../times.ts';
import type { SettableStatus } from '../zoom/presence.ts';
import type { Fact } from './rule.ts';
import type { RuleName } from './rules.ts';

/** From when to when a rule sets the status today; instants in epoch ms. */
export interface DayPart {
  readonly rule: RuleName;
  readonly status: SettableStatus;
  readonly from: number;
  /** Absent: it goes on, and nothing tells for how long. */
  readonly until?: number;
  /** Why, where that is still known. */
  readonly fact?: Fact;
}

/** From when to when it is today, by the local clock; epoch ms. */
export function dayBounds(now: number): { readonly from: number; readonly to: number } {
  const midnight = { hours: 0, minutes: 0 };
  return { from: localTime(now, 0, midnight), to: localTime(now, 1, midnight) };
}
