import { eventStatuses, minutesBefore } from '../../../shared/automation/calendar.ts';
import type { SettingsOf } from '../../../shared/automation/rules.ts';
import { calendarSettings as t } from '../../../shared/words/en/automation/calendar.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { useRun } from '../../lib/actions.ts';
import { RuleChoice } from './rule-choice.tsx';

/** What follows during an event, when it begins, and which events count. */
export function CalendarRule({ settings }: { readonly settings: SettingsOf<'calendar'> }) {
  const run = useRun();
  const { status, before, tentative, away } = settings;
  return (
    <div className="flex flex-col gap-3">
      <RuleChoice
        label={t.status}
        options={eventStatuses}
        value={status}
        say={statusWord}
        onChange={(one) => run({ type: 'automation.calendar', status: one })}
      />
      <RuleChoice
        label={t.before}
        options={minutesBefore}
        value={before}
        say={(minutes) => t.beforeMinutes[minutes]}
        onChange={(minutes) => run({ type: 'automation.calendar', before: minutes })}
      />
      <Checkbox
        isOn={tentative}
        onChange={(on) => run({ type: 'automation.calendar', tentative: on })}
        detail={t.tentativeHelp}
      >
        {t.tentative}
      </Checkbox>
      <Checkbox
        isOn={away}
        onChange={(on) => run({ type: 'automation.calendar', away: on })}
        detail={t.awayHelp}
      >
        {t.away}
      </Checkbox>
    </div>
  );
}
