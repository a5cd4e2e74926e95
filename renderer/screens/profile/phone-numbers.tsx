import { Plus, Trash2 } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import type { PhoneNumber } from '../../../shared/profile.ts';
import { common } from '../../../shared/words/en/common.ts';
import { profile as t } from '../../../shared/words/en/profile.ts';
import { spoken } from '../../../shared/words/language.ts';
import { mostOf } from '../../../shared/zoom/user-fields.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Picker } from '../../components/picker.tsx';
import { Select } from '../../components/select.tsx';
import { phoneProblem } from './checks.ts';
import { countries, countryName } from './choices.ts';
import { FieldNotes } from './field-notes.tsx';
import { useField, useForm } from './form.ts';
import { Changed } from './text-field.tsx';

const labels = ['Mobile', 'Office', 'Home', 'Fax'] as const;
const labelWords = ({ label }: PhoneNumber) => (label ? spoken(label) : t.noLabel);
const numberWords = ({ code, number }: PhoneNumber) => [code, number].filter(Boolean).join(' ');

/** The telephone numbers: each in a line, changed in a dialog. They are saved with the rest of the profile. */
export function PhoneNumbers() {
  const { words, value, set, ...field } = useField('phone_numbers');
  const { phase } = useForm().view;
  // The list is sent as a whole, so what cannot be read cannot be added to.
  const isStrange = phase === 'ready' && !Array.isArray(value);
  const fixed = field.fixed || isStrange;
  const add = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<number>();
  const numbers: readonly PhoneNumber[] = Array.isArray(value) ? value : [];
  const chosen = open === undefined ? undefined : numbers[open];
  const most = mostOf('phone_numbers');
  const full = most !== undefined && numbers.length >= most;
  return (
    <fieldset
      data-profile-field="phone_numbers"
      aria-describedby={words}
      className="flex min-w-0 flex-col gap-2"
    >
      <legend className="mb-1 flex items-baseline gap-2 font-medium">
        {t.phoneNumbers}
        <Changed field="phone_numbers" />
      </legend>
      {numbers.length > 0 && (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {numbers.map((one, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same number may stand twice, and nothing in a line has a state
            <li key={`${numberWords(one)}-${at}`} className="flex items-center gap-1 py-1 pr-1 pl-3">
              <span className="flex min-w-0 flex-1 flex-wrap gap-x-3">
                <bdi className="selectable min-w-0 tabular-nums [overflow-wrap:anywhere]">
                  {numberWords(one)}
                </bdi>
                <span className="text-muted">
                  {labelWords(one)}
                  {one.country && `, ${countryName(one.country)}`}
                </span>
              </span>
              {!fixed && (
                <>
                  <Button
                    look="quiet"
                    aria-label={t.editNumber(numberWords(one))}
                    onPress={() => setOpen(at)}
                  >
                    {common.edit}
                  </Button>
                  <Button
                    look="quiet"
                    icon={Trash2}
                    aria-label={t.removeNumber(numberWords(one))}
                    onPress={() => {
                      add.current?.focus();
                      set(numbers.filter((_, other) => other !== at));
                    }}
                  />
                </>
              )}
            </li>
          ))}
        </ul>
      )}
      {numbers.length === 0 && <p className="text-muted">{isStrange ? t.numbersUnreadable : t.noNumbers}</p>}
      {!fixed && (
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {/* It keeps the focus when the last one was added. */}
          <Button icon={Plus} ref={add} aria-disabled={full} onPress={() => full || setOpen(numbers.length)}>
            {t.addNumber}
          </Button>
          {full && <span className="text-muted text-xs">{t.mostNumbers(most)}</span>}
        </span>
      )}
      <FieldNotes field="phone_numbers" id={words} />
      {open !== undefined && (
        <PhoneDialog
          number={chosen}
          likely={numbers[0]}
          onClose={() => setOpen(undefined)}
          onDone={(next) => {
            setOpen(undefined);
            set(chosen ? numbers.map((one, at) => (at === open ? next : one)) : [...numbers, next]);
          }}
        />
      )}
    </fieldset>
  );
}

/** Where a new number most likely is: the country that the system is set to. */
function homeCountry(): string {
  const region = new Intl.Locale(navigator.language).maximize().region ?? 'US';
  return countries().some(({ value }) => value === region) ? region : 'US';
}

const codeOf = (country: string) => countries().find(({ value }) => value === country)?.detail ?? '';

interface PhoneDialogProps {
  /** Absent for a new one. */
  readonly number: PhoneNumber | undefined;
  /** Another number, whose country a new one most likely has. */
  readonly likely: PhoneNumber | undefined;
  readonly onClose: () => void;
  readonly onDone: (number: PhoneNumber) => void;
}

function PhoneDialog({ number, likely, onClose, onDone }: PhoneDialogProps) {
  const id = useId();
  const form = useRef<HTMLFormElement>(null);
  const [country, setCountry] = useState(number?.country || likely?.country || homeCountry());
  const [digits, setDigits] = useState(number?.number ?? '');
  const [label, setLabel] = useState(number?.label ?? 'Mobile');
  const [tried, setTried] = useState(false);
  // A country that Zoom knows and this list does not keeps its code.
  const code = codeOf(country) || number?.code || '';
  const problem = phoneProblem(digits);
  useEffect(() => {
    form.current?.querySelector('input')?.focus();
  }, []);
  const offered = label === '' || labels.some((one) => one === label) ? labels : [...labels, label];
  return (
    <Dialog
      title={number ? t.editNumberTitle : t.addNumber}
      onClose={onClose}
      leave={common.cancel}
      buttons={
        <Button look="strong" type="submit" form={id}>
          {number ? t.changeNumber : common.add}
        </Button>
      }
    >
      <form
        id={id}
        ref={form}
        className="flex flex-col gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!problem) onDone({ country, code, number: digits.trim(), label });
        }}
      >
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-country`} className="font-medium">
            {t.country}
          </label>
          <Picker
            title={t.country}
            id={`${id}-country`}
            value={country}
            shown={`${countryName(country)} ${code}`}
            choices={() => countries(number)}
            onChoose={setCountry}
          />
        </div>
        <Field
          label={t.numberAfter(code)}
          type="tel"
          value={digits}
          onChange={(event) => setDigits(event.target.value)}
          problem={tried ? problem : undefined}
        />
        <div className="flex flex-col gap-1">
          <label htmlFor={`${id}-label`} className="font-medium">
            {t.numberLabel}
          </label>
          <Select id={`${id}-label`} value={label} onChange={(event) => setLabel(event.target.value)}>
            {label === '' && <option value="">{t.noLabel}</option>}
            {offered.map((one) => (
              <option key={one} value={one}>
                {spoken(one)}
              </option>
            ))}
          </Select>
        </div>
      </form>
    </Dialog>
  );
}
