import { Check } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { AccountSummary, AccountView } from '../../../shared/accounts.ts';
import type { Place } from '../../../shared/places.ts';
import { accounts as t } from '../../../shared/words/en/accounts.ts';
import { spoken } from '../../../shared/words/language.ts';
import { AccountLine } from '../../components/account-mark.tsx';
import { Button } from '../../components/button.tsx';
import { Checkbox } from '../../components/checkbox.tsx';
import { ConfirmInPlace } from '../../components/confirm.tsx';
import { ErrorWords } from '../../components/error-bar.tsx';
import { accountName, keychainWaits } from '../../lib/accounts.ts';
import { useGo, useRun } from '../../lib/actions.ts';
import { AccountFix } from './account-fix.tsx';
import { MissingFeatures } from './missing-features.tsx';
import { ShareSetup } from './share-setup.tsx';

interface AccountCardProps {
  readonly summary: AccountSummary;
  /** Signed out of it, there is none. */
  readonly isOnly: boolean;
  readonly face: string | undefined;
  /** What led here and asks to sign out of it, where something does. */
  readonly signsOut: Place | undefined;
  /** All there is to know; of the account in use only. */
  readonly view: AccountView | undefined;
}

/** One account: whose it is, how it is, and what can be done with it. */
export function AccountCard({ summary, isOnly, face, signsOut, view }: AccountCardProps) {
  const run = useRun();
  const go = useGo();
  const id = useId();
  const { key, active, practice, cloud, unkept, phase, app, hasLibrary = false } = summary;
  const [withLibrary, setWithLibrary] = useState(false);
  return (
    <li
      aria-labelledby={id}
      className={`divide-y divide-line overflow-hidden rounded-2xl border bg-surface ${active ? 'border-edge' : 'border-line'}`}
    >
      <div className="flex flex-col gap-3 p-4 sm:px-6">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
          <span id={id} className="flex min-w-0 flex-1 basis-48 items-center gap-3">
            <AccountLine account={summary} face={face} />
          </span>
          {active && (
            <span className="flex shrink-0 items-center gap-1.5 font-medium text-xs">
              <Check className="size-4 text-(--green)" />
              {t.inUse}
            </span>
          )}
          {/* Else the line below the name says it. */}
          {practice && phase !== 'connected' && <Tag>{t.practice}</Tag>}
          {cloud === 'government' && <Tag>{t.usGovernment}</Tag>}
          {!active && (
            <Button
              aria-label={t.switchToOne(accountName(summary))}
              onPress={() => run({ type: 'account.switch', key })}
            >
              {t.switchTo}
            </Button>
          )}
          <ConfirmInPlace
            asked={signsOut}
            question={practice ? t.signOutOfPractice : t.signOutOfZoom}
            more={
              hasLibrary && (
                <Checkbox isOn={withLibrary} onChange={setWithLibrary} look="w-full py-1.5">
                  {t.removeLibrary} <span className="text-muted">{t.libraryStays}</span>
                </Checkbox>
              )
            }
            confirm={t.signOut}
            cancel={t.staySignedIn}
            onConfirm={async () => {
              const signOut = { type: 'account.sign-out', key, ...(withLibrary && { withLibrary }) } as const;
              if ((await run(signOut)) && isOnly) go('status');
            }}
          >
            {(button) => (
              <Button {...button} aria-label={t.signOutOf(accountName(summary))}>
                {t.signOut}
              </Button>
            )}
          </ConfirmInPlace>
        </div>
        {unkept && (
          <p className="text-muted">
            {spoken(unkept.what)} {t.endsOnQuit}
          </p>
        )}
      </div>
      {app && <ShareSetup account={key} hasSecret={!app.isPublic} />}
      {view?.phase === 'connecting' && view.waitsFor === 'keychain' && (
        <p role="status" className="p-4 text-muted sm:px-6">
          {keychainWaits}
        </p>
      )}
      {view?.phase === 'failed' && (
        <div className="flex flex-col items-start gap-3 p-4 sm:px-6">
          <div role="alert" className="selectable">
            <ErrorWords error={view.error} isHelped />
          </div>
          <div className="flex flex-wrap gap-2">
            <AccountFix error={view.error} summary={summary} />
          </div>
        </div>
      )}
      {view?.phase === 'connected' && view.missing.length > 0 && (
        <MissingFeatures missing={view.missing} cloud={cloud} />
      )}
    </li>
  );
}

function Tag({ children }: { readonly children: ReactNode }) {
  return (
    <span className="shrink-0 rounded-full border border-edge px-2.5 py-0.5 font-medium text-muted text-xs">
      {children}
    </span>
  );
}
