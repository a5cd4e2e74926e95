import { useEffect, useState } from 'react';
import type { CropImage } from '../../../shared/picture.ts';
import { ErrorBar } from '../../components/error-bar.tsx';
import { FilesZone } from '../../components/files-zone.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { PermissionNeeded } from '../../components/permission-needed.tsx';
import { missingFor } from '../../lib/accounts.ts';
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

/** How others see the person: picture and fields; what one wants at hand, and who schedules for whom. */
export default function ProfileScreen({ account, snapshot }: ScreenProps) {
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
    <FilesZone
      channel={upload || busy ? undefined : 'picture.offer'}
      invitation="Drop to use as your picture"
    >
      <PageTitle>Profile</PageTitle>
      {view?.error && (
        <ErrorBar
          error={view.error}
          onDismiss={() => run({ type: 'picture.dismiss' })}
          onRetry={view.phase === 'failed' ? again : undefined}
        />
      )}
      {upload && (
        <PermissionNeeded
          title="Tally doesn’t have permission to change your picture"
          scopes={upload.scopes}
        />
      )}
      <Picture account={account} view={view} changeable={!upload} removable={!remove} />
      <div className="flex flex-col gap-1 text-muted text-xs">
        {!upload && <p>Drop or paste a picture anywhere here. You choose the part that is kept.</p>}
        {remove && (
          <PermissionNeeded
            look="line"
            title="Tally doesn’t have permission to remove your picture"
            scopes={remove.scopes}
          />
        )}
        {remove && <p>Zoom may not offer this permission. You can remove the picture on Zoom’s website.</p>}
      </div>
      {library && library.pictures.length > 0 && (
        <RecentPictures pictures={library.pictures} isDisabled={upload !== undefined || busy} />
      )}
      <ProfileFields account={account} view={profile} said={said} />
      {profile && profile.card.email !== undefined && <ProfileCard account={account} card={profile.card} />}
      <Delegates account={account} view={delegates} said={said} />
      {profile && <ProfileChanges account={account} view={profile} />}
      {offered && (
        <CropDialog
          offered={offered}
          use={cropUses.picture}
          onSave={async (bytes) => {
            const result = await ask(window.tally.picture.save({ bytes }), 'Tally didn’t take this picture.');
            return result.ok ? undefined : result.error;
          }}
          onClose={() => setOffered(undefined)}
        />
      )}
    </FilesZone>
  );
}
