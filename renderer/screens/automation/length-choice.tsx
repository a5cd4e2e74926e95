import { durationWords } from '../../../shared/words/durations.ts';
import { automation as t } from '../../../shared/words/en/automation.ts';
import { Select } from '../../components/select.tsx';

interface LengthChoiceProps {
  readonly id: string;
  readonly lengths: readonly number[];
  /** What a length counts, in ms. */
  readonly unit: number;
  readonly value: number;
  readonly onChange: (length: number) => void;
}

/** A length from a list, to which one that was kept belongs in any case. */
export function LengthChoice({ id, lengths, unit, value, onChange }: LengthChoiceProps) {
  const all = [...new Set([...lengths, value])].toSorted((a, b) => a - b);
  return (
    <Select id={id} value={value} onChange={({ target }) => onChange(Number(target.value))}>
      {all.map((length) => (
        <option key={length} value={length}>
          {length === 0 ? t.atOnce : durationWords(length * unit, 'long')}
        </option>
      ))}
    </Select>
  );
}
