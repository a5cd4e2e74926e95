import { useState } from 'react';
import { advanced as t } from '../../../shared/words/en/advanced.ts';
import { common } from '../../../shared/words/en/common.ts';
import { Button } from '../../components/button.tsx';
import { ConfirmDialog } from '../../components/confirm.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { sentence } from '../../lib/sentence.tsx';

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
        title={t.thisIsYou}
        onClose={onClose}
        buttons={
          <>
            <Button look="strong" autoFocus onPress={onClose}>
              {t.dontSend}
            </Button>
            <Button onPress={onSend}>{t.doToMyAccount}</Button>
          </>
        }
      >
        <p>{sentence((person) => t.doneToYou(title, person), <bdi className="font-medium">{text}</bdi>)}</p>
        <p className="text-danger">{t.youMayLose}</p>
      </Dialog>
    );
  return (
    <ConfirmDialog
      title={`${title}?`}
      confirm={isOneself ? common.continue : t.send}
      cancel={t.dontSend}
      typing={{ label: t.typeToConfirm, text }}
      onClose={onClose}
      onConfirm={() => (isOneself ? setAgain(true) : onSend())}
    >
      <p className="text-muted">{help}</p>
      <p>
        {sentence(
          t.itIsAbout,
          <bdi className="selectable font-semibold [overflow-wrap:anywhere]">{text}</bdi>,
        )}
      </p>
    </ConfirmDialog>
  );
}
