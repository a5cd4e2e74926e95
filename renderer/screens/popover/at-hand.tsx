import { Check, KeyRound, Video, X } from 'lucide-react';
import { useEffect } from 'react';
import type { Snapshot } from '../../../shared/state.ts';
import { clockTime } from '../../../shared/words/clock.ts';
import { popover as t } from '../../../shared/words/en/popover.ts';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { TroubleLine } from '../../components/trouble-line.tsx';
import { type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';

interface AtHandProps {
  readonly snapshot: Snapshot;
  readonly account: ConnectedAccount;
  readonly now: number;
  /** Its buttons are 32 px high. */
  readonly isLow?: boolean;
}

/** What one wants besides a status: the meeting link, the room, a ZAK. What the sign-in does not allow is not there. */
export function AtHand({ snapshot, account, now, isLow = false }: AtHandProps) {
  const run = useRun();
  const { profile, zak } = snapshot;
  const canRead = missingFor(account, 'user') === undefined;
  const canFetch = missingFor(account, 'userZak') === undefined;
  const isRead = profile !== undefined;
  // The link is the profile's, which is read once somebody looks.
  useEffect(() => {
    if (canRead && !isRead) run({ type: 'profile.open' });
  }, [canRead, isRead, run]);
  const link = profile?.card.meetingLink;
  const isCopied = zak?.clearsAt !== undefined && zak.clearsAt > now;
  const error = zak?.error ?? zak?.startError;
  return (
    <>
      {error && (
        <div role="alert" className="rounded-xl border border-line bg-surface">
          <TroubleLine title={error.what} detail={error.why}>
            <Button
              look="quiet"
              isLow
              icon={X}
              aria-label={t.dismiss(error.what)}
              onPress={() => run({ type: 'zak.dismiss' })}
            />
          </TroubleLine>
        </div>
      )}
      <div className="flex flex-wrap gap-1.5 [&>button]:flex-auto [&>button]:whitespace-nowrap [&>button]:px-2">
        {canRead && (!isRead || link) && (
          <CopyButton
            isLow={isLow}
            isDisabled={!link}
            label={t.copyLink}
            what={t.meetingLink}
            action={{ type: 'clipboard.copy', text: link ?? '' }}
          />
        )}
        {canRead && canFetch && (
          <Button
            isLow={isLow}
            icon={Video}
            isPending={zak?.starting ?? false}
            onPress={() => run({ type: 'zak.start-room' })}
          >
            {zak?.starting ? t.starting : t.startRoom}
          </Button>
        )}
        {canFetch && (
          <Button
            isLow={isLow}
            icon={isCopied ? Check : KeyRound}
            isPending={zak?.phase === 'fetching'}
            onPress={() => run({ type: 'zak.copy' })}
          >
            {isCopied ? t.zakCopied : t.copyZak}
          </Button>
        )}
      </div>
      <p role="status" className="sr-only">
        {isCopied && zak?.expiresAt !== undefined ? t.zakValid(clockTime(zak.expiresAt, now)) : ''}
      </p>
    </>
  );
}
