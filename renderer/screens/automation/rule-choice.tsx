import { useId } from 'react';
import { Select } from '../../components/select.tsx';

interface RuleChoiceProps<O extends string | number> {
  readonly label: string;
  readonly options: readonly O[];
  readonly value: O;
  readonly say: (option: O) => string;
  readonly onChange: (option: O) => void;
}

/** One of a few that a rule goes by, such as the status that it sets. */
export function RuleChoice<O extends string | number>({
  label,
  options,
  value,
  say,
  onChange,
}: RuleChoiceProps<O>) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={value}
        onChange={({ target }) => {
          const chosen = options.find((one) => String(one) === target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {options.map((one) => (
          <option key={one} value={one}>
            {say(one)}
          </option>
        ))}
      </Select>
    </div>
  );
}
