import { ChevronsUpDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { fieldLook, lowFieldLook } from './looks.ts';

interface SelectProps extends Omit<ComponentProps<'select'>, 'className'> {
  /** Where it stands and how wide it is. */
  readonly look?: string;
  readonly isLow?: boolean;
}

/** A choice from a list: the browser's own, which every screen reader and touch screen knows, in the look of the other fields. */
export function Select({ look = '', isLow = false, children, ...select }: SelectProps) {
  return (
    <span className={`relative inline-flex min-w-0 ${look}`}>
      <select
        {...select}
        className={`${isLow ? lowFieldLook : fieldLook} w-full appearance-none truncate pl-3 tabular-nums ${isLow ? 'pr-8' : 'pr-9'} hover:bg-sunken disabled:border-line disabled:bg-sunken disabled:text-muted`}
      >
        {children}
      </select>
      <ChevronsUpDown className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted" />
    </span>
  );
}
