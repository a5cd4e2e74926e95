import { renderToStaticMarkup } from 'react-dom/server';
import { ErrorBar, ErrorWords } from '../../renderer/components/error-bar.tsx';
import { PermissionNeeded } from '../../renderer/components/permission-needed.tsx';
import { AccountProblem } from '../../renderer/screens/accounts/account-screens.tsx';
import { SignInProgress } from '../../renderer/screens/accounts/sign-in-progress.tsx';
import { AnswerView } from '../../renderer/screens/advanced/answer/answer-view.tsx';
import { UploadRow } from '../../renderer/screens/backgrounds/upload-row.tsx';
import { FailedChange } from '../../renderer/screens/presence/failed-change.tsx';
import type { TallyError } from '../../shared/errors.ts';
import { loopbackRedirect } from '../../shared/redirects.ts';
import { connected } from './snapshot.ts';

const nothing = () => {};
const app = { cloud: 'commercial', clientId: 'abc' } as const;
const upload = { id: 'u', name: 'a.png', bytes: 1, state: 'failed' } as const;

/** Every part of the window that shows an error which a call brought, as HTML. */
export function placesOf(error: TallyError): readonly (readonly [place: string, html: string])[] {
  const places = {
    card: <PermissionNeeded title="Tally may not do this" scopes={error.scopes ?? []} />,
    bar: <ErrorBar error={error} onDismiss={nothing} onRetry={nothing} />,
    words: <ErrorWords error={error} />,
    change: (
      <FailedChange
        failed={{ change: { status: 'Away', cause: 'you' }, error }}
        account={connected}
        now={0}
      />
    ),
    upload: <UploadRow upload={{ ...upload, error }} files={[]} now={0} />,
    answer: (
      <AnswerView outcome={{ kind: 'refused', error }} isRunning={false} onAgain={nothing} onNext={nothing} />
    ),
    account: (
      <AccountProblem title="Not connected" error={error}>
        {null}
      </AccountProblem>
    ),
    'sign-in': (
      <SignInProgress
        signIn={{ phase: 'failed', error, redirectUri: loopbackRedirect, app }}
        onAgain={nothing}
        onOtherWay={nothing}
      />
    ),
  };
  return Object.entries(places).map(([place, shown]) => [place, renderToStaticMarkup(shown)]);
}
