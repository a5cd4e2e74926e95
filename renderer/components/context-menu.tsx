import { useEffect, useLayoutEffect, useRef } from 'react';
import { moveWithin, plainEntry } from './menu.tsx';

interface ContextMenuProps {
  /** Names it. */
  readonly label: string;
  readonly entries: readonly { readonly words: string; readonly onPress: () => void }[];
  /** Where the pointer is, px from the corner of the window. */
  readonly at: { readonly x: number; readonly y: number };
  readonly onClose: () => void;
}

/** What a right click offers, or the key for it. Closed, it gives the focus back. */
export function ContextMenu({ label, entries, at, onClose }: ContextMenuProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = list.current;
    if (!shown) return;
    const { width, height } = shown.getBoundingClientRect();
    shown.style.left = `${Math.max(6, Math.min(at.x, window.innerWidth - width - 6))}px`;
    shown.style.top = `${Math.max(6, Math.min(at.y, window.innerHeight - height - 6))}px`;
    const { activeElement } = document;
    shown.querySelector('button')?.focus({ preventScroll: true });
    return () => {
      if (activeElement instanceof HTMLElement) activeElement.focus({ preventScroll: true });
    };
  }, [at]);
  useEffect(() => {
    const outside = ({ target }: Event) => {
      if (target instanceof Node && !list.current?.contains(target)) onClose();
    };
    const events = ['pointerdown', 'focusin', 'scroll'];
    for (const event of events) document.addEventListener(event, outside, true);
    return () => {
      for (const event of events) document.removeEventListener(event, outside, true);
    };
  }, [onClose]);
  return (
    <div
      ref={list}
      role="menu"
      tabIndex={-1}
      aria-label={label}
      onKeyDown={(event) => {
        if (event.key === 'Escape' || event.key === 'Tab') {
          event.preventDefault();
          event.stopPropagation();
          onClose();
        } else moveWithin(list.current, event);
      }}
      className="fixed z-30 max-h-[calc(100vh-0.75rem)] min-w-44 max-w-[calc(100vw-0.75rem)] overflow-y-auto rounded-xl border border-edge bg-surface p-1.5 shadow-lg"
    >
      <p aria-hidden="true" className="px-3 pt-1 pb-1.5 font-medium text-muted text-xs">
        {label}
      </p>
      {entries.map(({ words, onPress }) => (
        <button
          key={words}
          type="button"
          role="menuitem"
          tabIndex={-1}
          onClick={() => {
            onClose();
            onPress();
          }}
          className={plainEntry}
        >
          {words}
        </button>
      ))}
    </div>
  );
}
