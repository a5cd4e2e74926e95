import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';

/** A modal dialog, open while it is there. The browser's own: it holds the focus and gives it back. */
export function Dialog({
  title,
  onClose,
  footer,
  children,
}: {
  readonly title: string;
  /** Escape was pressed. */
  readonly onClose: () => void;
  /** Always in view, however little room there is. */
  readonly footer: ReactNode;
  readonly children: ReactNode;
}) {
  const id = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const shown = dialog.current;
    shown?.showModal();
    // Before it is taken away: only closing gives the focus back.
    return () => shown?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        // React hands on what belongs to a dialog within this one.
        if (event.target === event.currentTarget) onClose();
      }}
      className="m-auto max-h-[calc(100%-1.5rem)] w-[min(36rem,calc(100%-1.5rem))] max-w-none flex-col overflow-hidden rounded-2xl border border-edge bg-surface p-0 text-text shadow-lg backdrop:bg-[rgb(0_0_0/0.5)] open:flex"
    >
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-4 sm:px-6">
        <h2
          id={id}
          dir="auto"
          tabIndex={-1}
          className="font-semibold text-lg outline-none [overflow-wrap:anywhere]"
        >
          {title}
        </h2>
        {children}
      </div>
      <div className="flex shrink-0 flex-col gap-3 border-line border-t px-4 py-3 sm:px-6">{footer}</div>
    </dialog>
  );
}
