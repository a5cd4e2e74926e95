import { quietStatuses } from '../../../shared/automation/quiet.ts';
import type { SettingsOf } from '../../../shared/automation/rules.ts';
import { quietWords as t } from '../../../shared/words/en/automation/quiet.ts';
import { useRun } from '../../lib/actions.ts';
import { RuleStatus } from './rule-status.tsx';

/** What follows while the desktop shows no notifications. */
export function QuietRule({ settings: { status } }: { readonly settings: SettingsOf<'quiet'> }) {
  const run = useRun();
  return (
    <RuleStatus
      label={t.during}
      statuses={quietStatuses}
      status={status}
      onChange={(next) => run({ type: 'automation.quiet', status: next })}
    />
  );
}
