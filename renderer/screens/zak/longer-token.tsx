import { TriangleAlert } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { zak as t } from '../../../shared/words/en/zak.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { useRun } from '../../lib/actions.ts';
import { lifetimes, readLifetime, type Unit, units } from './lifetimes.ts';

/** A token that lives longer, folded away: most people want the short one. */
export function LongerToken({ fetching }: { readonly fetching: boolean }) {
  const run = useRun();
  const [chosen, setChosen] = useState<string>(String(lifetimes[1].seconds));
  const [typed, setTyped] = useState('');
  const unitId = useId();
  const [unit, setUnit] = useState<Unit>('days');
  const [tried, setTried] = useState(false);
  const own = chosen === 'own';
  const read = own ? readLifetime(typed, unit) : { seconds: Number(chosen) };
  const problem = 'problem' in read ? read.problem : undefined;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if ('seconds' in read) run({ type: 'zak.copy', ttl: read.seconds });
  };
  return (
    <details className="rounded-2xl border border-line bg-surface">
      <summary className="cursor-default rounded-2xl px-4 py-3 font-medium focus-visible:outline-2 focus-visible:outline-focus sm:px-6">
        {t.longerLived}
      </summary>
      <form onSubmit={submit} className="flex flex-col gap-4 border-line border-t p-4 sm:px-6">
        <p className="flex gap-2">
          <TriangleAlert className="mt-0.5 size-4 shrink-0" />
          <span>{t.longerLivedRisk}</span>
        </p>
        <RadioGroup value={chosen} onChange={setChosen} className="flex flex-col gap-2">
          <Label className="font-medium">{t.validFor}</Label>
          <div className="flex flex-wrap gap-2">
            {[...lifetimes, { seconds: 'own', words: t.otherLength }].map(({ seconds, words }) => (
              <Radio
                key={seconds}
                value={String(seconds)}
                className="picked flex min-h-11 items-center rounded-lg border border-line px-3.5 font-medium hover:bg-sunken data-selected:border-text data-selected:bg-text data-selected:text-bg sm:min-h-9"
              >
                {words}
              </Radio>
            ))}
          </div>
        </RadioGroup>
        {own && (
          <div className="flex flex-wrap items-start gap-2">
            <div className="w-full max-w-60">
              <Field
                label={t.howLong}
                inputMode="numeric"
                value={typed}
                maxLength={10}
                help={t.upToAYear}
                problem={tried || typed ? problem : undefined}
                onChange={(event) => setTyped(event.target.value)}
              />
            </div>
            <div className="flex flex-col gap-1">
              <label htmlFor={unitId} className="font-medium">
                {t.unit}
              </label>
              <Select id={unitId} value={unit} onChange={(event) => setUnit(event.target.value as Unit)}>
                {(Object.keys(units) as Unit[]).map((one) => (
                  <option key={one} value={one}>
                    {t.units[one]}
                  </option>
                ))}
              </Select>
            </div>
          </div>
        )}
        <span>
          <Button type="submit" isPending={fetching}>
            {t.copyLongerLived}
          </Button>
        </span>
      </form>
    </details>
  );
}
