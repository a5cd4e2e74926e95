import { useEffect, useRef, useState } from 'react';

/** So long the pointer rests on a button before its name is shown, ms. */
const rest = 600;

interface Tip {
  readonly words: string;
  readonly at: DOMRect;
}

/** The name of a button that shows none: a drawing alone. */
function nameOf(target: EventTarget | null): Tip | undefined {
  const button = target instanceof Element ? target.closest('button[aria-label]') : null;
  const words = button?.getAttribute('aria-label');
  if (!button || !words || button.textContent?.trim() || button.matches(':disabled, [aria-expanded=true]'))
    return undefined;
  return { words, at: button.getBoundingClientRect() };
}

/**
 * Shows what a button with a drawing alone is called, when the pointer rests on it or the keyboard comes to it; one for the whole
 * window. (react-aria's would be one more component around each button, in what every start reads.)
 */
export function Tooltip() {
  const [tip, setTip] = useState<Tip>();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let timer = 0;
    const hide = () => {
      window.clearTimeout(timer);
      setTip(undefined);
    };
    const show = (event: Event) => {
      hide();
      const next = nameOf(event.target);
      if (next) timer = window.setTimeout(() => setTip(next), rest);
    };
    const focus = (event: FocusEvent) => {
      if (event.target instanceof Element && event.target.matches(':focus-visible')) show(event);
      else hide();
    };
    const events = {
      pointerover: show,
      pointerdown: hide,
      keydown: hide,
      scroll: hide,
      focusin: focus,
    } as const;
    for (const [name, listener] of Object.entries(events))
      document.addEventListener(name, listener as EventListener, true);
    return () => {
      window.clearTimeout(timer);
      for (const [name, listener] of Object.entries(events))
        document.removeEventListener(name, listener as EventListener, true);
    };
  }, []);
  useEffect(() => {
    const shown = box.current;
    if (!shown || !tip) return;
    // Over everything, also over a dialog.
    shown.showPopover();
    const { width, height } = shown.getBoundingClientRect();
    const below = tip.at.bottom + height + 10 < window.innerHeight;
    const left = tip.at.left + tip.at.width / 2 - width / 2;
    shown.style.top = `${below ? tip.at.bottom + 6 : tip.at.top - height - 6}px`;
    shown.style.left = `${Math.max(6, Math.min(left, window.innerWidth - width - 6))}px`;
  }, [tip]);
  if (!tip) return null;
  return (
    <div
      ref={box}
      popover="manual"
      // The button says it already.
      aria-hidden="true"
      className="pointer-events-none fixed inset-auto m-0 max-w-72 rounded-md border border-edge bg-text px-2 py-1 text-bg text-xs [overflow-wrap:anywhere]"
    >
      {tip.words}
    </div>
  );
}
