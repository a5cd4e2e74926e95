import type { ReactNode } from 'react';

/** A button within a line of text. */
export function SmallButton({
  label,
  isDisabled = false,
  onPress,
  children,
}: {
  readonly label: string;
  readonly isDisabled?: boolean;
  readonly onPress: () => void;
  readonly children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      disabled={isDisabled}
      onClick={onPress}
      className="inline-flex min-h-6 shrink-0 items-center gap-1 rounded-md px-1.5 font-medium text-muted text-xs underline decoration-line underline-offset-2 hover:bg-sunken hover:text-text disabled:opacity-50"
    >
      {children}
    </button>
  );
}
