interface RangeProps {
  readonly word: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  readonly value: number;
  readonly valueWords: string;
  readonly onChange: (value: number) => void;
}

/** A slider with its name beside it. */
export function Range({ word, min, max, step, value, valueWords, onChange }: RangeProps) {
  return (
    <label className="flex min-h-9 min-w-0 flex-1 items-center gap-3">
      <span className="min-w-20 shrink-0">{word}</span>
      <input
        type="range"
        min={min}
        max={max}
        step={step}
        value={value}
        aria-valuetext={valueWords}
        disabled={max <= min}
        onChange={(event) => onChange(Number(event.target.value))}
        className="h-9 min-w-0 flex-1 accent-text"
      />
    </label>
  );
}
