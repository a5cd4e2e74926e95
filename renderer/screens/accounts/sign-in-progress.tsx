import { CircleAlert } from 'lucide-react';
import type { SignInApp, SignInView } from '../../../shared/accounts.ts';
import { isBlocked } from '../../../shared/blocked.ts';
import { listeningAt, wayBack } from '../../../shared/redirects.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import { spoken } from '../../../shared/words/language.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorWords } from '../../components/error-bar.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Ring } from '../../components/ring.tsx';
import { keychainWaits } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { countdown, fractionLeft } from '../../lib/time.ts';
import { useNow } from '../../lib/use-now.ts';
import { AppHelp } from './account-fix.tsx';
import { CopyLine } from './copy-line.tsx';
import { PasteAddress } from './paste-address.tsx';

/** How long a person has, in ms; as main counts it. */
const patience = 5 * 60_000;

interface SignInProgressProps {
  readonly signIn: SignInView;
  /** Back to the client id, after a failure. */
  readonly onAgain: () => void;
  /** Back to where the app is made, to choose another way back. */
  readonly onOtherWay: (redirectUri: string, app: SignInApp) => void;
}

/** A sign-in from the browser's opening to its end. */
export function SignInProgress({ signIn, onAgain, onOtherWay }: SignInProgressProps) {
  switch (signIn.phase) {
    case 'waiting':
      return <Waiting key="waiting" signIn={signIn} onOtherWay={onOtherWay} />;
    case 'finishing':
      return <Finishing key="finishing" keychain={signIn.waitsFor === 'keychain'} />;
    case 'failed':
      return <Failed key="failed" signIn={signIn} onAgain={onAgain} onOtherWay={onOtherWay} />;
  }
}

const page = 'm-auto flex w-full max-w-md flex-col items-center gap-5 py-4 text-center';

interface WaitingProps extends Pick<SignInProgressProps, 'onOtherWay'> {
  readonly signIn: Extract<SignInView, { phase: 'waiting' }>;
}

function Waiting({ signIn, onOtherWay }: WaitingProps) {
  const run = useRun();
  const now = useNow(true);
  const { until, browser, listening, redirectUri, app, stray } = signIn;
  const isTaken = !listening && wayBack(redirectUri) === 'port';
  const copy = (
    <CopyButton
      action={{ type: 'account.sign-in.copy-address' }}
      label={t.copyAddress}
      look={browser ? 'plain' : 'strong'}
    />
  );
  const open = (
    <Button onPress={() => run({ type: 'account.sign-in.browser' })}>
      {browser ? t.openBrowserAgain : t.tryOpenBrowser}
    </Button>
  );
  return (
    <div className={page}>
      <Ring left={fractionLeft(until - patience, until, now)}>
        <span role="timer" aria-label={t.timeLeft} className="font-semibold text-2xl tabular-nums">
          {countdown(until - now)}
        </span>
      </Ring>
      <PageTitle>{browser ? t.waitingInBrowser : t.browserDidntOpen}</PageTitle>
      <p className="text-muted">
        {browser ? (listening ? t.approveAndWait : t.approveAndReturn) : t.copyAndOpen}
      </p>
      {isTaken && (
        <section
          aria-label={t.portTaken}
          className="flex w-full flex-col items-start gap-2 rounded-xl border border-line bg-surface px-4 py-3 text-left"
        >
          <p className="font-medium">{t.portTakenBy(listeningAt(redirectUri).port)}</p>
          <p className="text-muted">{t.portTakenNote}</p>
          <Button onPress={() => onOtherWay(redirectUri, app)}>{t.useHttpsInstead}</Button>
        </section>
      )}
      {stray && (
        <div role="alert" className="w-full rounded-xl border border-line bg-surface px-4 py-3 text-left">
          <p className="font-medium">{spoken(stray.what)}</p>
          {stray.why && <p className="text-muted">{spoken(stray.why)}</p>}
        </div>
      )}
      <div className="flex flex-wrap justify-center gap-2">
        {browser ? open : copy}
        {browser ? copy : open}
        <Button look="quiet" onPress={() => run({ type: 'account.sign-in.cancel' })}>
          {common.cancel}
        </Button>
      </div>
      <PasteAddress redirectUri={redirectUri} isListening={listening} />
    </div>
  );
}

const block = 'animate-pulse rounded-xl bg-sunken motion-reduce:animate-none';

function Finishing({ keychain }: { readonly keychain: boolean }) {
  const run = useRun();
  return (
    <div aria-busy="true" className={page}>
      <div className="flex w-full items-center gap-4 rounded-2xl border border-line bg-surface p-4">
        <span className="size-9 shrink-0 animate-pulse rounded-full bg-sunken motion-reduce:animate-none" />
        <span className="flex flex-1 flex-col gap-2">
          <span className={`h-4 w-40 max-w-full ${block}`} />
          <span className={`h-3 w-56 max-w-full ${block}`} />
        </span>
      </div>
      <PageTitle>{t.almostThere}</PageTitle>
      <p role="status" className="text-muted">
        {keychain ? keychainWaits : t.readingAccount}
      </p>
      <Button look="quiet" onPress={() => run({ type: 'account.sign-in.cancel' })}>
        {common.cancel}
      </Button>
    </div>
  );
}

interface FailedProps extends Pick<SignInProgressProps, 'onOtherWay'> {
  readonly signIn: Extract<SignInView, { phase: 'failed' }>;
  readonly onAgain: () => void;
}

function Failed({ signIn: { error, redirectUri, app }, onAgain, onOtherWay }: FailedProps) {
  const run = useRun();
  return (
    <div className={page}>
      <span className="grid size-16 place-items-center rounded-full bg-sunken">
        <CircleAlert className="size-7 text-danger" />
      </span>
      <PageTitle>{t.signInFailed}</PageTitle>
      <div role="alert" className="selectable text-muted">
        <ErrorWords error={error} isHelped />
        {error.zoom?.message && <p className="[overflow-wrap:anywhere]">{t.zoomSays(error.zoom.message)}</p>}
      </div>
      {error.action === 'check-input' && (
        <div className="flex w-full flex-col gap-2 rounded-xl border border-line bg-surface p-4 text-left">
          <h2 className="font-medium">{t.redirectOfSignIn}</h2>
          <CopyLine text={redirectUri} what={t.redirectAddress} />
          <div>
            <Button look="quiet" onPress={() => onOtherWay(redirectUri, app)}>
              {t.otherWayBack}
            </Button>
          </div>
        </div>
      )}
      <div className="flex flex-wrap justify-center gap-2">
        {isBlocked(error) && <AppHelp error={error} app={app} />}
        <Button look={isBlocked(error) ? 'plain' : 'strong'} onPress={onAgain}>
          {t.startAgain}
        </Button>
        <Button look="quiet" onPress={() => run({ type: 'account.sign-in.cancel' })}>
          {common.dismiss}
        </Button>
      </div>
    </div>
  );
}
