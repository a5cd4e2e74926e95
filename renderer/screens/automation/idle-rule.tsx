import { useId } from 'react';
import type { SettingsOf } from '../../../shared/automation/rules.ts';
import { idleWords as t } from '../../../shared/words/en/automation/idle.ts';
import { useRun } from '../../lib/actions.ts';
import { CalmChoice } from './calm-choice.tsx';
import { LengthChoice } from './length-choice.tsx';

const lengths = [1, 2, 3, 5, 10, 15, 20, 30, 45, 60, 90, 120];

/** After how many minutes nobody is there, and how soon somebody is again. */
export function IdleRule({ settings: { minutes, calm } }: { readonly settings: SettingsOf<'idle'> }) {
  const run = useRun();
  const id = useId();
  return (
    <div className="flex flex-wrap gap-x-8 gap-y-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label htmlFor={id}>{t.after}</label>
        <LengthChoice
          id={id}
          lengths={lengths}
          unit={60_000}
          value={minutes}
          onChange={(length) => run({ type: 'automation.idle', minutes: length })}
        />
      </div>
      <CalmChoice calm={calm} onChange={(length) => run({ type: 'automation.idle', calm: length })} />
    </div>
  );
}
