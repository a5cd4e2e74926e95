import { CircleAlert, FlaskConical, Plug } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OfferView } from '../../../shared/accounts.ts';
import type { TallyError } from '../../../shared/errors.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { Button } from '../../components/button.tsx';
import { ErrorWords } from '../../components/error-bar.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { keychainWaits } from '../../lib/accounts.ts';
import { useGo, useRun } from '../../lib/actions.ts';
import { canAccept } from './offers.ts';

interface DoorProps {
  readonly picture: ReactNode;
  readonly title: string;
  readonly children: string;
  readonly button: ReactNode;
}

function Door({ picture, title, children, button }: DoorProps) {
  return (
    <li className="flex flex-col gap-3 rounded-2xl border border-line bg-surface p-5">
      <span className="grid size-11 place-items-center rounded-full bg-sunken text-muted">{picture}</span>
      <h2 className="font-semibold text-base">{title}</h2>
      <p className="flex-1 text-muted">{children}</p>
      {button}
    </li>
  );
}

interface WelcomeProps {
  readonly offer: OfferView | undefined;
  /** Who was signed out last, since no account is left. */
  readonly signedOut: string | undefined;
}

/** No account yet: two doors. */
export function Welcome({ offer, signedOut }: WelcomeProps) {
  const run = useRun();
  const go = useGo();
  const isReady = offer?.phase === 'offered' && offer.by === 'administrator' && canAccept(offer);
  return (
    <div className="my-auto flex flex-col gap-6 py-4">
      <div className="flex flex-col gap-1 sm:items-center sm:text-center">
        <PageTitle>{t.welcome}</PageTitle>
        {signedOut && (
          <p role="status" className="font-medium [overflow-wrap:anywhere]">
            {t.signedOutOf(signedOut)}
          </p>
        )}
        <p className="text-muted">{t.welcomeNote}</p>
      </div>
      <ul className="grid gap-4 sm:grid-cols-2">
        <Door
          picture={<Plug className="size-5" />}
          title={t.yourAccount}
          button={
            isReady ? (
              <Button look="strong" onPress={() => run({ type: 'account.offer.accept' })}>
                {t.signInWithZoom}
              </Button>
            ) : (
              <Button look="strong" onPress={() => go('accounts')}>
                {t.connectZoom}
              </Button>
            )
          }
        >
          {isReady ? t.setUpForYou : t.fourSteps}
        </Door>
        <Door
          picture={<FlaskConical className="size-5" />}
          title={t.practiceAccount}
          button={<Button onPress={() => run({ type: 'account.practice' })}>{t.tryPractice}</Button>}
        >
          {t.practiceNote}
        </Door>
      </ul>
    </div>
  );
}

interface AccountProblemProps {
  readonly title: string;
  readonly error: TallyError;
  /** The ways out. */
  readonly children: ReactNode;
}

/** Something stands between the window and a connected account. */
export function AccountProblem({ title, error, children }: AccountProblemProps) {
  return (
    <div className="m-auto flex max-w-96 flex-col items-center gap-4 py-8 text-center">
      <span className="grid size-16 place-items-center rounded-full bg-sunken text-muted">
        <CircleAlert className="size-7 text-danger" />
      </span>
      <PageTitle>{title}</PageTitle>
      <div role="alert" className="selectable text-muted">
        <ErrorWords error={error} isHelped />
      </div>
      <div className="flex flex-wrap justify-center gap-2">{children}</div>
    </div>
  );
}

const block = 'rounded-xl bg-sunken';
/**
 * For several blocks together: what pulses becomes a layer of its own, and twelve of them delay the first frame. Only where it takes
 * long: each frame of it is drawn while the window's code is read.
 */
const pulse = 'animate-pulse [animation-delay:1s] motion-reduce:animate-none';

interface StatusSkeletonProps {
  readonly word: string;
  readonly waitsForKeychain?: boolean;
}

/** The Status screen's outline while there is nothing to show yet, and what it waits for where the person can help. */
export function StatusSkeleton({ word, waitsForKeychain = false }: StatusSkeletonProps) {
  const go = useGo();
  return (
    <div aria-busy="true" className="flex flex-col gap-6">
      <PageTitle look="hidden">{word}</PageTitle>
      {waitsForKeychain && (
        <div className="flex flex-wrap items-center gap-3 rounded-xl border border-line bg-surface py-2 pr-2 pl-4">
          <p role="status" className="min-w-0 flex-1 basis-52">
            {keychainWaits}
          </p>
          <Button look="quiet" onPress={() => go('accounts')}>
            {t.title}
          </Button>
        </div>
      )}
      <div className="rounded-2xl border border-line bg-surface p-4 sm:p-6">
        <div className={`flex items-center gap-4 sm:gap-6 ${pulse}`}>
          <div className="size-22 shrink-0 rounded-full bg-sunken sm:size-28" />
          <div className="flex min-w-0 flex-1 flex-col gap-3">
            <div className={`h-8 w-40 max-w-full ${block}`} />
            <div className={`h-4 w-56 max-w-full ${block}`} />
          </div>
        </div>
      </div>
      <div className={`grid grid-cols-[repeat(auto-fill,minmax(min(100%,9.5rem),1fr))] gap-2 ${pulse}`}>
        {['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'].map((key) => (
          <div key={key} className={`h-13 ${block}`} />
        ))}
      </div>
    </div>
  );
}
