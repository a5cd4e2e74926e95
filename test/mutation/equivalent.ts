/** A change that no test can notice, as nothing that can be seen depends on it. */
interface Equivalent {
  readonly file: string;
  /** What stands there, and what it becomes; as the report writes them. */
  readonly code: string;
  readonly becomes: string;
  readonly why: string;
}

export const equivalent: readonly Equivalent[] = [];
