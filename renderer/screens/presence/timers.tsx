import { type ReactNode, useRef, useState } from 'react';
import { dndChoices, whileChoices } from '../../../shared/lengths.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import { durationWords } from '../../../shared/words/durations.ts';
import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/card.tsx';
import { MinutesForm } from '../../components/minutes-form.tsx';
import { useRun } from '../../lib/actions.ts';
import { hourOfDay } from '../../lib/time.ts';
import { chosenStatus } from '../../lib/words.ts';

interface LengthsProps {
  /** On offer, in minutes. */
  readonly choices: readonly number[];
  readonly now: number;
  readonly onSet: (minutes: number) => void;
  /** More choices, before "Other…". */
  readonly children?: ReactNode;
}

/** Fixed lengths as buttons, and any other that Zoom takes by typing it. Focus comes back to "Other…" when that is done. */
function Lengths({ choices, now, onSet, children }: LengthsProps) {
  const [open, setOpen] = useState(false);
  const other = useRef<HTMLButtonElement>(null);
  return (
    <>
      <div className="flex flex-wrap gap-2">
        {choices.map((minutes) => (
          <Button key={minutes} onPress={() => onSet(minutes)}>
            {durationWords(minutes * 60_000, 'long')}
          </Button>
        ))}
        {children}
        <Button ref={other} aria-expanded={open} onPress={() => setOpen(!open)}>
          Other…
        </Button>
      </div>
      {open && (
        <MinutesForm
          limits={dndMinutes}
          now={now}
          onSet={onSet}
          onClose={() => {
            setOpen(false);
            other.current?.focus();
          }}
        />
      )}
    </>
  );
}

/** "Do not disturb for": fixed lengths, until the morning, or any length Zoom takes. */
export function DndTimers({ morningHour, now }: { readonly morningHour: number; readonly now: number }) {
  const run = useRun();
  const status = 'Do_Not_Disturb';
  // After midnight the next morning is today's.
  const morning = new Date(now).getHours() < morningHour ? 'this morning' : 'tomorrow morning';
  return (
    <Section title="Do not disturb for">
      <Lengths
        choices={dndChoices}
        now={now}
        onSet={(minutes) => run({ type: 'presence.set', status, minutes })}
      >
        <Button onPress={() => run({ type: 'presence.set', status, until: 'morning' })}>
          Until {morning}, {hourOfDay(morningHour)}
        </Button>
      </Lengths>
    </Section>
  );
}

/**
 * "For a while": the status of the moment for a set time, then back. Not for "Do not disturb", which has its own
 * lengths, and not for what Zoom only tells (Offline, Unknown).
 */
export function WhileTimers({ presence, now }: { readonly presence: PresenceView; readonly now: number }) {
  const run = useRun();
  const status = chosenStatus(presence);
  if (!status || status === 'Do_Not_Disturb') return null;
  return (
    <Section
      title="For a while"
      note={`${statusWord(status)} for a set time, then back to what you had before.`}
    >
      <Lengths
        choices={whileChoices}
        now={now}
        onSet={(minutes) => run({ type: 'presence.set', status, minutes })}
      />
    </Section>
  );
}
