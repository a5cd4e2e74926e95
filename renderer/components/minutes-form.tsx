import { type FormEvent, useState } from 'react';
import { FieldError } from 'react-aria-components/FieldError';
import { Input } from 'react-aria-components/Input';
import { Label } from 'react-aria-components/Label';
import { Text } from 'react-aria-components/Text';
import { TextField } from 'react-aria-components/TextField';
import { durationWords } from '../../shared/words/durations.ts';
import { clockTime, readMinutes } from '../lib/time.ts';
import { Button } from './button.tsx';

interface MinutesFormProps {
  readonly limits: { readonly min: number; readonly max: number };
  readonly now: number;
  readonly onSet: (minutes: number) => void;
  readonly onClose: () => void;
}

/** What to type instead, with the limits in words. */
export function minutesHelp(limits: { min: number; max: number }): string {
  const least = durationWords(limits.min * 60_000, 'long');
  const most = durationWords(limits.max * 60_000, 'long');
  return `Type whole minutes, from ${limits.min} to ${limits.max} (${least} to ${most}).`;
}

/** Brings the whole form into view, its words below the field too; focus alone shows the field. */
const reveal = (form: HTMLFormElement | null) => form?.scrollIntoView({ block: 'nearest' });

/**
 * Asks for a length in minutes and shows when it would end.
 * A plain text field: react-aria's NumberField announces through innerHTML, which Trusted Types refuse.
 */
export function MinutesForm({ limits, now, onSet, onClose }: MinutesFormProps) {
  const [text, setText] = useState('');
  const [tried, setTried] = useState(false);
  const input = readMinutes(text, limits);
  const wrong = !input.ok && (tried || input.reason === 'too-long' || input.reason === 'not-a-number');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (input.ok) {
      onSet(input.minutes);
      onClose();
    } else {
      setTried(true);
    }
  };
  return (
    <form
      ref={reveal}
      className="scroll-mb-4"
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
      }}
    >
      <TextField
        value={text}
        onChange={setText}
        isInvalid={wrong}
        validationBehavior="aria"
        autoFocus
        className="flex min-w-0 flex-1 flex-col gap-1"
      >
        <Label className="font-medium">Minutes</Label>
        <span className="flex flex-wrap items-center gap-2">
          <Input
            inputMode="numeric"
            autoComplete="off"
            maxLength={10}
            className="selectable min-h-11 w-24 rounded-lg border border-edge bg-surface px-3 tabular-nums data-invalid:border-danger sm:min-h-9"
          />
          <Button type="submit" look="strong">
            Set
          </Button>
          <Button look="quiet" onPress={onClose}>
            Cancel
          </Button>
        </span>
        {!wrong && (
          <Text slot="description" className="text-muted text-xs">
            {input.ok
              ? `${durationWords(input.minutes * 60_000, 'long')}, until ${clockTime(now + input.minutes * 60_000, now)}`
              : `${limits.min} to ${limits.max} minutes`}
          </Text>
        )}
        <FieldError className="text-danger text-xs">{minutesHelp(limits)}</FieldError>
      </TextField>
    </form>
  );
}
