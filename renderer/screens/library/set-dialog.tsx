import { useState } from 'react';
import type { LibrarySet } from '../../../shared/library.ts';
import { common } from '../../../shared/words/en/common.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';
import { setNamed } from './words.ts';

interface SetDialogProps {
  readonly set: LibrarySet;
  readonly sets: readonly LibrarySet[];
  /** Called with the name that it goes by from now on; with none once it is no more. */
  readonly onChanged: (name: string | undefined) => void;
  readonly onClose: () => void;
}

/** Gives a set another name, or takes it apart. */
export function SetDialog({ set, sets, onChanged, onClose }: SetDialogProps) {
  const run = useRun();
  const [typed, setTyped] = useState(set.name);
  const others = sets.filter(({ name }) => name !== set.name);
  const name = setNamed(typed, others);
  const joins = others.some((one) => one.name === name);
  const rename = () => {
    if (name === '') return;
    if (name !== set.name) run({ type: 'library.rename-set', set: set.name, name });
    onChanged(name);
    onClose();
  };
  return (
    <Dialog
      title={t.setTitle(quoted(set.name))}
      onClose={onClose}
      leave={common.cancel}
      buttons={
        <>
          <Button
            onPress={() => {
              run({ type: 'library.remove-set', set: set.name });
              onChanged(undefined);
              onClose();
            }}
          >
            {t.removeSet}
          </Button>
          <Button look="strong" isDisabled={name === ''} onPress={rename}>
            {t.rename}
          </Button>
        </>
      }
    >
      <Field
        label={common.name}
        {...(joins && { help: t.joins(quoted(name)) })}
        maxLength={40}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => event.key === 'Enter' && rename()}
      />
      <p className="text-muted">{t.withoutSet(set.count)}</p>
    </Dialog>
  );
}
