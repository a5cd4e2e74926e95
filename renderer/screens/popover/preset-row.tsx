import { presetCommands } from '../../../shared/preset-commands.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { popover as t } from '../../../shared/words/en/popover.ts';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';

interface PresetRowProps {
  readonly snapshot: Snapshot;
  readonly now: number;
}

/** So many fit beside each other: those that are on top of the tray's menu, too. */
const most = 3;

/** The first presets, by their names. */
export function PresetRow({ snapshot, now }: PresetRowProps) {
  const run = useRun();
  const commands = presetCommands(snapshot, now).slice(0, most);
  if (commands.length === 0) return null;
  return (
    <ul aria-label={t.presets} className="flex flex-wrap gap-1.5">
      {snapshot.presets.list.slice(0, most).map(({ name, status }, at) => {
        const { title, action, why } = commands[at] ?? {};
        return (
          <li key={name} className="min-w-0 flex-1 basis-20">
            <button
              type="button"
              aria-label={title}
              title={why ?? title}
              disabled={why !== undefined}
              onClick={() => action && run(action)}
              className="flex min-h-8 w-full items-center justify-center gap-1.5 rounded-full border border-frame bg-surface px-2.5 font-medium text-xs hover:bg-sunken disabled:opacity-50"
            >
              <StatusIcon status={status} size={0.875} />
              <bdi className="truncate">{name}</bdi>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
