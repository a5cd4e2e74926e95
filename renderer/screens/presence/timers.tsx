import { BookmarkPlus } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { timerCommands } from '../../../shared/commands.ts';
import { mostPresets } from '../../../shared/preset-limits.ts';
import { statusOfSlug } from '../../../shared/said.ts';
import { endsAhead } from '../../../shared/times.ts';
import { presence as t } from '../../../shared/words/en/presence.ts';
import { type SettableStatus, settableStatuses, statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/card.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { clockTime, hourOfDay } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { PresetDialog } from '../presets/preset-dialog.tsx';
import { type Timed, useTimed } from './use-timed.ts';

type TimersProps = Pick<ScreenProps, 'snapshot' | 'place'>;

/**
 * A status for a time: usual lengths and ends, and one field for any other. Whoever comes by "Other…" of the tray, where there is no
 * popover, is led to the field.
 */
export function Timers({ snapshot, place }: TimersProps) {
  const { preferences } = snapshot;
  const run = useRun();
  const statusId = useId();
  const field = useRef<HTMLInputElement>(null);
  const now = useNow(true);
  const timed = useTimed(snapshot, now);
  const { status, pick, set } = timed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each way here asks anew, whatever was chosen since
  useEffect(() => {
    const asked = statusOfSlug(place.search);
    if (!asked) return;
    pick(asked);
    field.current?.focus();
    field.current?.form?.scrollIntoView({ block: 'nearest' });
  }, [place]);
  const end = endsAhead(now, preferences.endOfDay).find((at) => isEndOfDay(at, preferences.endOfDay));
  // After midnight the next morning is today's.
  const isEarly = new Date(now).getHours() < preferences.morningHour;
  const morning = (isEarly ? t.untilThisMorning : t.untilTomorrowMorning)(hourOfDay(preferences.morningHour));
  const ends = timerCommands(status).map(
    ({ id, brief, action }): EndChoice => ({
      id,
      word: id.endsWith('/morning') ? morning : brief,
      press: () => run(action),
    }),
  );
  if (end !== undefined) {
    const endOfDay = {
      id: 'end-of-day',
      word: t.until(clockTime(end, now)),
      press: () => set({ until: end }),
    };
    // The next one first; the morning is the last of the others.
    ends.splice(isEarly ? ends.length : -1, 0, endOfDay);
  }
  return (
    <Section title={t.forAWhile}>
      <div className="flex flex-wrap items-start gap-x-2 gap-y-3">
        <label htmlFor={statusId} className="sr-only">
          {t.statusForAWhile}
        </label>
        <Select
          id={statusId}
          value={status}
          onChange={({ target }) => pick(target.value as SettableStatus)}
          look="font-medium sm:mt-6"
        >
          {settableStatuses.map((one) => (
            <option key={one} value={one}>
              {statusWord(one)}
            </option>
          ))}
        </Select>
        <TimeForm snapshot={snapshot} timed={timed} field={field} />
      </div>
      <div className="flex flex-wrap gap-2">
        {ends.map(({ id, word, press }) => (
          <Button key={id} onPress={press}>
            {word}
          </Button>
        ))}
      </div>
    </Section>
  );
}

interface EndChoice {
  readonly id: string;
  readonly word: string | undefined;
  readonly press: () => unknown;
}

function isEndOfDay(at: number, endOfDay: number): boolean {
  const local = new Date(at);
  return local.getHours() * 60 + local.getMinutes() === endOfDay;
}

interface TimeFormProps extends Pick<ScreenProps, 'snapshot'> {
  readonly timed: Timed;
  readonly field: React.RefObject<HTMLInputElement | null>;
}

/** Takes a time as people say it, and says what it understood before anything is sent. */
function TimeForm({ snapshot, timed, field }: TimeFormProps) {
  const { status, text, type, read, means, problem } = timed;
  const [saving, setSaving] = useState(false);
  return (
    <>
      <form
        onSubmit={timed.submit}
        onKeyDown={({ key }) => {
          if (key === 'Escape') type('');
        }}
        onFocus={({ currentTarget }) => currentTarget.scrollIntoView({ block: 'nearest' })}
        className="flex min-w-0 flex-1 basis-72 scroll-mb-4 items-start gap-2"
      >
        <div className="min-w-0 flex-1">
          <Field
            ref={field}
            label={t.howLong}
            placeholder={t.timeExample}
            maxLength={60}
            value={text}
            onChange={(event) => type(event.target.value)}
            help={means ?? (status === 'Away' ? t.awayMayEnd : t.timeHelp)}
            problem={problem}
          />
        </div>
        <div className="flex gap-1 pt-6">
          <Button type="submit" look="strong">
            {t.set}
          </Button>
          <Button
            look="quiet"
            icon={BookmarkPlus}
            aria-label={t.saveAsPreset}
            isDisabled={!read.ok || snapshot.presets.list.length >= mostPresets}
            onPress={() => setSaving(true)}
          />
        </div>
      </form>
      {saving && (
        <PresetDialog snapshot={snapshot} begin={{ status, time: text }} onClose={() => setSaving(false)} />
      )}
    </>
  );
}
