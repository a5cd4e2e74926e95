import type { TallyError } from '../../../shared/errors.ts';

/** What the person dropped, chose or pasted: files on this computer, and why others are not among them. */
export interface Offered {
  readonly paths: readonly string[];
  readonly problem?: TallyError;
}
