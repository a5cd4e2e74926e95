import { useId, useState } from 'react';
import { offStatuses } from '../../../shared/automation/hours.ts';
import type { SettingsOf } from '../../../shared/automation/rules.ts';
import { workDayProblems, workDayWords } from '../../../shared/words/automation.ts';
import { automation as t } from '../../../shared/words/en/automation.ts';
import { readWorkDay, type WorkSpan } from '../../../shared/working-hours.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { FieldWords } from '../../components/field-words.tsx';
import { lineLook } from '../../components/looks.ts';
import { useRun } from '../../lib/actions.ts';
import { RuleChoice } from './rule-choice.tsx';

/** As a week begins for most people: Monday. */
const days = [
  { day: 1, word: t.days.monday },
  { day: 2, word: t.days.tuesday },
  { day: 3, word: t.days.wednesday },
  { day: 4, word: t.days.thursday },
  { day: 5, word: t.days.friday },
  { day: 6, word: t.days.saturday },
  { day: 0, word: t.days.sunday },
] as const;

/** What follows outside of working hours, and when they are. */
export function HoursRule({ settings: hours }: { readonly settings: SettingsOf<'hours'> }) {
  const run = useRun();
  return (
    <div className="flex flex-col gap-4">
      <RuleChoice
        label={t.outsideThem}
        options={offStatuses}
        value={hours.status}
        say={statusWord}
        onChange={(status) => run({ type: 'automation.hours', status })}
      />
      <fieldset className="grid gap-x-3 gap-y-2 sm:grid-cols-[auto_1fr] sm:items-start">
        <legend className="sr-only">{t.hoursByDay}</legend>
        {days.map(({ day, word }) => (
          <DayField
            key={day}
            word={word}
            spans={hours.week[day] ?? []}
            onChange={(spans) =>
              run({
                type: 'automation.hours',
                week: hours.week.map((one, at) => [...(at === day ? spans : one)]),
              })
            }
          />
        ))}
      </fieldset>
    </div>
  );
}

interface DayFieldProps {
  readonly word: string;
  readonly spans: readonly WorkSpan[];
  readonly onChange: (spans: readonly WorkSpan[]) => void;
}

/** Kept when the field is left or Enter pressed, and only where it can be read. */
function DayField({ word, spans, onChange }: DayFieldProps) {
  const id = useId();
  const [text, setText] = useState<string>();
  const shown = text ?? workDayWords(spans);
  const read = readWorkDay(shown);
  const commit = () => {
    if (text === undefined || !read.ok) return;
    setText(undefined);
    if (JSON.stringify(read.spans) !== JSON.stringify(spans)) onChange(read.spans);
  };
  return (
    <>
      <label htmlFor={id} className="pr-3 sm:pt-2">
        {word}
      </label>
      <div className="flex min-w-0 flex-col gap-1">
        <input
          id={id}
          value={shown}
          placeholder={t.dayOff}
          onChange={({ target }) => setText(target.value)}
          onBlur={commit}
          onKeyDown={({ key }) => {
            if (key === 'Enter') commit();
            if (key === 'Escape') setText(undefined);
          }}
          aria-invalid={!read.ok}
          {...(read.ok ? {} : { 'aria-describedby': `${id}-words` })}
          maxLength={100}
          autoComplete="off"
          spellCheck={false}
          className={`${lineLook} w-full tabular-nums`}
        />
        <FieldWords
          id={`${id}-words`}
          problem={read.ok ? undefined : workDayProblems[read.problem]}
          className="text-xs"
        />
      </div>
    </>
  );
}
