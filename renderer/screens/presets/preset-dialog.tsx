import { type FormEvent, useId, useState } from 'react';
import {
  isStatusName,
  keptTime,
  presetNamed,
  presetTimeProblems,
  presetWords,
} from '../../../shared/preset-commands.ts';
import { longestPresetName, longestPresetTime } from '../../../shared/preset-limits.ts';
import type { Preset, TimedChoice } from '../../../shared/presets.ts';
import { timeContext } from '../../../shared/said.ts';
import { shortcutNews, shortcutProblem } from '../../../shared/shortcut-use.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { common } from '../../../shared/words/en/common.ts';
import { presets as t } from '../../../shared/words/en/presets.ts';
import { type SettableStatus, settableStatuses, statusWord } from '../../../shared/zoom/presence.ts';
import { Button } from '../../components/button.tsx';
import { Dialog } from '../../components/dialog.tsx';
import { Field } from '../../components/field.tsx';
import { Select } from '../../components/select.tsx';
import { ShortcutField } from '../../components/shortcut-field.tsx';
import { useRun } from '../../lib/actions.ts';
import { directionOf } from '../../lib/direction.ts';

interface PresetDialogProps {
  readonly snapshot: Pick<Snapshot, 'presets' | 'preferences' | 'refusedShortcuts' | 'shortcutTriggers'>;
  /** One that is there already, */
  readonly preset?: Preset | undefined;
  /** or what a new one begins with. */
  readonly begin?: TimedChoice;
  readonly onClose: () => void;
}

/** Makes a preset, or changes one: a name, a status, and how long it lasts in the words of every time. */
export function PresetDialog({ snapshot, preset, begin, onClose }: PresetDialogProps) {
  const { presets, preferences } = snapshot;
  const run = useRun();
  const form = useId();
  const first = preset ?? begin;
  const [name, setName] = useState(preset?.name ?? '');
  const [status, setStatus] = useState<SettableStatus>(first?.status ?? 'Away');
  const [time, setTime] = useState(first?.time ?? '');
  const [shortcut, setShortcut] = useState(preset?.shortcut ?? '');
  const [tried, setTried] = useState(false);
  const context = timeContext(preferences, Date.now());
  const kept = keptTime({ status, time }, context);
  const nameProblem = nameProblemOf(name, preset, presets.list);
  const use = { kind: 'preset', name: preset?.name ?? name } as const;
  /** What the system says of it is known once it was asked, and no reason not to keep it. */
  const isUsed = shortcutProblem(shortcut, use, { presets, preferences }) !== undefined;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (nameProblem !== undefined || !kept.ok || isUsed) return;
    const more = { ...(preset && { former: preset.name }), ...(shortcut && { shortcut }) };
    if (await run({ type: 'presets.save', name: name.trim(), status, time: time.trim(), ...more })) onClose();
  };
  return (
    <Dialog
      title={preset ? t.edit : t.new}
      onClose={onClose}
      leave={common.cancel}
      buttons={
        <Button look="strong" type="submit" form={form}>
          {common.save}
        </Button>
      }
    >
      <form id={form} onSubmit={submit} className="flex flex-col gap-4">
        <Field
          label={common.name}
          placeholder={t.nameExample}
          dir={directionOf(name)}
          maxLength={longestPresetName}
          value={name}
          onChange={(event) => setName(event.target.value)}
          problem={tried || name.trim() !== '' ? nameProblem : undefined}
        />
        <div className="flex flex-col gap-1">
          <label htmlFor={`${form}-status`} className="font-medium">
            {t.status}
          </label>
          <Select
            id={`${form}-status`}
            value={status}
            onChange={({ target }) => setStatus(target.value as SettableStatus)}
          >
            {settableStatuses.map((one) => (
              <option key={one} value={one}>
                {statusWord(one)}
              </option>
            ))}
          </Select>
        </div>
        <Field
          label={t.howLong}
          placeholder={t.timeExample}
          maxLength={longestPresetTime}
          value={time}
          onChange={(event) => setTime(event.target.value)}
          help={
            time.trim() === ''
              ? t.emptyForNoEnd
              : t.means(presetWords({ status, time }, preferences, context.now))
          }
          problem={
            !kept.ok && (tried || kept.problem !== 'unknown') ? presetTimeProblems[kept.problem] : undefined
          }
        />
        <ShortcutField
          look="flex flex-wrap items-center gap-x-4 gap-y-1"
          shortcut={shortcut}
          problem={shortcutProblem(shortcut, use, snapshot)}
          news={shortcutNews(shortcut, snapshot)}
          onChange={setShortcut}
        />
      </form>
    </Dialog>
  );
}

function nameProblemOf(
  name: string,
  preset: Preset | undefined,
  list: readonly Preset[],
): string | undefined {
  const plain = name.trim();
  if (plain === '') return t.nameMissing;
  if (isStatusName(plain)) return t.nameOfStatus;
  const namesake = presetNamed(plain, list);
  if (namesake && namesake.name !== preset?.name) return t.nameTaken(namesake.name);
  return undefined;
}
