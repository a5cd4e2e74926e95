import { type ComponentProps, useId } from 'react';
import { FieldWords } from './field-words.tsx';

interface FieldProps extends Omit<ComponentProps<'input'>, 'className' | 'id'> {
  readonly label: string;
  readonly help?: string;
  /** What is wrong with what was typed; takes the place of the help. */
  readonly problem?: string | undefined;
}

/**
 * A line to type in. A plain input, as react-aria's TextField keeps what is typed in React's state, where a secret must
 * not be.
 */
export function Field({ label, help, problem, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className="flex flex-col gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      <input
        {...input}
        id={id}
        aria-invalid={problem !== undefined}
        {...((problem ?? help) ? { 'aria-describedby': `${id}-words` } : {})}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        className="selectable min-h-11 w-full min-w-0 rounded-lg border border-edge bg-surface px-3 aria-invalid:border-danger sm:min-h-9"
      />
      <FieldWords id={`${id}-words`} problem={problem} className="text-xs">
        {help}
      </FieldWords>
    </div>
  );
}
