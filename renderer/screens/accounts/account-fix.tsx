import { ExternalLink } from 'lucide-react';
import type { AccountSummary, SignInApp } from '../../../shared/accounts.ts';
import { isBlocked } from '../../../shared/blocked.ts';
import type { TallyError } from '../../../shared/errors.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { common } from '../../../shared/words/en/common.ts';
import { retryWord } from '../../../shared/words/retry.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useRun } from '../../lib/actions.ts';
import { approvalText, marketplaceOf } from './marketplace.ts';

interface AppHelpProps {
  readonly error: TallyError;
  readonly app: SignInApp;
}

/** Where something has to be done at Zoom before the app is let in: the way there, or a text for whoever can. */
export function AppHelp({ error, app }: AppHelpProps) {
  const run = useRun();
  if (error.action === 'open-apps')
    return (
      <Button look="strong" onPress={() => run({ type: 'web.open', page: marketplaceOf(app.cloud) })}>
        {t.openYourApps}
        <ExternalLink className="size-4" />
      </Button>
    );
  return (
    <CopyButton
      action={{ type: 'clipboard.copy', text: approvalText(error, app) }}
      label={t.copyForAdministrator}
      look="strong"
    />
  );
}

interface AccountFixProps {
  readonly error: TallyError;
  /** The account that is not connected. */
  readonly summary: Pick<AccountSummary, 'cloud' | 'app'> | undefined;
}

/** The button that helps with what keeps an account from being connected. */
export function AccountFix({ error, summary }: AccountFixProps) {
  const run = useRun();
  const reconnect = () => run({ type: 'account.reconnect' });
  if (!isBlocked(error) || !summary?.app)
    return (
      <Button look="strong" onPress={reconnect}>
        {error.action === 'add-scope' ? common.signInAgain : (retryWord(error) ?? common.tryAgain)}
      </Button>
    );
  return (
    <>
      <AppHelp error={error} app={{ ...summary.app, cloud: summary.cloud }} />
      {/* Once somebody has acted at Zoom, it is quicker than to wait. */}
      <Button look="quiet" onPress={reconnect}>
        {common.tryAgain}
      </Button>
    </>
  );
}
