import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';

interface Entry {
  readonly key: string;
  readonly icon?: ReactNode;
  readonly words: ReactNode;
  /** Whether it is the one in use, where one of several is. */
  readonly isChosen?: boolean;
  /** A line parts it from those before. */
  readonly isApart?: boolean;
  readonly onPress: () => void;
}

interface MenuProps {
  /** What stands on the button, what it looks like, and its name where that is another than its words. */
  readonly children: ReactNode;
  readonly className: string;
  readonly buttonLabel?: string;
  /** What it leads to is shown. */
  readonly isCurrent?: boolean;
  /** Names the list. */
  readonly label: string;
  readonly entries: readonly Entry[];
  /** Where the list opens and how wide it is; what its lines look like. */
  readonly listLook: string;
  readonly entryLook?: string;
}

export const plainEntry =
  'flex min-h-11 w-full items-center gap-3 rounded-lg px-3 text-left text-sm hover:bg-sunken aria-checked:font-semibold sm:min-h-9';

/** Arrows, Home and End move from entry to entry. */
export function moveWithin(list: HTMLElement | null, event: KeyboardEvent): void {
  const items = [...(list?.querySelectorAll('button') ?? [])];
  const at = items.indexOf(document.activeElement as HTMLButtonElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  items[Math.min(Math.max(to, 0), items.length - 1)]?.focus();
  event.preventDefault();
}

function roleOf(isChosen: boolean | undefined) {
  return isChosen === undefined ? { role: 'menuitem' } : { role: 'menuitemradio', 'aria-checked': isChosen };
}

/**
 * A button that opens a menu. Arrows, Home and End move in it; Escape and what is outside close it. (react-aria's Menu would
 * add 50 kB to the window, most of it to what every start reads.)
 */
export function Menu(props: MenuProps) {
  const { children, className, buttonLabel, isCurrent = false, label, entries, listLook } = props;
  const { entryLook = plainEntry } = props;
  const id = useId();
  const [open, setOpen] = useState(false);
  const whole = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const close = () => {
    whole.current?.querySelector('button')?.focus();
    setOpen(false);
  };
  useEffect(() => {
    if (!open) return;
    const first = list.current?.querySelector<HTMLElement>('[aria-checked=true]');
    (first ?? list.current?.querySelector('button'))?.focus();
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !whole.current?.contains(target)) setOpen(false);
    };
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return;
    if (event.key === 'Escape') return close();
    moveWithin(list.current, event);
  };
  return (
    <div ref={whole} className="relative flex" onKeyDownCapture={onKeyDown}>
      <Button
        {...(buttonLabel && { 'aria-label': buttonLabel })}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={id}
        {...(isCurrent && { 'aria-current': true })}
        onPress={() => setOpen(!open)}
        className={className}
      >
        {children}
      </Button>
      <div
        ref={list}
        id={id}
        role="menu"
        aria-label={label}
        hidden={!open}
        className={`absolute z-20 max-w-[calc(100vw-2rem)] rounded-xl border border-edge bg-surface p-1.5 shadow-lg [&[hidden]]:hidden ${listLook}`}
      >
        {entries.map(({ key, icon, words, isChosen, isApart = false, onPress }) => (
          <div key={key} role="none" className={isApart ? 'mt-1.5 border-line border-t pt-1.5' : undefined}>
            <button
              type="button"
              {...roleOf(isChosen)}
              tabIndex={-1}
              onClick={() => {
                close();
                onPress();
              }}
              className={entryLook}
            >
              {icon}
              {words}
            </button>
          </div>
        ))}
      </div>
    </div>
  );
}
