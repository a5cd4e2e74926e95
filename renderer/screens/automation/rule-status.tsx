import { useId } from 'react';
import { type SettableStatus, statusWord } from '../../../shared/zoom/presence.ts';
import { Select } from '../../components/select.tsx';

interface RuleStatusProps<S extends SettableStatus> {
  readonly label: string;
  readonly statuses: readonly S[];
  readonly status: S;
  readonly onChange: (status: S) => void;
}

/** What a rule sets. */
export function RuleStatus<S extends SettableStatus>({
  label,
  statuses,
  status,
  onChange,
}: RuleStatusProps<S>) {
  const id = useId();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={status}
        onChange={({ target }) => {
          const chosen = statuses.find((one) => one === target.value);
          if (chosen) onChange(chosen);
        }}
      >
        {statuses.map((one) => (
          <option key={one} value={one}>
            {statusWord(one)}
          </option>
        ))}
      </Select>
    </div>
  );
}
