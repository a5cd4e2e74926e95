import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';

interface Entry {
  readonly word: string;
  readonly icon: ReactNode;
  /** The one that is shown or in use. */
  readonly current?: boolean;
  readonly onPress: () => void;
}

interface MenuButtonProps {
  /** What stands on the button. */
  readonly children: ReactNode;
  readonly className: string;
  /** Names the button where it has no words, and the list. */
  readonly label: string;
  readonly entries: readonly Entry[];
  readonly current?: boolean;
  /** Where the list opens. */
  readonly place: 'above' | 'below';
}

/** Up, down, Home and End move through the open list, besides Tab. */
function moveInList(event: KeyboardEvent, list: HTMLElement) {
  const buttons = [...list.querySelectorAll('button')];
  const at = buttons.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: buttons.length - 1 }[event.key];
  if (to === undefined) return;
  buttons[Math.min(Math.max(to, 0), buttons.length - 1)]?.focus();
  event.preventDefault();
}

/** A button that opens a list of buttons, aligned to its end. Escape and what is outside close it. */
export function MenuButton({ children, className, label, entries, current = false, place }: MenuButtonProps) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const close = () => {
    whole.current?.querySelector('button')?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    list.current?.querySelector<HTMLElement>('button')?.focus();
    const outside = (event: Event) => {
      if (event.target instanceof Node && !whole.current?.contains(event.target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  return (
    <div
      ref={whole}
      className="relative flex"
      onKeyDownCapture={(event) => {
        if (!open) return;
        if (event.key === 'Escape') close();
        else if (list.current) moveInList(event, list.current);
      }}
    >
      <Button
        aria-label={label}
        aria-expanded={open}
        aria-controls={id}
        {...(current ? { 'aria-current': true } : {})}
        onPress={() => setOpen(!open)}
        className={className}
      >
        {children}
      </Button>
      <ul
        ref={list}
        id={id}
        aria-label={label}
        hidden={!open}
        className={`absolute right-0 z-20 w-56 max-w-[calc(100vw-2rem)] rounded-xl border border-edge bg-surface p-1.5 shadow-lg [&[hidden]]:hidden ${
          place === 'above' ? 'bottom-full mb-2' : 'top-full mt-1'
        }`}
      >
        {entries.map(({ word, icon, current: isCurrent = false, onPress }) => (
          <li key={word}>
            <Button
              {...(isCurrent ? { 'aria-current': true } : {})}
              onPress={() => {
                close();
                onPress();
              }}
              className={`flex min-h-11 w-full items-center gap-3 rounded-lg px-3 text-left text-sm hover:bg-sunken sm:min-h-9 ${isCurrent ? 'font-semibold' : ''}`}
            >
              {icon}
              {word}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
