import { writeJson } from '../../shared/json.ts';

/** What the process ends with: texts for stdout and stderr. */
export interface Outcome {
  readonly code: number;
  readonly out?: string;
  readonly complaint?: string;
}

export function json(value: unknown): string {
  return writeJson(value, 2);
}
