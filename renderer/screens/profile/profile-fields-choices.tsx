import { useId, useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Picker } from '../../components/picker.tsx';
import { useNow } from '../../lib/use-now.ts';
import { languageName, languages, timeZones, zoneName, zoneTime } from './choices.ts';
import { FieldNotes } from './field-notes.tsx';
import { shownValue, useForm } from './form.ts';
import { Changed, Title } from './text-field.tsx';

const audiences = [
  { value: '1', word: 'Ask me each time' },
  { value: '2', word: 'Everybody in my meetings' },
  { value: '3', word: 'Nobody' },
] as const;

/** Whether pronouns stand beside the name in meetings. */
export function PronounsAudience() {
  const { view, edit, readOnly } = useForm();
  const id = useId();
  const fixed = readOnly || view.locked.pronouns_option !== undefined;
  const value = shownValue(view, 'pronouns_option');
  return (
    <div className="flex flex-col gap-1">
      <RadioGroup
        value={value === undefined ? null : String(value)}
        onChange={(chosen) => edit('pronouns_option', Number(chosen))}
        isDisabled={fixed}
        aria-describedby={`${id}-words`}
        className="flex flex-col gap-1"
      >
        <span className="flex items-baseline gap-2">
          <Label className="font-medium">Who sees your pronouns</Label>
          <Changed field="pronouns_option" view={view} />
        </span>
        <div className="flex flex-col rounded-lg border border-line bg-sunken p-0.5 sm:flex-row sm:self-start">
          {audiences.map(({ value: one, word }) => (
            <Radio
              key={one}
              value={one}
              className="picked flex min-h-10 items-center rounded-md border border-transparent px-3 font-medium text-muted data-selected:border-line data-selected:bg-surface data-selected:text-text sm:min-h-8"
            >
              {word}
            </Radio>
          ))}
        </div>
      </RadioGroup>
      <FieldNotes field="pronouns_option" id={`${id}-words`} />
    </div>
  );
}

/** The language of Zoom's own pages and mails. */
export function LanguageChoice() {
  const { view, edit, readOnly } = useForm();
  const id = useId();
  const value = String(shownValue(view, 'language') ?? '');
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Title field="language" id={id} />
      <Picker
        title="Language"
        id={id}
        describedBy={`${id}-words`}
        value={value}
        shown={value ? languageName(value) : 'Not set'}
        isDisabled={readOnly || view.locked.language !== undefined}
        choices={() => languages(value)}
        onChoose={(chosen) => edit('language', chosen)}
      />
      <FieldNotes field="language" id={`${id}-words`} help="Of Zoom’s own pages and e-mails." />
    </div>
  );
}

/** Whether the system's clock has twelve hours. */
const hour12 = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12 === true;

/** The time zone, with the time there. */
export function TimeZoneChoice() {
  const { view, edit, readOnly } = useForm();
  const id = useId();
  const now = useNow(true);
  const value = String(shownValue(view, 'timezone') ?? '');
  const { offset, time } = zoneTime(value, now, hour12);
  const [own] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const fixed = readOnly || view.locked.timezone !== undefined;
  const elsewhere = value !== '' && zoneTime(own, now, hour12).offset !== offset;
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <Title field="timezone" id={id} />
      <Picker
        title="Time zone"
        id={id}
        describedBy={`${id}-words`}
        value={value}
        shown={value ? `${zoneName(value)}${offset ? ` · ${offset}` : ''}` : 'Not set'}
        isDisabled={fixed}
        choices={() => timeZones(value, Date.now(), hour12)}
        onChoose={(chosen) => edit('timezone', chosen)}
      />
      <FieldNotes
        field="timezone"
        id={`${id}-words`}
        help={
          time &&
          (elsewhere
            ? `It is ${time} there now. This computer is in ${zoneName(own)}.`
            : `It is ${time} there now.`)
        }
      />
    </div>
  );
}
