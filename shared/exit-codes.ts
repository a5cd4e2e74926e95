import type { TallyError } from './errors.ts';

/** What `tally` and `npm run call` end with; `limit` is a limit of Zoom's. */
export const exitCodes = { worked: 0, inside: 1, mistake: 2, refused: 3, unreached: 4, limit: 5 } as const;

/** What a command ends with that came to this. */
export function exitCodeOf({ kind, zoom }: Pick<TallyError, 'kind' | 'zoom'>): number {
  if (kind === 'rate-limit' || kind === 'minute-limit' || kind === 'daily-limit') return exitCodes.limit;
  if (kind === 'network' || kind === 'timeout' || kind === 'zoom-down') return exitCodes.unreached;
  if (zoom || kind === 'not-signed-in') return exitCodes.refused;
  if (kind === 'invalid-input' || kind === 'file') return exitCodes.mistake;
  return kind === 'bad-answer' ? exitCodes.unreached : exitCodes.inside;
}
