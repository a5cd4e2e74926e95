import { ArrowLeft } from 'lucide-react';
import type { OfferView } from '../../../shared/accounts.ts';
import type { Connecting } from '../../../shared/connecting.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { Button } from '../../components/button.tsx';
import { FilesZone } from '../../components/files-zone.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { useRun } from '../../lib/actions.ts';
import { SetupOffer } from './setup-offer.tsx';
import { StepChoose } from './step-choose.tsx';
import { StepCreate } from './step-create.tsx';
import { StepPaste } from './step-paste.tsx';
import { Stepper } from './stepper.tsx';
import { TakeSetup } from './take-setup.tsx';
import type { Way } from './ways.ts';

interface ConnectPageProps {
  readonly offer: OfferView | undefined;
  /** How far the person is. */
  readonly connecting: Connecting;
  /** The way back to go on with, where another one did not work. */
  readonly way: Way | undefined;
  /** A way back was chosen. */
  readonly onWay: () => void;
  /** Where "back" leads, in words. */
  readonly back: string;
  readonly onBack: () => void;
}

/** From nothing to an account: by a setup that somebody else made, or by an app of one's own, in steps. */
export function ConnectPage({ offer, connecting, way, onWay, back, onBack }: ConnectPageProps) {
  const run = useRun();
  const onChange = (patch: Partial<Connecting>) => {
    if (patch.redirectUri !== undefined || patch.isPublic !== undefined) onWay();
    run({ type: 'account.connecting', patch });
  };
  const step = { connecting, onChange, way };
  return (
    <FilesZone channel="setup.offer" invitation={t.dropSetup}>
      <div className="flex flex-col items-start gap-2">
        <Button look="quiet" icon={ArrowLeft} onPress={onBack}>
          {back}
        </Button>
        {/* Each step is a page: it begins at its top, with the focus there where its button is gone. */}
        <PageTitle key={connecting.step}>{t.connectZoom}</PageTitle>
        <p className="text-muted">{t.connectNote}</p>
      </div>
      {offer ? <SetupOffer offer={offer} /> : <TakeSetup />}
      {/* What was given needs no steps. */}
      {offer?.phase !== 'offered' && (
        <>
          <Stepper current={connecting.step} onGo={(next) => onChange({ step: next })} />
          {connecting.step === 'choose' && <StepChoose {...step} />}
          {connecting.step === 'create' && <StepCreate {...step} />}
          {connecting.step === 'paste' && <StepPaste {...step} />}
        </>
      )}
    </FilesZone>
  );
}
