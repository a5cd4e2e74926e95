import { useState } from 'react';
import { common } from '../../../shared/words/en/common.ts';
import { profile as t } from '../../../shared/words/en/profile.ts';
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
        look="flex flex-col sm:flex-row sm:self-start min-[75rem]:max-[86rem]:flex-col"
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
    <FieldFrame field="language" id={id} help={t.languageHelp}>
      <Picker
        title={t.language}
        id={id}
        describedBy={words}
        value={code}
        shown={code ? languageName(code) : common.notSet}
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
  const there = time && t.timeThere(time);
  return (
    <FieldFrame
      field="timezone"
      id={id}
      help={there && elsewhere ? t.timeThereAndHere(time, zoneName(own)) : there}
    >
      <Picker
        title={t.timeZone}
        id={id}
        describedBy={words}
        value={zone}
        shown={zone ? `${zoneName(zone)}${offset ? ` · ${offset}` : ''}` : common.notSet}
        isDisabled={fixed}
        choices={() => timeZones(zone, Date.now(), hour12)}
        onChoose={set}
      />
    </FieldFrame>
  );
}
