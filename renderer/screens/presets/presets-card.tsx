import { ArrowUp, Pencil, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { presetWords } from '../../../shared/preset-commands.ts';
import { mostPresets } from '../../../shared/preset-limits.ts';
import type { Preset } from '../../../shared/presets.ts';
import { shownShortcut } from '../../../shared/shortcut.ts';
import { shortcutNews, shortcutProblem } from '../../../shared/shortcut-use.ts';
import type { Snapshot } from '../../../shared/state.ts';
import { presets as t } from '../../../shared/words/en/presets.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { StatusIcon } from '../../components/status-icon.tsx';
import { useRun } from '../../lib/actions.ts';
import { useNow } from '../../lib/use-now.ts';
import { PresetDialog } from './preset-dialog.tsx';

type PresetsCardProps = {
  readonly snapshot: Pick<Snapshot, 'presets' | 'preferences' | 'refusedShortcuts' | 'shortcutTriggers'>;
};

/** The presets in their order, of which the first are on top of the tray's menu. */
export function PresetsCard({ snapshot }: PresetsCardProps) {
  const run = useRun();
  const now = useNow(true);
  const { list } = snapshot.presets;
  const [edited, setEdited] = useState<Preset | 'new'>();
  return (
    <Card title={t.title}>
      {list.map((preset, at) => (
        <div key={preset.name} className="flex items-center gap-3 p-2 pl-4 sm:pl-6">
          <StatusIcon status={preset.status} size={1.125} />
          <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <bdi className="block font-medium">{preset.name}</bdi>
            <span className="block text-muted">{presetWords(preset, snapshot.preferences, now)}</span>
            {preset.shortcut && <Shortcut {...preset} shortcut={preset.shortcut} snapshot={snapshot} />}
          </span>
          <span className="flex shrink-0">
            {at > 0 && (
              <Button
                look="quiet"
                icon={ArrowUp}
                aria-label={t.moveUp(preset.name)}
                onPress={() => run({ type: 'presets.raise', name: preset.name })}
              />
            )}
            <Button
              look="quiet"
              icon={Pencil}
              aria-label={t.editOne(preset.name)}
              onPress={() => setEdited(preset)}
            />
            <Button
              look="quiet"
              icon={Trash2}
              aria-label={t.deleteOne(preset.name)}
              onPress={() => run({ type: 'presets.remove', name: preset.name })}
            />
          </span>
        </div>
      ))}
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 p-4 sm:px-6">
        <p className="min-w-0 flex-1 basis-52 text-muted">
          {list.length === 0 ? t.whatTheyAre : t.whereTheyAre}
        </p>
        <Button icon={Plus} isDisabled={list.length >= mostPresets} onPress={() => setEdited('new')}>
          {t.add}
        </Button>
      </div>
      {edited && (
        <PresetDialog
          snapshot={snapshot}
          preset={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
        />
      )}
    </Card>
  );
}

interface ShortcutProps extends PresetsCardProps {
  readonly name: string;
  readonly shortcut: string;
}

/** The keys of a preset, and why they don't choose it where the system doesn't give them. */
function Shortcut({ name, shortcut, snapshot }: ShortcutProps) {
  const problem = shortcutProblem(shortcut, { kind: 'preset', name }, snapshot);
  const news = shortcutNews(shortcut, snapshot);
  return (
    <span className="block text-xs">
      <kbd className="rounded border border-frame px-1 text-muted">
        {shownShortcut(shortcut, snapshot.shortcutTriggers)}
      </kbd>
      {problem ? (
        <span className="block text-danger">{problem}</span>
      ) : (
        news && <span className="block text-muted">{news}</span>
      )}
    </span>
  );
}
