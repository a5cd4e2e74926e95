import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm.tsx';
import { Dialog } from '../../components/dialog.tsx';

interface ConfirmSendProps {
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
export function ConfirmSend({ title, help, text, isOneself, onSend, onClose }: ConfirmSendProps) {
  const [again, setAgain] = useState(false);
  if (again)
    return (
      // Another dialog, so that the key that went on from the first one cannot send by the second.
      <Dialog
        key="again"
        title="This is you"
        onClose={onClose}
        buttons={
          <>
            <Button look="strong" autoFocus onPress={onClose}>
              Don’t send
            </Button>
            <Button onPress={onSend}>Do this to my account</Button>
          </>
        }
      >
        <p>
          “{title}” will be done to your own account, <bdi className="font-medium">{text}</bdi>.
        </p>
        <p className="text-danger">
          You may lose your meetings, your recordings and your sign-in. Tally can’t undo it.
        </p>
      </Dialog>
    );
  return (
    <ConfirmDialog
      title={`${title}?`}
      confirm={isOneself ? 'Continue' : 'Send'}
      cancel="Don’t send"
      typing={{ label: 'Type it to confirm', text }}
      onClose={onClose}
      onConfirm={() => (isOneself ? setAgain(true) : onSend())}
    >
      <p className="text-muted">{help}</p>
      <p>
        It is about <bdi className="selectable font-semibold [overflow-wrap:anywhere]">{text}</bdi>.
      </p>
    </ConfirmDialog>
  );
}
