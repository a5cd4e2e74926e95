import { ExternalLink, FileDown } from 'lucide-react';
import type { Cloud } from '../../../shared/places.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import type { OperationGroup } from '../../../shared/zoom/operations.gen.ts';
import { featureGroups, needed } from '../../../shared/zoom/scopes.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useRun } from '../../lib/actions.ts';
import { marketplaceOf } from './marketplace.ts';
import { features, usualGroups } from './permissions.ts';
import { Radios } from './radios.tsx';
import { requestText } from './request-text.ts';
import { StepCard, type StepProps } from './step.tsx';

const clouds: readonly { readonly value: Cloud; readonly word: string; readonly detail: string }[] = [
  { value: 'commercial', word: 'zoom.us', detail: t.nearlyEveryone },
  { value: 'government', word: 'zoomgov.com', detail: t.usGovernment },
];

const rights = [
  { value: 'yes', word: t.canCreateYes, detail: t.canCreateYesDetail },
  { value: 'no', word: t.canCreateNo, detail: t.canCreateNoDetail },
] as const;

const statusOnly: readonly OperationGroup[] = ['Presence'];
const same = (one: readonly OperationGroup[], other: readonly OperationGroup[]) =>
  needed(one, 'granular').join() === needed(other, 'granular').join();

/** First of all whether one may make an app at all, then where one signs in and what Tally shall be able to do. */
export function StepChoose({ connecting, onChange }: StepProps) {
  const run = useRun();
  const { cloud, mayCreate, groups } = connecting;
  return (
    <StepCard title={t.stepChoose}>
      <div className="flex w-full flex-col items-start gap-3">
        <Radios
          label={t.canCreate}
          value={mayCreate === null ? undefined : mayCreate ? 'yes' : 'no'}
          onChange={(answer) => onChange({ mayCreate: answer === 'yes' })}
          choices={rights}
        />
        <p className="text-muted">{t.canCreateNote}</p>
        <Button onPress={() => run({ type: 'web.open', page: marketplaceOf(cloud) })}>
          {t.openMarketplace}
          <ExternalLink className="size-4" />
        </Button>
      </div>
      <Radios
        label={t.whereSignIn}
        value={cloud}
        onChange={(next) => onChange({ cloud: next })}
        choices={clouds}
      />
      <Permissions groups={groups} onChange={(next) => onChange({ groups: next })} />
      {mayCreate === false ? (
        <AskAdministrator connecting={connecting} />
      ) : (
        <Button look="strong" onPress={() => onChange({ step: 'create' })}>
          {t.nextCreate}
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
      {t.withScopes(word, needed(chosen, 'granular').length)}
    </Button>
  );
  return (
    <fieldset className="flex w-full min-w-0 flex-col gap-1">
      <legend className="mb-2 font-medium">{t.whatShouldTallyDo}</legend>
      <div className="mb-2 flex flex-wrap gap-2">
        {preset(t.statusOnly, statusOnly)}
        {preset(t.everythingUsual, usualGroups)}
      </div>
      <p className="mb-1 text-muted">{t.beginWithFew}</p>
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
      aria-label={t.askAdministrator}
      className="flex w-full flex-col gap-3 rounded-xl border border-line bg-sunken p-4"
    >
      <h3 className="font-medium">{t.askAdministrator}</h3>
      <p className="text-muted">{t.askAdministratorNote}</p>
      <textarea
        readOnly
        rows={12}
        aria-label={t.textForAdministrator}
        value={text}
        className="selectable w-full rounded-lg border border-line bg-surface p-3 text-xs"
      />
      <div className="flex flex-wrap gap-2">
        <CopyButton
          action={{ type: 'clipboard.copy', text }}
          label={common.copy}
          what={t.textForAdministratorInside}
          look="strong"
        />
        <Button icon={FileDown} onPress={() => run({ type: 'account.manifest' })}>
          {t.saveManifest}
        </Button>
      </div>
    </section>
  );
}
