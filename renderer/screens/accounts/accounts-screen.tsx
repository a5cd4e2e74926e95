import { Plus } from 'lucide-react';
import { useState } from 'react';
import type { AccountView, SignInApp } from '../../../shared/accounts.ts';
import type { Place } from '../../../shared/places.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { Button } from '../../components/button.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { accountName } from '../../lib/accounts.ts';
import { useGo, useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { useFace } from '../../lib/use-face.ts';
import { useGradually } from '../../lib/use-gradually.ts';
import { AccountCard } from './account-card.tsx';
import { ConnectPage } from './connect-page.tsx';
import { SignInProgress } from './sign-in-progress.tsx';
import { Stepper } from './stepper.tsx';
import { type Way, wayAfter } from './ways.ts';

/** Which accounts there are, the one in use marked, and the way to another one: a place that searches for "connect" begins there, one for "sign-out" with the question. */
export default function AccountsScreen({ snapshot, place }: Pick<ScreenProps, 'snapshot' | 'place'>) {
  const run = useRun();
  const go = useGo();
  const [page, setPage] = useState<'list' | 'connect'>('list');
  const [way, setWay] = useState<Way>();
  const [arrived, setArrived] = useState<Place>();
  if (place !== arrived) {
    setArrived(place);
    if (place.search === 'connect') setPage('connect');
  }
  const { account, accounts, signIn, offer, connecting } = snapshot;
  const shown = useGradually(accounts);
  const face = useFace(snapshot);
  const again = () => {
    // What was begun by "Sign in again" has no client id here; main has it.
    if (page === 'list' && signsInAgain(account)) return run({ type: 'account.reconnect' });
    setPage('connect');
    return run({ type: 'account.sign-in.cancel' });
  };
  /** Back to where the app is made, with all that was entered, to choose another way back. */
  const onOtherWay = async (redirectUri: string, app: SignInApp) => {
    await run({ type: 'account.connecting', patch: { ...app, step: 'create', redirectUri } });
    setWay(wayAfter(redirectUri));
    setPage('connect');
    return run({ type: 'account.sign-in.cancel' });
  };
  if (signIn) {
    const isByStep = offer === undefined && (page === 'connect' || accounts.length === 0);
    return (
      <>
        {isByStep && <Stepper current="sign-in" />}
        <SignInProgress signIn={signIn} onAgain={again} onOtherWay={onOtherWay} />
      </>
    );
  }
  // A setup that somebody opened is what they are here for.
  if (page !== 'list' || accounts.length === 0 || offer?.by === 'person')
    return (
      <ConnectPage
        offer={offer}
        connecting={connecting}
        way={way}
        onWay={() => setWay(undefined)}
        back={accounts.length > 0 ? t.title : t.welcomeBack}
        onBack={() => {
          if (offer?.by === 'person') run({ type: 'account.offer.dismiss' });
          if (accounts.length > 0) setPage('list');
          else go('status');
        }}
      />
    );
  const active = accounts.find((one) => one.active);
  return (
    <>
      <PageTitle watch={accounts}>{t.title}</PageTitle>
      <p role="status" className="sr-only">
        {active && t.isInUse(accountName(active))}
      </p>
      <ul className="flex flex-col gap-3">
        {shown.map((one) => (
          <AccountCard
            key={one.key}
            summary={one}
            isOnly={accounts.length === 1}
            face={one.active ? face : undefined}
            signsOut={one.active && place.search === 'sign-out' ? place : undefined}
            view={one.active ? account : undefined}
          />
        ))}
      </ul>
      <div className="flex flex-wrap gap-2">
        <Button look="strong" icon={Plus} onPress={() => setPage('connect')}>
          {t.addAccount}
        </Button>
        {accounts.every(({ practice }) => !practice) && (
          <Button onPress={() => run({ type: 'account.practice' })}>{t.tryPractice}</Button>
        )}
      </div>
    </>
  );
}

/** Whether `account.reconnect` would go to the browser. */
function signsInAgain(account: AccountView): boolean {
  if (account.phase === 'failed') return account.error.action === 'sign-in';
  return account.phase === 'connected' && account.missing.length > 0;
}
