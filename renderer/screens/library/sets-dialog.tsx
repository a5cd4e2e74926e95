import { useState } from 'react';
import type { LibraryItem, LibrarySet } from '../../../shared/library.ts';
import { common } from '../../../shared/words/en/common.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { useRun } from '../../lib/actions.ts';
import { setNamed } from './words.ts';

interface SetsDialogProps {
  readonly items: readonly LibraryItem[];
  readonly sets: readonly LibrarySet[];
  readonly onClose: () => void;
}

/** In which sets backgrounds are. Each tick counts at once. */
export function SetsDialog({ items, sets, onClose }: SetsDialogProps) {
  const run = useRun();
  const [fresh, setFresh] = useState('');
  const ids = items.map(({ id }) => id);
  const name = setNamed(fresh, sets);
  const add = () => {
    if (name === '') return;
    run({ type: 'library.tag', ids, set: name, on: true });
    setFresh('');
  };
  const title = items.length === 1 ? t.setsOfOne(items[0]?.name ?? '') : t.setsOf(items.length);
  return (
    <Dialog
      title={title}
      onClose={onClose}
      buttons={
        <Button look="strong" onPress={onClose}>
          {common.done}
        </Button>
      }
    >
      {sets.length > 0 && (
        <ul className="flex flex-col">
          {sets.map(({ name: set, count }) => (
            <li key={set}>
              <Checkbox
                isOn={items.every((item) => item.sets.includes(set))}
                onChange={(on) => run({ type: 'library.tag', ids, set, on })}
              >
                <span className="flex items-baseline gap-3">
                  <bdi className="min-w-0 flex-1 truncate">{set}</bdi>
                  <span className="shrink-0 text-muted text-xs tabular-nums">{t.backgrounds(count)}</span>
                </span>
              </Checkbox>
            </li>
          ))}
        </ul>
      )}
      <div className="flex flex-wrap items-start gap-2">
        <div className="min-w-0 flex-1 basis-52">
          <Field
            label={t.newSet}
            placeholder={sets.length === 0 ? t.setExample : ''}
            maxLength={40}
            value={fresh}
            onChange={(event) => setFresh(event.target.value)}
            onKeyDown={(event) => event.key === 'Enter' && add()}
          />
        </div>
        <span className="pt-6">
          <Button isDisabled={name === ''} onPress={add}>
            {common.add}
          </Button>
        </span>
      </div>
    </Dialog>
  );
}
