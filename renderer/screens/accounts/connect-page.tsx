import { ArrowLeft, ExternalLink } from 'lucide-react';
import { type ReactNode, useId } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import type { OfferView } from '../../../shared/accounts.ts';
import type { Cloud } from '../../../shared/places.ts';
import type { OperationGroup } from '../../../shared/zoom/operations.gen.ts';
import { Button } from '../../components/button.tsx';
import { FilesZone } from '../../components/files-zone.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useRun } from '../../lib/actions.ts';
import { useRemembered } from '../../lib/remembered.ts';
import { ClientForm } from './client-form.tsx';
import { CopyLine } from './copy-line.tsx';
import { usualGroups } from './permissions.ts';
import { ScopePicker } from './scope-picker.tsx';
import { SetupOffer } from './setup-offer.tsx';
import { TakeSetup } from './take-setup.tsx';

/** What a person has entered on the way to an account. No secret is ever in it. */
interface Draft {
  readonly clientId: string;
  readonly cloud: Cloud;
  readonly groups: readonly OperationGroup[];
}

const empty: Draft = { clientId: '', cloud: 'commercial', groups: usualGroups };

interface ConnectPageProps {
  readonly offer: OfferView | undefined;
  /** What is registered at Zoom. */
  readonly redirectUri: string;
  /** Come back to the last step, with the client id still there. */
  readonly toClientId: boolean;
  /** Where "back" leads, in words. */
  readonly back: string;
  readonly onBack: () => void;
}

const clouds: readonly { readonly cloud: Cloud; readonly word: string; readonly detail: string }[] = [
  { cloud: 'commercial', word: 'zoom.us', detail: 'Nearly everyone' },
  { cloud: 'government', word: 'zoomgov.com', detail: 'US government' },
];

/** How a person makes their own app at Zoom and tells Tally of it, in three steps. */
export function ConnectPage({ offer, redirectUri, toClientId, back, onBack }: ConnectPageProps) {
  const run = useRun();
  // Outlives the page, as the person goes to the browser, to other screens and back.
  const [draft, setDraft] = useRemembered<Draft>('accounts/draft', empty);
  const change = (changes: Partial<Draft>) => setDraft({ ...draft, ...changes });
  const page = draft.cloud === 'government' ? 'government-marketplace' : 'marketplace';
  return (
    <FilesZone channel="setup.offer" invitation="Drop the setup">
      <div className="flex flex-col items-start gap-2">
        <Button look="quiet" icon={ArrowLeft} onPress={onBack}>
          {back}
        </Button>
        <PageTitle>Connect Zoom</PageTitle>
        <p className="text-muted">
          Tally signs in through a Zoom app that is yours alone. Make it once, in about five minutes.
        </p>
      </div>
      {offer ? <SetupOffer offer={offer} /> : <TakeSetup />}
      <ol className="flex flex-col gap-4">
        <Step number={1} title="Make your own Zoom app">
          <RadioGroup
            value={draft.cloud}
            onChange={(cloud) => change({ cloud: cloud as Cloud })}
            className="flex w-full flex-col gap-2"
          >
            <Label className="font-medium">Where do you sign in to Zoom?</Label>
            <div className="grid grid-cols-[repeat(auto-fit,minmax(min(100%,10rem),1fr))] gap-2">
              {clouds.map(({ cloud, word, detail }) => (
                <Radio
                  key={cloud}
                  value={cloud}
                  className="picked flex min-h-12 flex-col justify-center rounded-lg border border-line px-3 py-1.5 data-selected:border-text data-selected:bg-sunken data-selected:shadow-[inset_0_0_0_1px_var(--text)]"
                >
                  <span className="font-medium">{word}</span>
                  <span className="text-muted text-xs">{detail}</span>
                </Radio>
              ))}
            </div>
          </RadioGroup>
          <ul className="flex list-disc flex-col gap-1 pl-5">
            <li>Sign in there, choose “Develop”, then “Build App”.</li>
            <li>Choose “General App”. Let it be managed by the user, not by an administrator.</li>
            <li>Under “App Credentials”, switch “Use Public Client OAuth” on.</li>
          </ul>
          <Button onPress={() => run({ type: 'web.open', page })}>
            Open Zoom’s page for apps
            <ExternalLink className="size-4" />
          </Button>
        </Step>
        <Step number={2} title="Give it these">
          <div className="flex w-full flex-col gap-2">
            <h3 className="font-medium">Redirect address</h3>
            <CopyLine text={redirectUri} what="redirect address" />
            <p className="text-muted text-xs">
              It goes in two places: “OAuth Redirect URL” and, below it, the “OAuth Allow List”.
            </p>
          </div>
          <ScopePicker groups={draft.groups} onChange={(groups) => change({ groups })} />
        </Step>
        <Step number={3} title="Paste its client id">
          <ClientForm
            clientId={draft.clientId}
            onClientId={(clientId) => change({ clientId })}
            cloud={draft.cloud}
            autoFocus={toClientId}
          />
        </Step>
      </ol>
    </FilesZone>
  );
}

interface StepProps {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

function Step({ number, title, children }: StepProps) {
  const id = useId();
  return (
    <li
      aria-labelledby={id}
      className="flex flex-col gap-4 rounded-2xl border border-line bg-surface p-4 sm:p-6"
    >
      <div className="flex items-center gap-3">
        <span
          aria-hidden="true"
          className="grid size-7 shrink-0 place-items-center rounded-full border border-text bg-text font-semibold text-bg text-xs"
        >
          {number}
        </span>
        <h2 id={id} className="font-semibold text-base">
          {title}
        </h2>
      </div>
      <div className="flex flex-col items-start gap-4 sm:pl-10">{children}</div>
    </li>
  );
}
