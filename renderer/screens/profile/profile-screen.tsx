import { useEffect, useState } from 'react';
import type { CropImage } from '../../../shared/picture.ts';
import type { Place } from '../../../shared/places.ts';
import type { ProfileCard as CardView } from '../../../shared/profile.ts';
import { common } from '../../../shared/words/en/common.ts';
import { profile as t } from '../../../shared/words/en/profile.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { ErrorBar } from '../../components/error-bar.tsx';
import { FilesZone } from '../../components/files-zone.tsx';
import { columnsLook } from '../../components/looks.ts';
import { PageTitle } from '../../components/page-title.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { accountName, type ConnectedAccount, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { ask } from '../../lib/bridge.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { Delegates } from '../delegates/delegates.tsx';
import { RecentPictures } from '../library/recent-pictures.tsx';
import { CropDialog, cropUses } from '../picture/crop-dialog.tsx';
import { Picture } from '../picture/picture.tsx';
import { ProfileCard } from './profile-card.tsx';
import { ProfileFields } from './profile-fields.tsx';
import { ProfileChanges } from './profile-fields-changes.tsx';

/** How others see the person, with the link to their meetings; the fields, the account, and who schedules for whom. */
export default function ProfileScreen({ account, snapshot, place }: ScreenProps) {
  const { picture: view, library, profile, delegates } = snapshot;
  const run = useRun();
  const [offered, setOffered] = useState<CropImage>();
  useEffect(() => {
    run({ type: 'picture.open' });
    return window.tally.picture.crop(setOffered);
  }, [run]);
  const readable = !missingFor(account, 'user');
  const listed = !missingFor(account, 'userAssistants') || !missingFor(account, 'userSchedulers');
  useEffect(() => {
    if (readable) run({ type: 'profile.open' });
  }, [run, readable]);
  useEffect(() => {
    if (listed) run({ type: 'delegates.open' });
  }, [run, listed]);
  useFieldOf(place, profile !== undefined && Object.keys(profile.values).length > 0);
  const said = view?.error?.what;
  /** Reads again all that could not be read. */
  const again = () => {
    run({ type: 'picture.open' });
    if (profile?.phase === 'failed') run({ type: 'profile.open' });
    if (delegates?.phase === 'failed') run({ type: 'delegates.open' });
  };
  const upload = missingFor(account, 'userPicture');
  const remove = missingFor(account, 'userPictureDelete');
  const busy = view?.busy !== undefined;
  return (
    <FilesZone channel={upload || busy ? undefined : 'picture.offer'} invitation={t.dropPicture}>
      <PageTitle>{t.title}</PageTitle>
      {view?.error && (
        <ErrorBar
          error={view.error}
          onDismiss={() => run({ type: 'picture.dismiss' })}
          onRetry={view.phase === 'failed' ? again : undefined}
        />
      )}
      {upload && <PermissionNeeded title={t.cannotChangePicture} scopes={upload.scopes} />}
      <Picture account={account} view={view} changeable={!upload} removable={!remove}>
        <Identity account={account} card={profile?.card} />
      </Picture>
      <div className="flex flex-col gap-1 text-muted text-xs">
        {!upload && <p>{t.pictureHelp}</p>}
        {remove && <PermissionNeeded look="line" title={t.cannotRemovePicture} scopes={remove.scopes} />}
        {remove && <p>{t.cannotRemovePictureHelp}</p>}
      </div>
      {library && library.pictures.length > 0 && (
        <RecentPictures pictures={library.pictures} isDisabled={upload !== undefined || busy} />
      )}
      <div className={columnsLook}>
        <ProfileFields account={account} view={profile} said={said} />
        {profile && profile.card.email !== undefined && <ProfileCard account={account} card={profile.card} />}
        <Delegates account={account} view={delegates} said={said} />
      </div>
      {profile && <ProfileChanges account={account} view={profile} />}
      {offered && (
        <CropDialog
          offered={offered}
          use={cropUses.picture}
          onSave={async (bytes) => {
            const result = await ask(window.tally.picture.save({ bytes }), common.pictureNotTaken);
            return result.ok ? undefined : result.error;
          }}
          onClose={() => setOffered(undefined)}
        />
      )}
    </FilesZone>
  );
}

/** Leads to the field that a place names, once the fields are there. */
function useFieldOf(place: Place, isThere: boolean): void {
  useEffect(() => {
    if (place.search === undefined || !isThere) return;
    const field = document.querySelector<HTMLElement>(`[data-profile-field="${CSS.escape(place.search)}"]`);
    field?.scrollIntoView({ block: 'center' });
    field?.querySelector<HTMLElement>('input:checked, input, button')?.focus({ preventScroll: true });
  }, [place, isThere]);
}

interface IdentityProps {
  readonly account: ConnectedAccount;
  /** Absent until Zoom has told it. */
  readonly card: CardView | undefined;
}

/** Who one is, and what is wanted most often: the link to one's own meetings. */
function Identity({ account, card }: IdentityProps) {
  const { meetingLink, meetingId, plan } = card ?? {};
  const copy = (label: string, text: string) => (
    <CopyButton action={{ type: 'clipboard.copy', text }} label={label} />
  );
  return (
    <div className="flex min-w-0 flex-1 basis-60 flex-col gap-3">
      <div className="min-w-0">
        <p dir="auto" className="text-left font-semibold text-xl [overflow-wrap:anywhere]">
          {accountName(account)}
        </p>
        <p className="selectable text-muted [overflow-wrap:anywhere]">
          {[account.email, plan].filter(Boolean).join(' · ')}
        </p>
      </div>
      {(meetingLink || meetingId) && (
        <div className="flex flex-wrap gap-2">
          {meetingLink && copy(t.copyMeetingLink, meetingLink)}
          {meetingId && copy(t.copyPmi, meetingId)}
        </div>
      )}
    </div>
  );
}
