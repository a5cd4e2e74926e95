import { quietStatuses } from '../../../shared/automation/quiet.ts';
import type { SettingsOf } from '../../../shared/automation/rules.ts';
import { quietWords as t } from '../../../shared/words/en/automation/quiet.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { useRun } from '../../lib/actions.ts';
import { RuleChoice } from './rule-choice.tsx';

/** What follows while the desktop shows no notifications. */
export function QuietRule({ settings: { status } }: { readonly settings: SettingsOf<'quiet'> }) {
  const run = useRun();
  return (
    <RuleChoice
      label={t.during}
      options={quietStatuses}
      value={status}
      say={statusWord}
      onChange={(next) => run({ type: 'automation.quiet', status: next })}
    />
  );
}
