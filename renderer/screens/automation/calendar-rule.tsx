import { useId } from 'react';
import { eventStatuses, minutesBefore } from '../../../shared/automation/calendar.ts';
import type { SettingsOf } from '../../../shared/automation/rules.ts';
import { calendarSettings as t } from '../../../shared/words/en/automation/calendar.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { Select } from '../../components/select.tsx';
import { useRun } from '../../lib/actions.ts';

/** What follows during an event, when it begins, and which events count. */
export function CalendarRule({ settings }: { readonly settings: SettingsOf<'calendar'> }) {
  const run = useRun();
  const id = useId();
  const { status, before, tentative, away } = settings;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label htmlFor={`${id}-status`}>{t.status}</label>
        <Select
          id={`${id}-status`}
          value={status}
          onChange={({ target }) => {
            const next = eventStatuses.find((one) => one === target.value);
            if (next) run({ type: 'automation.calendar', status: next });
          }}
        >
          {eventStatuses.map((one) => (
            <option key={one} value={one}>
              {statusWord(one)}
            </option>
          ))}
        </Select>
      </div>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label htmlFor={`${id}-before`}>{t.before}</label>
        <Select
          id={`${id}-before`}
          value={before}
          onChange={({ target }) => {
            const next = minutesBefore.find((one) => String(one) === target.value);
            if (next !== undefined) run({ type: 'automation.calendar', before: next });
          }}
        >
          {minutesBefore.map((one) => (
            <option key={one} value={one}>
              {t.beforeMinutes[one]}
            </option>
          ))}
        </Select>
      </div>
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
