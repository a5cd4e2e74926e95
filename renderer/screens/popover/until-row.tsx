import { useEffect, useId, useRef } from 'react';
import { lengthChoices } from '../../../shared/lengths.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { endsAhead } from '../../../shared/times.ts';
import { clockTime } from '../../../shared/words/clock.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { popover as t } from '../../../shared/words/en/popover.ts';
import { type SettableStatus, settableStatuses, statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { FieldWords } from '../../components/field-words.tsx';
import { lowFieldLook } from '../../components/looks.ts';
import { Select } from '../../components/select.tsx';
import { useTimed } from '../presence/use-timed.ts';

interface UntilRowProps {
  readonly snapshot: Snapshot;
  /** It is asked how long this one shall last. */
  readonly asked: SettableStatus | undefined;
  readonly now: number;
}

/** The lengths for which there is room beside an end. */
const lengths = lengthChoices.slice(1);

/** A status for a time: one field, and below it usual times, until something is typed; then what it means. */
export function UntilRow({ snapshot, asked, now }: UntilRowProps) {
  const words = useId();
  const field = useRef<HTMLInputElement>(null);
  const timed = useTimed(snapshot, now, asked);
  const { status, text, means, problem } = timed;
  useEffect(() => {
    if (asked) field.current?.focus();
  }, [asked]);
  const end = endsAhead(now, snapshot.preferences.endOfDay).at(-1);
  return (
    <section aria-label={t.forAWhile} className="flex flex-col gap-1.5">
      <form onSubmit={timed.submit} className="flex flex-wrap gap-1.5">
        <Select
          aria-label={t.statusForAWhile}
          value={status}
          onChange={({ target }) => timed.pick(target.value as SettableStatus)}
          look="max-w-full shrink-0 basis-39 font-medium"
          isLow
        >
          {settableStatuses.map((one) => (
            <option key={one} value={one}>
              {statusWord(one)}
            </option>
          ))}
        </Select>
        <span className="flex min-w-0 flex-1 basis-40 gap-1.5">
          <input
            ref={field}
            aria-label={t.howLong}
            aria-invalid={problem !== undefined}
            aria-describedby={words}
            placeholder={t.timeExample}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            maxLength={60}
            value={text}
            onChange={(event) => timed.type(event.target.value)}
            className={`selectable ${lowFieldLook} flex-1 px-2.5`}
          />
          <Button type="submit" look="strong" isLow>
            {t.set}
          </Button>
        </span>
      </form>
      <div className="flex min-h-8 flex-col justify-center">
        <FieldWords id={words} problem={problem} className="text-balance text-xs leading-4">
          {means}
        </FieldWords>
        {text === '' && problem === undefined && (
          <fieldset
            aria-label={t.statusFor(statusWord(status))}
            className="flex flex-wrap gap-1.5 [&>button]:flex-auto [&>button]:whitespace-nowrap [&>button]:px-1.5"
          >
            {lengths.map((minutes) => (
              <Button key={minutes} isLow onPress={() => timed.set({ minutes })}>
                {durationWords(minutes * 60_000)}
              </Button>
            ))}
            {end !== undefined && (
              <Button isLow onPress={() => timed.set({ until: end })}>
                {t.until(clockTime(end, now))}
              </Button>
            )}
          </fieldset>
        )}
      </div>
    </section>
  );
}
