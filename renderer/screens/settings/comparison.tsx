import { FileCheck } from 'lucide-react';
import { useState } from 'react';
import type { SettingKey, SettingsComparison } from '../../../shared/settings.ts';
import { common } from '../../../shared/words/en/common.ts';
import { settings as t } from '../../../shared/words/en/settings.ts';
import { spoken } from '../../../shared/words/language.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useRun } from '../../lib/actions.ts';
import { sentence } from '../../lib/sentence.tsx';
import { clockTime } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { BeforeAfter } from './before-after.tsx';
import type { Catalogue } from './catalogue.ts';

interface ComparisonProps {
  readonly comparison: SettingsComparison;
  readonly catalogue: Catalogue;
  readonly readOnly: boolean;
  /** Values of the file were taken over as changes. */
  readonly onApplied: () => void;
}

/** What a file has otherwise than Zoom; what is ticked can be taken over. */
export function Comparison({ comparison, catalogue, readOnly, onApplied }: ComparisonProps) {
  const run = useRun();
  const now = useNow(false);
  const { name, at, from, differences, fixed } = comparison;
  const [ticked, setTicked] = useState<readonly SettingKey[]>([]);
  const possible = readOnly ? [] : differences.filter(({ key }) => fixed[key] === undefined);
  const chosen = possible.filter(({ key }) => ticked.includes(key)).map(({ key }) => key);
  const end = () => run({ type: 'settings.compare-end' });
  const toggle = (key: SettingKey) =>
    setTicked(ticked.includes(key) ? ticked.filter((one) => one !== key) : [...ticked, key]);
  const { byKey, sections } = catalogue;
  const parts = [
    ...sections.map(({ id, title }) => ({
      title,
      rows: differences.filter(({ key }) => byKey.get(key)?.section === id),
    })),
    { title: t.unknown, rows: differences.filter(({ key }) => !byKey.has(key)) },
  ].filter(({ rows }) => rows.length > 0);
  return (
    <>
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <div className="min-w-0 flex-1 basis-64">
          <PageTitle>{t.compareWithFile}</PageTitle>
          <p className="text-muted [overflow-wrap:anywhere]">
            {sentence(
              (file, account) => t.savedFrom(file, clockTime(at, now), account),
              <bdi>{name}</bdi>,
              <bdi>{from}</bdi>,
            )}
          </p>
        </div>
        <Button onPress={end}>{t.backToSettings}</Button>
      </div>
      {differences.length === 0 ? (
        <div className="flex flex-col items-center gap-3 py-12 text-center">
          <span className="grid size-14 place-items-center rounded-full bg-sunken text-muted">
            <FileCheck className="size-6" />
          </span>
          <p className="font-semibold text-base">{t.noDifferences}</p>
          <p className="text-muted">{t.noDifferencesNote}</p>
        </div>
      ) : (
        parts.map(({ title, rows }) => (
          <Card key={title} title={title}>
            {rows.map((change) => {
              const leaf = byKey.get(change.key);
              const why = fixed[change.key];
              const disabled = readOnly || why !== undefined;
              return (
                <Checkbox
                  key={change.key}
                  isOn={!disabled && ticked.includes(change.key)}
                  isDisabled={disabled}
                  onChange={() => toggle(change.key)}
                  look="p-4 sm:px-6"
                >
                  <span className="block font-medium">{leaf?.title ?? change.key}</span>
                  <BeforeAfter leaf={leaf} change={change} words={[t.inZoom, t.inTheFile]} />
                  {leaf?.unknown && <span className="block text-muted text-xs">{leaf.help}</span>}
                  {why !== undefined && <span className="block text-muted text-xs">{spoken(why)}</span>}
                </Checkbox>
              );
            })}
          </Card>
        ))
      )}
      {possible.length > 0 && (
        <section
          aria-label={t.takeOver}
          className="sticky tiny:static bottom-4 short:bottom-2 z-10 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-xl border border-edge bg-surface p-2 pl-4 shadow-lg"
        >
          <p role="status" className="min-w-0 flex-1 basis-40">
            <span className="font-medium">{t.chosenOf(chosen.length, possible.length)}</span>
            <span className="block text-muted text-xs">{t.nothingSentBeforeSave}</span>
          </p>
          <div className="flex flex-wrap gap-2">
            <Button
              look="quiet"
              onPress={() =>
                setTicked(chosen.length === possible.length ? [] : possible.map(({ key }) => key))
              }
            >
              {chosen.length === possible.length ? common.clearSelection : common.selectAll}
            </Button>
            <Button
              look="strong"
              isDisabled={chosen.length === 0}
              onPress={async () => {
                await run({ type: 'settings.apply', keys: [...chosen] });
                await end();
                onApplied();
              }}
            >
              {t.takeOver}
            </Button>
          </div>
        </section>
      )}
    </>
  );
}
