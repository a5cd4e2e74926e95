import { durationWords } from '../../../shared/words/durations.ts';
import { Select } from '../../components/select.tsx';

interface LengthChoiceProps {
  readonly id: string;
  readonly lengths: readonly number[];
  /** What a length counts, in ms. */
  readonly unit: number;
  readonly value: number;
  readonly onChange: (length: number) => void;
  /** What is said of a length that is none, and of one in words. */
  readonly none?: string;
  readonly say?: (length: string) => string;
}

/** A length from a list, to which one that was kept belongs in any case. */
export function LengthChoice({ id, lengths, unit, value, onChange, none, say }: LengthChoiceProps) {
  const all = [...new Set([...lengths, value])].toSorted((a, b) => a - b);
  const words = (length: number) => {
    const duration = durationWords(length * unit, 'long');
    return length === 0 && none ? none : (say?.(duration) ?? duration);
  };
  return (
    <Select id={id} value={value} onChange={({ target }) => onChange(Number(target.value))}>
      {all.map((length) => (
        <option key={length} value={length}>
          {words(length)}
        </option>
      ))}
    </Select>
  );
}
