import { useState } from 'react';
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
        Use the same Zoom app on another computer, or with a colleague
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        <p className="text-muted">
          They paste this setup into Tally and sign in as themselves. An app that isn’t published works for
          members of your Zoom account only.{' '}
          {withSecret
            ? 'It holds the client secret: whoever has it can act as your app. Send it only to people you trust.'
            : 'There is no secret in it.'}
        </p>
        {hasSecret && (
          <Checkbox isOn={withSecret} onChange={setWithSecret} detail="Otherwise they’re asked for it.">
            Include the client secret
          </Checkbox>
        )}
        <div className="flex flex-wrap gap-2">
          <CopyButton action={share('clipboard')} label="Copy setup for a colleague" />
          <Button onPress={() => run(share('file'))}>Save as a file…</Button>
        </div>
      </div>
    </details>
  );
}
