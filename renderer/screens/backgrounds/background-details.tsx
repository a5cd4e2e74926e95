import type { ReactNode } from 'react';
import type { BackgroundView } from '../../../shared/backgrounds.ts';
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
      title={name || 'Without a name'}
      onClose={onClose}
      note={loss && <p className="text-muted">{loss}</p>}
      buttons={
        <>
          {onDelete && <Button onPress={onDelete}>Delete</Button>}
          {onCrop && <Button onPress={onCrop}>Crop to 16:9</Button>}
          <Button look="strong" onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="h-32 shrink-0 overflow-hidden rounded-xl border border-line sm:h-52">
        <Thumbnail of="background" id={id} type={type} content={copy} whole />
      </div>
      <dl className="flex flex-col divide-y divide-line">
        <Line word="Kind">{type === 'video' ? 'Video' : 'Picture'}</Line>
        <Line word="Size">{bytes > 0 ? sizeWords(bytes) : 'Zoom doesn’t tell'}</Line>
        {isDefault && <Line word="In Zoom">Your default background</Line>}
        <Line word="On this computer">{copy ? 'A copy is kept' : 'No copy'}</Line>
        <Line word="Zoom ID">
          <span className="flex flex-wrap items-center gap-2">
            <span className="selectable min-w-0 font-mono text-xs [overflow-wrap:anywhere]">{id}</span>
            <CopyButton look="quiet" label="Copy" what="id" action={{ type: 'clipboard.copy', text: id }} />
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
