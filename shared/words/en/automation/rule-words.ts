import type { Fact } from '../../../automation/rule.ts';

/** A fact as it is said: with times of a clock. */
type Said = Omit<Fact, 'since' | 'until' | 'begins' | 'status'> & {
  readonly since: string;
  readonly until?: string;
  readonly begins?: string;
};

/** The words of a rule. */
export interface RuleWords {
  readonly name: string;
  readonly help: string;
  /** What it sees while nothing is to be acted on. */
  readonly nothing: string;
  /** Why it can do nothing on this computer; absent where it always can. */
  readonly untold?: string;
  /** Why it has set the status, as it follows on that. */
  reason(fact: Said): string;
}
