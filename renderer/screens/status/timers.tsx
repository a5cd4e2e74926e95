import { useState } from 'react';
import { dndChoices, whileChoices } from '../../../shared/lengths.ts';
import type { PresenceView } from '../../../shared/state.ts';
import { dndMinutes, statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { Section } from '../../components/card.tsx';
import { MinutesForm } from '../../components/minutes-form.tsx';
import { useRun } from '../../lib/actions.ts';
import { hourOfDay, lengthWords } from '../../lib/time.ts';
import { chosenStatus } from '../../lib/words.ts';

interface DndTimersProps {
  readonly morningHour: number;
  readonly now: number;
}

/** "Do not disturb for": fixed lengths, until the morning, or any length Zoom takes. */
export function DndTimers({ morningHour, now }: DndTimersProps) {
  const run = useRun();
  const [other, setOther] = useState(false);
  // Until the morning comes the next one is today's.
  const morning = new Date(now).getHours() < morningHour ? 'this morning' : 'tomorrow morning';
  return (
    <Section title="Do not disturb for">
      <div className="flex flex-wrap gap-2">
        {dndChoices.map((minutes) => (
          <Button
            key={minutes}
            onPress={() => run({ type: 'presence.set', status: 'Do_Not_Disturb', minutes })}
          >
            {lengthWords(minutes * 60_000, 'long')}
          </Button>
        ))}
        <Button onPress={() => run({ type: 'presence.set', status: 'Do_Not_Disturb', until: 'morning' })}>
          Until {morning}, {hourOfDay(morningHour)}
        </Button>
        {!other && <Button onPress={() => setOther(true)}>Other…</Button>}
      </div>
      {other && (
        <MinutesForm
          label="Do not disturb, minutes"
          limits={dndMinutes}
          now={now}
          onSet={(minutes) => run({ type: 'presence.set', status: 'Do_Not_Disturb', minutes })}
          onClose={() => setOther(false)}
        />
      )}
    </Section>
  );
}

/**
 * "For a while": the status of the moment for a set time, then back. Not for "Do not disturb", which has its own
 * lengths, and not for what Zoom only tells (Offline, Unknown).
 */
export function WhileTimers({ presence, now }: { readonly presence: PresenceView; readonly now: number }) {
  const run = useRun();
  const [other, setOther] = useState(false);
  const status = chosenStatus(presence);
  if (!status || status === 'Do_Not_Disturb') return null;
  const word = statusWord(status);
  return (
    <Section title="For a while" note={`${word} for a set time, then back to what you had before.`}>
      <div className="flex flex-wrap gap-2">
        {whileChoices.map((minutes) => (
          <Button key={minutes} onPress={() => run({ type: 'presence.set', status, minutes })}>
            {lengthWords(minutes * 60_000, 'long')}
          </Button>
        ))}
        {!other && <Button onPress={() => setOther(true)}>Other…</Button>}
      </div>
      {other && (
        <MinutesForm
          label={`${word}, minutes`}
          limits={{ min: 1, max: dndMinutes.max }}
          now={now}
          onSet={(minutes) => run({ type: 'presence.set', status, minutes })}
          onClose={() => setOther(false)}
        />
      )}
    </Section>
  );
}
