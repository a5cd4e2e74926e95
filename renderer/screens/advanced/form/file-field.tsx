import { FileDown, FileUp, X } from 'lucide-react';
import { type DragEvent, useEffect, useState } from 'react';
import type { CallFile, CallProblem } from '../../../../shared/advanced.ts';
import { advanced as t } from '../../../../shared/words/en/advanced.ts';
import { typeNames } from '../../../../shared/words/files.ts';
import { sizeWords } from '../../../../shared/words/sizes.ts';
import { Button } from '../../../components/button.tsx';
import { ChooseFiles } from '../../../components/choose-files.tsx';
import { sentence } from '../../../lib/sentence.tsx';
import { ProblemLines } from './field-row.tsx';
import type { PanelOperation } from './operation.ts';

interface FileFieldProps {
  readonly wanted: NonNullable<PanelOperation['file']>;
  readonly file: CallFile | undefined;
  /** What was sent with a call of the past; Tally does not have it any more. */
  readonly former: string | undefined;
  readonly problems: readonly CallProblem[] | undefined;
  readonly onFile: (file: CallFile | undefined) => void;
}

/** The file of a call: dropped, pasted or chosen. The window only learns what it is called and how large it is. */
export function FileField({ wanted, file, former, problems, onFile }: FileFieldProps) {
  const [over, setOver] = useState(false);
  const [unread, setUnread] = useState(false);
  useEffect(
    () =>
      window.tally.advanced.file((came) => {
        setUnread(came === null);
        if (came) onFile(came);
      }),
    [onFile],
  );
  const held = (event: DragEvent, isOver: boolean) =>
    setOver(isOver && event.dataTransfer.types.includes('Files'));
  return (
    <section
      aria-label={t.file}
      data-files="advanced.add"
      onDragEnter={(event) => held(event, true)}
      onDragLeave={(event) => {
        const { relatedTarget, currentTarget } = event;
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) setOver(false);
      }}
      onDrop={() => setOver(false)}
      className={`flex flex-col items-start gap-2 rounded-xl border-2 border-dashed p-4 ${over ? 'border-focus bg-sunken' : 'border-edge'}`}
    >
      {file ? (
        <div className="flex w-full items-center gap-3">
          <FileUp className="size-5 shrink-0 text-muted" />
          <p className="min-w-0 flex-1">
            <bdi className="block truncate font-medium">{file.name}</bdi>
            <span className="text-muted text-xs">
              {[file.type ? typeNames([file.type]) : t.fileOfNoKind, sizeWords(file.size)].join(', ')}
            </span>
          </p>
          <Button
            look="quiet"
            icon={X}
            aria-label={t.dontSendFile(file.name)}
            onPress={() => onFile(undefined)}
          />
        </div>
      ) : (
        <p className="flex items-center gap-3 font-medium">
          <FileDown className="size-5 shrink-0 text-muted" />
          {t.dropFile}
        </p>
      )}
      <p className="text-muted text-xs">
        {sentence(
          (field) => t.fileRules(typeNames(wanted.types), sizeWords(wanted.sureBytes), field),
          <code className="font-mono">{wanted.field}</code>,
        )}
      </p>
      {former !== undefined && !file && (
        <p className="text-xs">{sentence(t.wasSentThen, <bdi className="font-medium">{former}</bdi>)}</p>
      )}
      <ProblemLines of={problems} look="text-xs" />
      {unread && (
        <p role="alert" className="text-danger text-xs">
          {t.fileUnreadable}
        </p>
      )}
      {/* Any file may be chosen: what Zoom says of a wrong one is worth knowing, too. */}
      <ChooseFiles accept="">{file ? t.chooseAnother : t.chooseFile}</ChooseFiles>
    </section>
  );
}
