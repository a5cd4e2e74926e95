import { ExternalLink, FileDown } from 'lucide-react';
import type { Cloud } from '../../../shared/places.ts';
import type { OperationGroup } from '../../../shared/zoom/operations.gen.ts';
import { featureGroups, needed } from '../../../shared/zoom/scopes.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useRun } from '../../lib/actions.ts';
import { features, marketplaceOf, usualGroups } from './permissions.ts';
import { Radios } from './radios.tsx';
import { requestText } from './request-text.ts';
import { StepCard, type StepProps } from './step.tsx';

const clouds: readonly { readonly value: Cloud; readonly word: string; readonly detail: string }[] = [
  { value: 'commercial', word: 'zoom.us', detail: 'Nearly everyone' },
  { value: 'government', word: 'zoomgov.com', detail: 'US government' },
];

const rights = [
  { value: 'yes', word: 'Yes', detail: 'I see Develop and Build App there' },
  { value: 'no', word: 'No', detail: 'I have to ask an administrator' },
] as const;

const statusOnly: readonly OperationGroup[] = ['Presence'];
const same = (one: readonly OperationGroup[], other: readonly OperationGroup[]) =>
  needed(one, 'granular').join() === needed(other, 'granular').join();

/** First of all whether one may make an app at all, then where one signs in and what Tally shall be able to do. */
export function StepChoose({ connecting, onChange }: StepProps) {
  const run = useRun();
  const { cloud, mayCreate, groups } = connecting;
  return (
    <StepCard title="Choose">
      <div className="flex w-full flex-col items-start gap-3">
        <Radios
          label="Can you create apps in Zoom?"
          value={mayCreate === null ? undefined : mayCreate ? 'yes' : 'no'}
          onChange={(answer) => onChange({ mayCreate: answer === 'yes' })}
          choices={rights}
        />
        <p className="text-muted">
          To find out, open the App Marketplace, sign in, and look for “Develop” and in it “Build App”. On a
          free account of your own you can. At work it takes an administrator, or a role with “Zoom for
          developers”.
        </p>
        <Button onPress={() => run({ type: 'web.open', page: marketplaceOf(cloud) })}>
          Open Zoom App Marketplace
          <ExternalLink className="size-4" />
        </Button>
      </div>
      <Radios
        label="Where do you sign in to Zoom?"
        value={cloud}
        onChange={(next) => onChange({ cloud: next })}
        choices={clouds}
      />
      <Permissions groups={groups} onChange={(next) => onChange({ groups: next })} />
      {mayCreate === false ? (
        <AskAdministrator connecting={connecting} />
      ) : (
        <Button look="strong" onPress={() => onChange({ step: 'create' })}>
          Next: create the app
        </Button>
      )}
    </StepCard>
  );
}

interface PermissionsProps {
  readonly groups: readonly OperationGroup[];
  readonly onChange: (groups: readonly OperationGroup[]) => void;
}

function Permissions({ groups, onChange }: PermissionsProps) {
  const preset = (word: string, chosen: readonly OperationGroup[]) => (
    <Button
      aria-pressed={same(groups, chosen)}
      onPress={() => onChange(chosen)}
      look={same(groups, chosen) ? 'strong' : 'plain'}
    >
      {word} ({needed(chosen, 'granular').length} scopes)
    </Button>
  );
  return (
    <fieldset className="flex w-full min-w-0 flex-col gap-1">
      <legend className="mb-2 font-medium">What should Tally be able to do?</legend>
      <div className="mb-2 flex flex-wrap gap-2">
        {preset('Status only', statusOnly)}
        {preset('Everything usual', usualGroups)}
      </div>
      <p className="mb-1 text-muted">
        Zoom has every scope ticked by hand, so begin with few. More can be allowed later by signing in again.
      </p>
      {featureGroups.map((group) => (
        <Checkbox
          key={group}
          isOn={groups.includes(group)}
          onChange={(on) =>
            onChange(featureGroups.filter((one) => (one === group ? on : groups.includes(one))))
          }
          detail={features[group].detail}
        >
          {features[group].word}
        </Checkbox>
      ))}
    </fieldset>
  );
}

function AskAdministrator({ connecting }: Pick<StepProps, 'connecting'>) {
  const run = useRun();
  const text = requestText(connecting);
  return (
    <section
      aria-label="Ask an administrator"
      className="flex w-full flex-col gap-3 rounded-xl border border-line bg-sunken p-4"
    >
      <h3 className="font-medium">Ask an administrator</h3>
      <p className="text-muted">
        One app serves everybody in your Zoom account. Send this to whoever runs it; they send back a setup,
        which you open above.
      </p>
      <textarea
        readOnly
        rows={12}
        aria-label="Text for an administrator"
        value={text}
        className="selectable w-full rounded-lg border border-line bg-surface p-3 text-xs"
      />
      <div className="flex flex-wrap gap-2">
        <CopyButton
          action={{ type: 'clipboard.copy', text }}
          label="Copy"
          what="text for an administrator"
          look="strong"
        />
        <Button icon={FileDown} onPress={() => run({ type: 'account.manifest' })}>
          Save app manifest…
        </Button>
      </div>
    </section>
  );
}
