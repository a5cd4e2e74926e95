import { type ReactNode, type Ref, useEffect, useId, useRef, useState } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { Field } from './field.tsx';

interface Answers {
  /** On the button that does it. */
  readonly confirm: string;
  /** On the button that leaves all as it is. */
  readonly cancel: string;
  readonly onConfirm: () => void;
}

interface ConfirmDialogProps extends Answers {
  readonly title: string;
  /** What has to be typed before, in whatever case: it is not undone by one click. */
  readonly typing?: { readonly label: string; readonly text: string };
  readonly onClose: () => void;
  readonly children: ReactNode;
}

const plain = (text: string) => text.trim().toLowerCase();

/** Asks before something is done that cannot be taken back. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, confirm, cancel, typing, onConfirm, onClose, children } = props;
  const [typed, setTyped] = useState('');
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => line.current?.focus(), []);
  const matches = !typing || plain(typed) === plain(typing.text);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      leave={cancel}
      buttons={
        <Button look="strong" isDisabled={!matches} onPress={onConfirm}>
          {confirm}
        </Button>
      }
    >
      {children}
      {typing && (
        <Field
          ref={line}
          label={typing.label}
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => event.key === 'Enter' && matches && onConfirm()}
        />
      )}
    </Dialog>
  );
}

interface ConfirmInPlaceProps extends Answers {
  readonly question: ReactNode;
  /** What can be chosen besides. */
  readonly more?: ReactNode;
  /** It is asked at once by what led here; another value asks again. */
  readonly asked?: unknown;
  /** The button that asks. */
  readonly children: (button: {
    readonly ref: Ref<HTMLButtonElement>;
    readonly onPress: () => void;
  }) => ReactNode;
}

/** Asks in the place of the button; the focus goes to the careful answer, and back when that is given. */
export function ConfirmInPlace(props: ConfirmInPlaceProps) {
  const { question, more, asked: by, confirm, cancel, onConfirm, children } = props;
  const words = useId();
  const [asking, setAsking] = useState(false);
  const [askedBy, setAskedBy] = useState<unknown>();
  if (by !== askedBy) {
    setAskedBy(by);
    setAsking(by !== undefined);
  }
  const keep = useRef<HTMLButtonElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (asking) keep.current?.focus();
    else if (asked.current) button.current?.focus();
    asked.current = asking;
  }, [asking]);
  if (!asking) return children({ ref: button, onPress: () => setAsking(true) });
  return (
    <fieldset
      aria-labelledby={words}
      className="flex w-full min-w-0 flex-wrap items-center gap-2"
      onKeyDown={(event) => {
        if (event.key === 'Escape') setAsking(false);
      }}
    >
      <span id={words} className="min-w-0 flex-1 basis-52">
        {question}
      </span>
      {more}
      <Button look="strong" onPress={onConfirm}>
        {confirm}
      </Button>
      <Button ref={keep} look="quiet" onPress={() => setAsking(false)}>
        {cancel}
      </Button>
    </fieldset>
  );
}
