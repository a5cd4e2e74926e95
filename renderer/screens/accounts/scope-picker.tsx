import { useId, useState } from 'react';
import type { OperationGroup } from '../../../shared/zoom/operations.gen.ts';
import { featureGroups, needed } from '../../../shared/zoom/scopes.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { Segments } from '../../components/segments.tsx';
import { features } from './permissions.ts';

const kinds = [
  { value: 'granular', word: 'Granular', help: 'For an app made now.' },
  {
    value: 'classic',
    word: 'Classic',
    help: 'For an app from before 2024 that lists scopes such as user:write.',
  },
] as const;

interface ScopePickerProps {
  readonly groups: readonly OperationGroup[];
  readonly onChange: (groups: readonly OperationGroup[]) => void;
}

/** What Tally shall be able to do, and the scopes that it takes. */
export function ScopePicker({ groups, onChange }: ScopePickerProps) {
  const title = useId();
  const [kind, setKind] = useState<(typeof kinds)[number]['value']>('granular');
  const { word, help } = kinds.find(({ value }) => value === kind) ?? kinds[0];
  const scopes = needed(groups, kind);
  const toggle = (group: OperationGroup, on: boolean) =>
    onChange(featureGroups.filter((one) => (one === group ? on : groups.includes(one))));
  return (
    <>
      <fieldset className="flex w-full min-w-0 flex-col gap-1">
        <legend className="mb-2 font-medium">What shall Tally be able to do?</legend>
        {featureGroups.map((group) => (
          <label key={group} className="flex items-start gap-3 rounded-lg py-1.5">
            <input
              type="checkbox"
              checked={groups.includes(group)}
              onChange={(event) => toggle(group, event.target.checked)}
              className="mt-0.5 size-4 shrink-0 accent-text"
            />
            <span className="min-w-0">
              <span className="block font-medium">{features[group].word}</span>
              <span className="block text-muted">{features[group].detail}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <section aria-labelledby={title} className="flex w-full min-w-0 flex-col gap-2">
        <h3 id={title} className="font-medium">
          Scopes
        </h3>
        <p className="text-muted">Under “Scopes”, add each of these and no others.</p>
        <Segments
          aria-label="Kind of scopes"
          choices={kinds}
          chosen={kind}
          onChoose={setKind}
          look="flex self-start"
        />
        <ul
          aria-label={`${word} scopes`}
          className="selectable flex flex-col gap-1 rounded-lg border border-line bg-sunken p-3 font-mono text-xs [overflow-wrap:anywhere]"
        >
          {scopes.map((scope) => (
            <li key={scope}>{scope}</li>
          ))}
        </ul>
        <div className="flex flex-wrap items-center gap-3">
          <CopyButton
            action={{ type: 'clipboard.copy', text: scopes.join('\n') }}
            label={scopes.length === 1 ? 'Copy' : `Copy all ${scopes.length}`}
            what={`${word.toLowerCase()} scopes`}
          />
          <span className="text-muted text-xs">{help}</span>
        </div>
      </section>
    </>
  );
}
