import { type ComponentProps, useId } from 'react';

interface SegmentsProps<T> extends Omit<ComponentProps<'div'>, 'onChange' | 'role' | 'className'> {
  readonly choices: readonly { readonly value: T; readonly word: string }[];
  readonly chosen: T | undefined;
  readonly onChoose: (value: T) => void;
  readonly isDisabled?: boolean;
  readonly isLow?: boolean;
  /** How they stand beside each other, and in what they stand. */
  readonly look?: string;
}

/** A few short choices, of which one is taken; name it. The browser's own radios, as a screen may have dozens. */
export function Segments<T>(props: SegmentsProps<T>) {
  const { choices, chosen, onChoose, isDisabled = false, isLow = false, look = 'flex', id, ...group } = props;
  const name = useId();
  return (
    <div {...group} role="radiogroup" className={`rounded-lg border border-frame bg-sunken p-0.5 ${look}`}>
      {choices.map(({ value, word }, at) => (
        <label
          key={word}
          className={`picked relative flex min-h-10 items-center rounded-md border border-transparent px-3 font-medium text-muted focus-within:has-focus-visible:outline-2 focus-within:has-focus-visible:outline-focus data-selected:border-frame data-selected:bg-surface data-selected:text-text ${isLow ? 'sm:min-h-7' : 'sm:min-h-8'}`}
          {...(value === chosen ? { 'data-selected': true } : {})}
        >
          <input
            // The element that a label or a problem leads to.
            id={at === 0 ? id : undefined}
            type="radio"
            name={name}
            checked={value === chosen}
            disabled={isDisabled}
            onChange={() => onChoose(value)}
            className="sr-only"
          />
          {word}
        </label>
      ))}
    </div>
  );
}
