import { Upload } from 'lucide-react';
import { useState } from 'react';
import type { LibraryItem } from '../../../shared/library.ts';
import { common } from '../../../shared/words/en/common.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';
import { Thumbnail } from '../backgrounds/thumbnail.tsx';

interface LibraryDetailsProps {
  readonly item: LibraryItem;
  readonly puttable: boolean;
  readonly onSets: () => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
}

const states = {
  kept: undefined,
  missing: t.fileMissingHelp,
  spoiled: t.fileChangedHelp,
} as const;

/** All that is kept of one background, and what can be done with it. */
export function LibraryDetails({ item, puttable, onSets, onRemove, onClose }: LibraryDetailsProps) {
  const run = useRun();
  const { id, name, type, bytes, sets, up, state } = item;
  const [typed, setTyped] = useState(name);
  const rename = () => {
    const next = typed.trim();
    if (next === '') setTyped(name);
    else if (next !== name) run({ type: 'library.rename', id, name: next });
  };
  const facts = [type === 'video' ? t.video : t.picture, sizeWords(bytes), ...(up ? [t.inZoomInside] : [])];
  return (
    <Dialog
      title={name}
      onClose={onClose}
      note={states[state] && <p className="text-danger">{states[state]}</p>}
      buttons={
        <>
          <Button look="quiet" onPress={onRemove}>
            {t.removeAsk}
          </Button>
          <Button onPress={onClose}>{common.close}</Button>
          <Button
            look="strong"
            icon={Upload}
            isDisabled={up || !puttable || state !== 'kept'}
            onPress={() => {
              run({ type: 'library.put', id });
              onClose();
            }}
          >
            {up ? t.isUpShort : t.putUp}
          </Button>
        </>
      }
    >
      <div className="h-32 shrink-0 overflow-hidden rounded-xl border border-line sm:h-52">
        <Thumbnail of="library" id={id} type={type} content={state === 'kept' ? id : undefined} whole />
      </div>
      <p className="text-muted">{facts.join(', ')}</p>
      <Field
        label={common.name}
        help={t.nameHelp}
        maxLength={100}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={rename}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <span className="font-medium">{t.sets}</span>
        <span className="min-w-0 flex-1 basis-32 text-muted">
          {sets.length > 0 ? sets.join(', ') : t.noSets}
        </span>
        <Button onPress={onSets}>{t.changeSets}</Button>
      </div>
    </Dialog>
  );
}
