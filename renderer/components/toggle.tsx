import type { ReactNode } from 'react';
import { Switch } from 'react-aria-components/Switch';
import { rowLook } from './looks.ts';

interface RowWordsProps {
  readonly children: ReactNode;
  readonly help: string;
}

/** What a line of a card is called, and what it does. */
export function RowWords({ children, help }: RowWordsProps) {
  return (
    <span className="min-w-0 flex-1 basis-52">
      <span className="block font-medium">{children}</span>
      <span className="block text-muted">{help}</span>
    </span>
  );
}

interface ToggleProps extends RowWordsProps {
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
}

/** A line of a card that is on or off. */
export function Toggle({ isOn, onChange, help, children }: ToggleProps) {
  return (
    <Switch isSelected={isOn} onChange={onChange} className={`${rowLook} group flex-nowrap outline-none`}>
      <RowWords help={help}>{children}</RowWords>
      <span className="flex h-6 w-11 shrink-0 forced-color-adjust-none items-center rounded-full border border-edge bg-sunken p-0.5 transition-colors group-data-focus-visible:outline-2 group-data-focus-visible:outline-focus group-data-focus-visible:outline-offset-2 group-data-selected:border-text group-data-selected:bg-text motion-reduce:transition-none">
        <span className="size-4.5 rounded-full bg-muted transition-transform group-data-selected:translate-x-5 group-data-selected:bg-bg motion-reduce:transition-none" />
      </span>
    </Switch>
  );
}
