import type { LucideIcon } from 'lucide-react';
import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components/Button';

const looks = {
  plain: 'border border-frame bg-surface text-text hover:bg-sunken data-pressed:bg-sunken',
  // The browser's own ground under words would hide these in high contrast; their colours are the system's already.
  strong:
    'border border-transparent bg-text text-bg hover:opacity-90 data-pressed:opacity-80 forced-color-adjust-none forced-colors:border-line',
  quiet: 'border border-transparent text-muted hover:bg-sunken hover:text-text data-pressed:bg-sunken',
} as const;

interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  /** `plain` is usual, `strong` the one main action of a card, `quiet` for what may be overlooked. */
  readonly look?: keyof typeof looks;
  /** Before the words. Without words the button is as wide as high; give it an aria-label. */
  readonly icon?: LucideIcon;
  /** 32 px high at any width, where there is little room and a pointer. */
  readonly isLow?: boolean;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLButtonElement>;
}

const sizes = {
  usual: { words: 'min-h-11 px-4 sm:min-h-9 sm:px-3.5', icon: 'size-11 sm:size-9' },
  low: { words: 'min-h-8 px-2.5 text-xs', icon: 'size-8' },
} as const;

/** A button: 36 px high, 44 px where the window is narrow and may be touched. */
export function Button({ look = 'plain', icon: Icon, isLow = false, children, ...props }: ButtonProps) {
  const { words, icon } = sizes[isLow ? 'low' : 'usual'];
  const size = children === undefined ? icon : words;
  return (
    <AriaButton
      {...props}
      className={`${size} ${looks[look]} inline-flex max-w-full shrink-0 items-center justify-center gap-2 rounded-lg font-medium transition-colors disabled:opacity-50 aria-disabled:opacity-50 motion-reduce:transition-none`}
    >
      {Icon && <Icon className="size-4" />}
      {children}
    </AriaButton>
  );
}
