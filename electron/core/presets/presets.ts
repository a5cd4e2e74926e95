import * as z from 'zod';
import type { Action } from '../../../shared/actions.ts';
import type { Preferences } from '../../../shared/app.ts';
import { type Result, tallyError } from '../../../shared/errors.ts';
import type { PresenceView } from '../../../shared/presence.ts';
import {
  isSameName,
  keptTime,
  presetNamed,
  presetTimeProblems,
  recentOf,
} from '../../../shared/preset-commands.ts';
import { mostPresets, mostRecent } from '../../../shared/preset-limits.ts';
import {
  type Preset,
  type PresetsAction,
  type PresetsView,
  presetFields,
  type TimedChoice,
} from '../../../shared/presets.ts';
import { timeContext } from '../../../shared/said.ts';
import { accepted } from '../feature.ts';
import type { Clock, Files } from '../ports.ts';

interface PresetsDeps {
  readonly clock: Pick<Clock, 'now'>;
  readonly files: Pick<Files, 'kept' | 'keep'>;
  preferences(): Preferences;
  changed(): void;
}

/** They are the computer's, not an account's. */
const key = 'own';

/** Statuses by a name of one's own, and the last timed ones. */
export function createPresets({ clock, files, preferences, changed }: PresetsDeps) {
  let view = readPresets(files.kept('presets', key));

  function become(next: PresetsView): Result<null> {
    view = next;
    files.keep('presets', key, next);
    changed();
    return accepted;
  }

  function save({ former, ...wanted }: Extract<PresetsAction, { type: 'presets.save' }>) {
    const { name, status, time, shortcut } = wanted;
    const kept = keptTime({ status, time }, timeContext(preferences(), clock.now()));
    if (!kept.ok) return refused(presetTimeProblems[kept.problem]);
    const replaced = former === undefined ? undefined : presetNamed(former, view.list);
    const namesake = presetNamed(name, view.list);
    if (namesake && namesake !== replaced) return refused(`There is a preset “${namesake.name}” already.`);
    if (!replaced && view.list.length >= mostPresets)
      return refused(`Tally keeps at most ${mostPresets} presets.`);
    const others = view.list.filter((one) => one !== replaced);
    const used = shortcut !== undefined && others.find((one) => one.shortcut === shortcut);
    if (used) return refused(`“${used.name}” has that shortcut already.`);
    const preset: Preset = { name, status, time: kept.time, ...(shortcut !== undefined && { shortcut }) };
    const list = replaced
      ? view.list.map((one) => (one === replaced ? preset : one))
      : [...view.list, preset];
    return become({ list, recent: view.recent.filter((one) => !isSame(one, preset)) });
  }

  function raise(name: string): Result<null> {
    const at = view.list.findIndex((one) => isSameName(one.name, name));
    const raised = view.list[at];
    if (at < 1 || !raised) return accepted;
    const others = view.list.toSpliced(at, 1);
    return become({ ...view, list: others.toSpliced(at - 1, 0, raised) });
  }

  return {
    view: () => view,
    run(action: PresetsAction): Result<null> {
      switch (action.type) {
        case 'presets.save':
          return save(action);
        case 'presets.remove':
          return become({ ...view, list: view.list.filter(({ name }) => !isSameName(name, action.name)) });
        case 'presets.raise':
          return raise(action.name);
      }
    },
    /** A status was chosen, and `current` is what it was before. Keeps a timed one, unless it only makes a timer longer. */
    chosen(action: Action, current: PresenceView['current']): void {
      if (action.type !== 'presence.set') return;
      const isLonger = action.status === current.status && current.until !== undefined;
      if (isLonger && typeof action.until === 'number') return;
      const made = recentOf(action.status, action, clock.now());
      if (!made || view.list.some((preset) => isSame(preset, made))) return;
      const [newest] = view.recent;
      if (newest && isSame(newest, made)) return;
      const others = view.recent.filter((one) => !isSame(one, made));
      become({ ...view, recent: [made, ...others].slice(0, mostRecent) });
    },
  };
}

const refused = (what: string): Result<never> => ({
  ok: false,
  error: tallyError('invalid-input', what, { action: 'check-input' }),
});

const isSame = (a: TimedChoice, b: TimedChoice) => a.status === b.status && a.time === b.time;

/** What was kept, as far as it can be used; each entry by itself. */
function readPresets(json: unknown): PresetsView {
  const { name, status, time, shortcut } = presetFields();
  const preset = z.object({ name, status, time, shortcut: shortcut.catch(undefined) });
  const choice = z.object({ status, time });
  const whole = z.object({ list: z.array(z.unknown()).catch([]), recent: z.array(z.unknown()).catch([]) });
  const { list = [], recent = [] } = whole.safeParse(json).data ?? {};
  const presets = list.flatMap((one) => preset.safeParse(one).data ?? []);
  const firstOfName = (one: Preset, at: number) =>
    presets.findIndex((other) => isSameName(one.name, other.name)) === at;
  return {
    list: presets.filter(firstOfName).slice(0, mostPresets),
    recent: recent.flatMap((one) => choice.safeParse(one).data ?? []).slice(0, mostRecent),
  };
}
