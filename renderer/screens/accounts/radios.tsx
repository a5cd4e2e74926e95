import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';

interface RadiosProps<T extends string> {
  readonly label: string;
  readonly value: T | undefined;
  readonly onChange: (value: T) => void;
  readonly choices: readonly { readonly value: T; readonly word: string; readonly detail: string }[];
}

/** A question with a few answers of two lines each. */
export function Radios<T extends string>({ label, value, onChange, choices }: RadiosProps<T>) {
  return (
    <RadioGroup
      value={value ?? null}
      onChange={(chosen) => onChange(chosen as T)}
      className="flex w-full flex-col gap-2"
    >
      <Label className="font-medium">{label}</Label>
      <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,10rem),1fr))] gap-2">
        {choices.map(({ value: one, word, detail }) => (
          <Radio
            key={one}
            value={one}
            className="picked flex min-h-12 flex-col justify-center rounded-lg border border-line px-3 py-1.5 data-selected:border-text data-selected:bg-sunken data-selected:shadow-[inset_0_0_0_1px_var(--text)]"
          >
            <span className="font-medium">{word}</span>
            <span className="text-muted text-xs">{detail}</span>
          </Radio>
        ))}
      </div>
    </RadioGroup>
  );
}
