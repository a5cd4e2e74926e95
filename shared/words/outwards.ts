import type { OutwardsView } from '../outwards.ts';
import { clockTime } from './clock.ts';
import { outwards as t } from './en/outwards.ts';

/** When and why a command failed, in one line; `now` in epoch ms. */
export function failureWords(failed: NonNullable<OutwardsView['failed']>, now: number): string {
  return t.failed(clockTime(failed.at, now), whyWords(failed));
}

function whyWords(failed: NonNullable<OutwardsView['failed']>): string {
  switch (failed.kind) {
    case 'exit':
      return t.exit(String(failed.code));
    case 'signal':
      return t.signal(failed.signal);
    default:
      return t.problems[failed.kind];
  }
}
