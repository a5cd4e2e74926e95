import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { Button } from './button.tsx';

interface ModalProps {
  readonly className: string;
  /** Id of its title, or a name where it has none. */
  readonly labelledBy?: string;
  readonly label?: string;
  /** Escape was pressed, or the pointer beside it where that closes it. */
  readonly onClose: () => void;
  readonly closesBeside?: boolean;
  readonly children: ReactNode;
}

/** A modal window, open while it is there. The browser's own: it holds the focus and gives it back. */
export function Modal({ className, labelledBy, label, onClose, closesBeside = false, children }: ModalProps) {
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
      aria-labelledby={labelledBy}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        // React hands on what belongs to a dialog within this one.
        if (event.target === event.currentTarget) onClose();
      }}
      // All of it is covered by what is in it, so that this was beside it.
      onPointerUp={(event) => closesBeside && event.target === event.currentTarget && onClose()}
      className={`max-w-none flex-col overflow-hidden rounded-2xl border border-edge bg-surface p-0 text-text shadow-lg backdrop:bg-[rgb(0_0_0/0.5)] open:flex ${className}`}
    >
      {children}
    </dialog>
  );
}

interface DialogProps {
  readonly title: string;
  /** Escape was pressed. */
  readonly onClose: () => void;
  /** Always in view, however little room there is, above the buttons. */
  readonly note?: ReactNode;
  /** On the quiet button that closes it, where it has one; the others come after it. */
  readonly leave?: string;
  readonly buttons?: ReactNode;
  readonly children: ReactNode;
}

/** A modal dialog: a title, what it is about, and its buttons. */
export function Dialog({ title, onClose, note, leave, buttons, children }: DialogProps) {
  const id = useId();
  return (
    <Modal
      labelledBy={id}
      onClose={onClose}
      className="m-auto max-h-[calc(100%-1.5rem)] w-[min(36rem,calc(100%-1.5rem))]"
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
      <div className="flex shrink-0 flex-col gap-3 border-line border-t px-4 py-3 sm:px-6">
        {note}
        <div className="flex flex-wrap justify-end gap-2">
          {leave && (
            <Button look="quiet" onPress={onClose}>
              {leave}
            </Button>
          )}
          {buttons}
        </div>
      </div>
    </Modal>
  );
}
