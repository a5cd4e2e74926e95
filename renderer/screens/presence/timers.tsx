import { BookmarkPlus } from 'lucide-react';
import { type FormEvent, useEffect, useId, useRef, useState } from 'react';
import type { Action } from '../../../shared/actions.ts';
import { timerCommands } from '../../../shared/commands.ts';
import { mostPresets } from '../../../shared/preset-limits.ts';
import { statusOfSlug, timeContext, understood } from '../../../shared/said.ts';
import { endsAhead, readTime, type TimeProblem, timeProblems } from '../../../shared/times.ts';
import { type SettableStatus, settableStatuses, statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/card.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { clockTime, hourOfDay } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { chosenStatus } from '../../lib/words.ts';
import { PresetDialog } from '../presets/preset-dialog.tsx';

type TimersProps = Pick<ScreenProps, 'snapshot' | 'place'>;

/** What more typing would not mend. */
const plainlyWrong: readonly TimeProblem[] = ['too-long', 'dnd-too-long', 'passed'];

/**
 * A status for a time: usual lengths and ends, and one field for any other. It begins with the status that was chosen, or with do not
 * disturb while that is Available; whoever comes by "Other…" of the tray is led to the field.
 */
export function Timers({ snapshot, place }: TimersProps) {
  const { presence, preferences } = snapshot;
  const run = useRun();
  const statusId = useId();
  const field = useRef<HTMLInputElement>(null);
  const chosen = chosenStatus(presence);
  const [picked, setPicked] = useState<{ readonly status: SettableStatus; readonly after: typeof chosen }>();
  const usual = chosen && chosen !== 'Available' ? chosen : 'Do_Not_Disturb';
  // A choice made elsewhere since counts more.
  const status = picked && picked.after === chosen ? picked.status : usual;
  const now = useNow(true);
  // biome-ignore lint/correctness/useExhaustiveDependencies: each way here asks anew, whatever was chosen since
  useEffect(() => {
    const asked = statusOfSlug(place.search);
    if (!asked) return;
    setPicked({ status: asked, after: chosen });
    field.current?.focus();
    field.current?.form?.scrollIntoView({ block: 'nearest' });
  }, [place]);
  const set = (lasting: Omit<Extract<Action, { type: 'presence.set' }>, 'type' | 'status'>) =>
    run({ type: 'presence.set', status, ...lasting });
  const end = endsAhead(now, preferences.endOfDay).find((at) => isEndOfDay(at, preferences.endOfDay));
  // After midnight the next morning is today's.
  const morning = new Date(now).getHours() < preferences.morningHour ? 'this morning' : 'tomorrow morning';
  return (
    <Section title="For a while">
      <div className="flex flex-wrap items-start gap-x-2 gap-y-3">
        <label htmlFor={statusId} className="sr-only">
          Status for a while
        </label>
        <Select
          id={statusId}
          value={status}
          onChange={({ target }) => setPicked({ status: target.value as SettableStatus, after: chosen })}
          look="font-medium sm:mt-6"
        >
          {settableStatuses.map((one) => (
            <option key={one} value={one}>
              {statusWord(one)}
            </option>
          ))}
        </Select>
        <TimeForm snapshot={snapshot} status={status} field={field} now={now} onSet={set} />
      </div>
      <div className="flex flex-wrap gap-2">
        {timerCommands(status).map(({ id, brief, action }) => (
          <Button key={id} onPress={() => run(action)}>
            {id.endsWith('/morning') ? `Until ${morning}, ${hourOfDay(preferences.morningHour)}` : brief}
          </Button>
        ))}
        {end !== undefined && (
          <Button onPress={() => set({ until: end })}>Until {clockTime(end, now)}</Button>
        )}
      </div>
    </Section>
  );
}

function isEndOfDay(at: number, endOfDay: number): boolean {
  const local = new Date(at);
  return local.getHours() * 60 + local.getMinutes() === endOfDay;
}

interface TimeFormProps extends Pick<ScreenProps, 'snapshot'> {
  readonly status: SettableStatus;
  readonly field: React.RefObject<HTMLInputElement | null>;
  readonly now: number;
  readonly onSet: (lasting: { minutes: number } | { until: number }) => void;
}

/** Takes a time as people say it, and says what it understood before anything is sent. */
function TimeForm({ snapshot, status, field, now, onSet }: TimeFormProps) {
  const { presence, preferences } = snapshot;
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const [saving, setSaving] = useState(false);
  const read = readTime(text, status, timeContext(preferences, now));
  const isWrong = !read.ok && (tried || plainlyWrong.includes(read.problem));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(!read.ok);
    if (!read.ok) return;
    onSet(read.lasting);
    setText('');
  };
  return (
    <>
      <form
        onSubmit={submit}
        onKeyDown={({ key }) => {
          if (key !== 'Escape') return;
          setText('');
          setTried(false);
        }}
        onFocus={({ currentTarget }) => currentTarget.scrollIntoView({ block: 'nearest' })}
        className="flex min-w-0 flex-1 basis-72 scroll-mb-4 items-start gap-2"
      >
        <div className="min-w-0 flex-1">
          <Field
            ref={field}
            label="How long, or until when"
            placeholder="45, 1h30, 14:30, noon, tomorrow 8"
            maxLength={60}
            value={text}
            onChange={(event) => setText(event.target.value)}
            help={
              read.ok
                ? `${statusWord(status)} ${understood(read, status, { presence, now })}`
                : 'You see what it means before it is sent.'
            }
            problem={isWrong ? timeProblems[read.problem] : undefined}
          />
        </div>
        <div className="flex gap-1 pt-6">
          <Button type="submit" look="strong">
            Set
          </Button>
          <Button
            look="quiet"
            icon={BookmarkPlus}
            aria-label="Save as a preset"
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
