import { sameJson } from '../../../shared/json.ts';
import type { SettingValue } from '../../../shared/settings.ts';
import { Checkbox } from '../../components/checkbox.tsx';
import { type EditorProps, useForm } from './form.ts';
import { entryWords, valueWords } from './words.ts';

const entriesOf = (value: SettingValue | undefined): readonly SettingValue[] =>
  Array.isArray(value) ? value : [];

/** Entries of another list, of which some are chosen. What is chosen and no longer offered stays until it is taken out. */
export function PickedList({ leaf, value, offered, fixed, id, labels }: EditorProps) {
  const { edit } = useForm();
  const chosen = entriesOf(value);
  if (fixed)
    return (
      <p className="selectable text-muted [overflow-wrap:anywhere]">
        <bdi>{valueWords(leaf, value)}</bdi>
      </p>
    );
  const isIn = (entries: readonly SettingValue[], entry: SettingValue) =>
    entries.some((one) => sameJson(one, entry));
  const all = entriesOf(offered);
  const shown = [...all, ...chosen.filter((entry) => !isIn(all, entry))];
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would not shrink below its widest entry
    <div
      id={id}
      role="group"
      {...labels}
      className="grid max-h-80 grid-cols-[repeat(auto-fill,minmax(min(100%,10rem),1fr))] gap-x-4 overflow-y-auto"
    >
      {shown.map((entry, at) => {
        const isChosen = isIn(chosen, entry);
        return (
          <Checkbox
            // biome-ignore lint/suspicious/noArrayIndexKey: entries have no name that is theirs alone
            key={at}
            isOn={isChosen}
            onChange={() =>
              edit(leaf.key, isChosen ? chosen.filter((one) => !sameJson(one, entry)) : [...chosen, entry])
            }
          >
            <bdi>{entryWords(entry)[0]}</bdi>
          </Checkbox>
        );
      })}
    </div>
  );
}
