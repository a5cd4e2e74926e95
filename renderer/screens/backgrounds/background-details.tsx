import type { ReactNode } from 'react';
import type { BackgroundView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { common } from '../../../shared/words/en/common.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Thumbnail } from './thumbnail.tsx';
import { lossWords } from './words.ts';

interface BackgroundDetailsProps {
  readonly file: BackgroundView;
  /** Absent where it cannot be deleted. */
  readonly onDelete: (() => void) | undefined;
  /** Absent where there is nothing to crop. */
  readonly onCrop: (() => void) | undefined;
  readonly onClose: () => void;
}

/** All that is known of one background. */
export function BackgroundDetails({ file, onDelete, onCrop, onClose }: BackgroundDetailsProps) {
  const { id, name, bytes, type, copy, isDefault } = file;
  const loss = onDelete && lossWords([file]);
  return (
    <Dialog
      title={name || t.noName}
      onClose={onClose}
      note={loss && <p className="text-muted">{loss}</p>}
      buttons={
        <>
          {onDelete && <Button onPress={onDelete}>{common.delete}</Button>}
          {onCrop && <Button onPress={onCrop}>{t.crop}</Button>}
          <Button look="strong" onPress={onClose}>
            {common.close}
          </Button>
        </>
      }
    >
      <div className="h-32 shrink-0 overflow-hidden rounded-xl border border-line sm:h-52">
        <Thumbnail of="background" id={id} type={type} content={copy} whole />
      </div>
      <dl className="flex flex-col divide-y divide-line">
        <Line word={t.kind}>{type === 'video' ? t.video : t.picture}</Line>
        <Line word={t.size}>{bytes > 0 ? sizeWords(bytes) : t.zoomDoesntTell}</Line>
        {isDefault && <Line word={t.inZoom}>{t.yourDefault}</Line>}
        <Line word={t.onThisComputer}>{copy ? t.copyKept : t.noCopy}</Line>
        <Line word={t.zoomId}>
          <span className="flex flex-wrap items-center gap-2">
            <span className="selectable min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{id}</span>
            <CopyButton
              look="quiet"
              label={common.copy}
              what={t.idInside}
              action={{ type: 'clipboard.copy', text: id }}
            />
          </span>
        </Line>
      </dl>
    </Dialog>
  );
}

function Line({ word, children }: { readonly word: string; readonly children: ReactNode }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-4 py-1 sm:min-h-10">
      <dt className="w-32 shrink-0 text-muted">{word}</dt>
      <dd className="min-w-0 flex-1 basis-40">{children}</dd>
    </div>
  );
}
