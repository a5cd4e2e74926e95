import type { ReactNode } from 'react';

interface CheckboxProps {
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
  readonly isDisabled?: boolean;
  /** Names it, where nothing stands beside it. */
  readonly label?: string;
  /** What is ticked; all of it can be clicked. */
  readonly children?: ReactNode;
  /** More about it, on lines of its own. */
  readonly detail?: ReactNode;
  /** Room around it, where it stands by itself in a list. */
  readonly look?: string;
}

/** A box to tick and what it says. */
export function Checkbox({
  isOn,
  onChange,
  isDisabled = false,
  label,
  children,
  detail,
  look = 'py-1.5',
}: CheckboxProps) {
  return (
    <label className={`flex min-w-0 items-start gap-3 ${look}`}>
      <input
        type="checkbox"
        aria-label={label}
        checked={isOn}
        disabled={isDisabled}
        onChange={(event) => onChange(event.target.checked)}
        className="my-0.5 size-4 shrink-0 accent-(--text)"
      />
      {children !== undefined && (
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
          {detail === undefined ? children : <span className="block font-medium">{children}</span>}
          {detail !== undefined && <span className="block text-muted">{detail}</span>}
        </span>
      )}
    </label>
  );
}
