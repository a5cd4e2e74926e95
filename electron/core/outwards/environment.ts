import type { Snapshot } from '../../../shared/state.ts';
import { reasonWords } from '../../../shared/words/automation.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';

/** What a program is told of the status, by the names of docs/automation.md; `now` in epoch ms. What is not known is empty. */
export function statusEnvironment(
  { presence: { current }, automation }: Pick<Snapshot, 'presence' | 'automation'>,
  now: number,
): Record<string, string> {
  const { status, since, until, cause } = current;
  const acting = automation?.acting;
  const reason = cause === 'rule' && acting?.status === status ? reasonWords(acting, now) : '';
  return {
    TALLY_STATUS: status,
    TALLY_STATUS_LABEL: statusWord(status),
    TALLY_STATUS_SINCE: new Date(since).toISOString(),
    TALLY_STATUS_UNTIL: until === undefined ? '' : new Date(until).toISOString(),
    TALLY_STATUS_CAUSE: cause,
    TALLY_STATUS_REASON: reason,
  };
}
