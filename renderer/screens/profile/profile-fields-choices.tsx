import { useState } from 'react';
import { Picker } from '../../components/picker.tsx';
import { Segments } from '../../components/segments.tsx';
import { useNow } from '../../lib/use-now.ts';
import { audiences, languageName, languages, timeZones, zoneName, zoneTime } from './choices.ts';
import { useField } from './form.ts';
import { FieldFrame } from './text-field.tsx';

/** Whether pronouns stand beside the name in meetings. */
export function PronounsAudience() {
  const { id, words, value, fixed, set } = useField('pronouns_option');
  return (
    <FieldFrame field="pronouns_option" id={id}>
      <Segments
        aria-labelledby={`${id}-title`}
        aria-describedby={words}
        choices={audiences}
        chosen={audiences.find((audience) => audience.value === value)?.value}
        isDisabled={fixed}
        look="flex flex-col sm:flex-row sm:self-start"
        onChoose={set}
      />
    </FieldFrame>
  );
}

/** The language of Zoom's own pages and mails. */
export function LanguageChoice() {
  const { id, words, value, fixed, set } = useField('language');
  const code = String(value ?? '');
  return (
    <FieldFrame field="language" id={id} help="Of Zoom’s own pages and emails.">
      <Picker
        title="Language"
        id={id}
        describedBy={words}
        value={code}
        shown={code ? languageName(code) : 'Not set'}
        isDisabled={fixed}
        choices={() => languages(code)}
        onChoose={set}
      />
    </FieldFrame>
  );
}

/** Whether the system's clock has twelve hours. */
const hour12 = new Intl.DateTimeFormat(undefined, { hour: 'numeric' }).resolvedOptions().hour12 === true;

/** The time zone, with the time there. */
export function TimeZoneChoice() {
  const { id, words, value, fixed, set } = useField('timezone');
  const now = useNow(true);
  const zone = String(value ?? '');
  const { offset, time } = zoneTime(zone, now, hour12);
  const [own] = useState(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  const elsewhere = zone !== '' && zoneTime(own, now, hour12).offset !== offset;
  const there = time && `It is ${time} there now.`;
  return (
    <FieldFrame
      field="timezone"
      id={id}
      help={there && elsewhere ? `${there} This computer is in ${zoneName(own)}.` : there}
    >
      <Picker
        title="Time zone"
        id={id}
        describedBy={words}
        value={zone}
        shown={zone ? `${zoneName(zone)}${offset ? ` · ${offset}` : ''}` : 'Not set'}
        isDisabled={fixed}
        choices={() => timeZones(zone, Date.now(), hour12)}
        onChoose={set}
      />
    </FieldFrame>
  );
}
