import { writeJson } from '../../shared/json.ts';

export const exitCodes = { worked: 0, inside: 1, mistake: 2, refused: 3, unreached: 4, limit: 5 } as const;

/** What the process ends with: texts for stdout and stderr. */
export interface Outcome {
  readonly code: number;
  readonly out?: string;
  readonly complaint?: string;
}

export function json(value: unknown): string {
  return writeJson(value, 2);
}
