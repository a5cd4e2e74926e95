import { useEffect, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';

interface ConfirmDialogProps {
  /** What is going to be done: "Remove a user". */
  readonly title: string;
  readonly help: string;
  /** What has to be typed. */
  readonly text: string;
  /** It is about the account itself: that is said a second time, more plainly. */
  readonly isOneself: boolean;
  readonly onSend: () => void;
  readonly onClose: () => void;
}

/** Asks to type whom or what it is about, before something is done that cannot be taken back. */
export function ConfirmDialog({ title, help, text, isOneself, onSend, onClose }: ConfirmDialogProps) {
  const [typed, setTyped] = useState('');
  const [again, setAgain] = useState(false);
  const line = useRef<HTMLInputElement>(null);
  useEffect(() => line.current?.focus(), []);
  const matches = typed.trim().toLowerCase() === text.trim().toLowerCase();
  const next = () => {
    if (!matches) return;
    if (isOneself && !again) setAgain(true);
    else onSend();
  };
  if (again)
    return (
      // Another dialog, so that the key that went on from the first one cannot send by the second.
      <Dialog
        key="again"
        title="This is you"
        onClose={onClose}
        footer={
          <div className="flex flex-wrap justify-end gap-2">
            <Button look="strong" autoFocus onPress={onClose}>
              Do not send
            </Button>
            <Button onPress={onSend}>Do this to my account</Button>
          </div>
        }
      >
        <p>
          “{title}” will be done to your own account, <bdi className="font-medium">{text}</bdi>.
        </p>
        <p className="text-danger">
          You may lose your meetings, your recordings and your sign-in. Tally cannot undo it.
        </p>
      </Dialog>
    );
  return (
    <Dialog
      title={`${title}?`}
      onClose={onClose}
      footer={
        <div className="flex flex-wrap justify-end gap-2">
          <Button look="quiet" onPress={onClose}>
            Do not send
          </Button>
          <Button look="strong" isDisabled={!matches} onPress={next}>
            {isOneself ? 'Go on' : 'Send'}
          </Button>
        </div>
      }
    >
      <p className="text-muted">{help}</p>
      <p>
        It is about <bdi className="selectable font-semibold [overflow-wrap:anywhere]">{text}</bdi>.
      </p>
      <Field
        label="Type that, to be sure"
        ref={line}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && next()}
      />
    </Dialog>
  );
}
