import { useState } from 'react';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { useRun } from '../../lib/actions.ts';

interface ShareSetupProps {
  /** Key of the account. */
  readonly account: string;
  /** The app at Zoom has a client secret. */
  readonly hasSecret: boolean;
}

/** Hands the setup of an account to a colleague, or to one's own next computer. */
export function ShareSetup({ account, hasSecret }: ShareSetupProps) {
  const run = useRun();
  const [withSecret, setWithSecret] = useState(false);
  const share = (to: 'clipboard' | 'file') =>
    ({ type: 'account.share', key: account, withSecret, to }) as const;
  return (
    <details className="p-4 sm:px-6">
      <summary className="w-fit cursor-default rounded text-muted outline-offset-2 focus-visible:outline-2 focus-visible:outline-focus">
        {t.shareTitle}
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        <p className="text-muted">
          {t.shareNote} {withSecret ? t.shareHasSecret : t.shareHasNoSecret}
        </p>
        {hasSecret && (
          <Checkbox isOn={withSecret} onChange={setWithSecret} detail={t.includeSecretDetail}>
            {t.includeSecret}
          </Checkbox>
        )}
        <div className="flex flex-wrap gap-2">
          <CopyButton action={share('clipboard')} label={t.copySetup} />
          <Button onPress={() => run(share('file'))}>{t.saveSetup}</Button>
        </div>
      </div>
    </details>
  );
}
