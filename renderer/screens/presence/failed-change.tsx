import { TriangleAlert, X } from 'lucide-react';
import type { PresenceView } from '../../../shared/presence.ts';
import { common } from '../../../shared/words/en/common.ts';
import { presence as t } from '../../../shared/words/en/presence.ts';
import { spoken } from '../../../shared/words/language.ts';
import { retryWord } from '../../../shared/words/retry.ts';
import { Button } from '../../components/button.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { TroubleLine } from '../../components/trouble-line.tsx';
import type { ConnectedAccount } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { sentence } from '../../lib/sentence.tsx';
import { clockTime } from '../../lib/time.ts';
import { changeWords } from '../../lib/words.ts';
import { OpenZoom } from './open-zoom.tsx';

interface FailedChangeProps {
  readonly failed: NonNullable<PresenceView['failed']>;
  readonly account: ConnectedAccount;
  readonly now: number;
}

const title = ({ change }: FailedChangeProps['failed']) => t.notSet(changeWords(change));
const needsClient = t.onlyWithZoomApp;
const isClientMissing = ({ error }: FailedChangeProps['failed']) => error.kind === 'not-in-zoom-client';

/** The change Zoom did not take: what happened, why, and the way out. */
export function FailedChange({ failed, account, now }: FailedChangeProps) {
  const { error } = failed;
  return (
    <section
      aria-label={t.notSent}
      className="flex flex-wrap items-start justify-end gap-x-3 gap-y-2 px-4 py-3 sm:px-6"
    >
      <TriangleAlert className="mt-0.5 size-5 shrink-0 text-danger" />
      <div className="flex min-w-0 flex-1 basis-56 flex-col">
        <p className="font-medium">{title(failed)}</p>
        <div className="selectable text-muted">
          {isClientMissing(failed) ? (
            <>
              <p>{needsClient}</p>
              <details>
                <summary className="min-h-6 w-fit rounded-md py-0.5 pr-2">{t.whatToDo}</summary>
                <ol className="list-decimal pl-5">
                  <li>{t.openZoom}</li>
                  <li className="break-words">{sentence(t.signInAs, <bdi>{account.email}</bdi>)}</li>
                  <li>{t.comeBack}</li>
                </ol>
              </details>
            </>
          ) : (
            <>
              <p>{spoken(error.what)}</p>
              {error.why && <p>{spoken(error.why)}</p>}
              {error.scopes && error.scopes.length > 0 && (
                <PermissionNeeded look="part" scopes={error.scopes} />
              )}
              {error.retryAt !== undefined && error.retryAt > now && (
                <p>{t.tryAgainFrom(clockTime(error.retryAt, now))}</p>
              )}
            </>
          )}
        </div>
      </div>
      <div className="flex flex-wrap justify-end gap-1">
        {isClientMissing(failed) && <OpenZoom />}
        <WaysOut failed={failed} />
      </div>
    </section>
  );
}

/** The same in a few lines, where there is little room: the window tells the rest. */
export function FailedChangeBrief({ failed }: Pick<FailedChangeProps, 'failed'>) {
  return (
    <section aria-label={t.notSent}>
      <TroubleLine
        title={title(failed)}
        detail={isClientMissing(failed) ? needsClient : spoken(failed.error.what)}
      >
        <WaysOut failed={failed} isBrief />
      </TroubleLine>
    </section>
  );
}

interface WaysOutProps extends Pick<FailedChangeProps, 'failed'> {
  readonly isBrief?: boolean;
}

function WaysOut({ failed: { error }, isBrief = false }: WaysOutProps) {
  const run = useRun();
  const retry = retryWord(error);
  const fix = () => run({ type: error.action === 'sign-in' ? 'account.reconnect' : 'presence.retry' });
  const dismiss = () => run({ type: 'presence.dismiss' });
  return (
    <>
      {retry && (
        <Button look={isBrief ? 'plain' : 'strong'} isLow={isBrief} onPress={fix}>
          {retry}
        </Button>
      )}
      {isBrief ? (
        <Button look="quiet" isLow icon={X} aria-label={common.dismiss} onPress={dismiss} />
      ) : (
        <Button look={retry ? 'quiet' : 'plain'} onPress={dismiss}>
          {common.dismiss}
        </Button>
      )}
    </>
  );
}
