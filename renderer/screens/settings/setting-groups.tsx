import { memo } from 'react';
import type { SettingLeaf, SettingsView } from '../../../shared/settings.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { Card, Section } from '../../components/card.tsx';
import { isOffered } from './catalogue.ts';
import { rowId } from './form.ts';
import { rowState } from './row-state.ts';
import { SettingRow } from './setting-row.tsx';

interface SettingGroupsProps {
  readonly title: string;
  readonly leaves: readonly SettingLeaf[];
  readonly view: SettingsView;
  readonly readOnly: boolean;
}

/** The settings of a section, what belongs together under one title. Not drawn again while one only searches. */
export const SettingGroups = memo(function SettingGroups({
  title,
  leaves,
  view,
  readOnly,
}: SettingGroupsProps) {
  const offered = leaves.filter((leaf) => isOffered(leaf, view));
  const others = leaves.filter((leaf) => !isOffered(leaf, view));
  return (
    <>
      {groupsOf(offered).map(([group, rows]) => (
        <Card key={group ?? ''} title={group ?? title}>
          {rows.map((leaf) => (
            <SettingRow key={leaf.key} leaf={leaf} state={rowState(leaf, view)} readOnly={readOnly} />
          ))}
        </Card>
      ))}
      {offered.length === 0 && (
        <Section title={title}>
          <p className="rounded-2xl border border-line bg-surface p-4 text-muted sm:px-6">{t.notAvailable}</p>
        </Section>
      )}
      {others.length > 0 && (
        <details className="text-muted">
          <summary className="min-h-6 rounded">{t.notOfferedCount(others.length)}</summary>
          <ul className="mt-2 flex flex-col gap-2 pl-4">
            {others.map((leaf) => (
              <li key={leaf.key} id={rowId(leaf.key)} tabIndex={-1} className="outline-none focus:text-text">
                <span className="block font-medium">{leaf.title}</span>
                {leaf.help}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
});

function groupsOf(leaves: readonly SettingLeaf[]): [string | undefined, readonly SettingLeaf[]][] {
  const groups = new Map<string | undefined, SettingLeaf[]>();
  for (const leaf of leaves) {
    const group = groups.get(leaf.group);
    if (group) group.push(leaf);
    else groups.set(leaf.group, [leaf]);
  }
  return [...groups];
}
