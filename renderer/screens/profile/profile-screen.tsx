import { ImageUp, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { CropImage, PictureView } from '../../../shared/media.ts';
import { Button } from '../../components/button.tsx';
import { ChooseFiles } from '../../components/choose-files.tsx';
import { ErrorBar } from '../../components/error-bar.tsx';
import { FilesZone } from '../../components/files-zone.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { PermissionLine, PermissionNeeded } from '../../components/permission-needed.tsx';
import { type ConnectedAccount, initials, missingFor } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import type { ScreenProps } from '../../lib/screen.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { useImage } from '../../lib/use-image.ts';
import { Delegates } from '../delegates/delegates.tsx';
import { CropDialog } from '../picture/crop-dialog.tsx';
import { ProfileCard } from './profile-card.tsx';
import { ProfileFields } from './profile-fields.tsx';
import { ProfileChanges } from './profile-fields-changes.tsx';

interface PictureAreaProps {
  readonly account: ConnectedAccount;
  /** Absent until main has begun with it. */
  readonly view: PictureView | undefined;
}

/** How others see the person: picture and fields; what one wants at hand, and who schedules for whom. */
export default function ProfileScreen({ account, snapshot }: ScreenProps) {
  const { picture: view, profile, delegates } = snapshot;
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
      {upload && <PermissionNeeded title="Tally may not change your picture" scopes={upload.scopes} />}
      <Picture account={account} view={view} changeable={!upload} removable={!remove} />
      <div className="flex flex-col gap-1 text-muted text-xs">
        {!upload && <p>Drop or paste a picture anywhere here. You choose the part that is kept.</p>}
        {remove && <PermissionLine title="Tally may not remove your picture" scopes={remove.scopes} />}
      </div>
      <ProfileFields account={account} view={profile} said={said} />
      {profile && profile.card.email !== undefined && <ProfileCard account={account} card={profile.card} />}
      <Delegates account={account} view={delegates} said={said} />
      {profile && <ProfileChanges account={account} view={profile} />}
      {offered && <CropDialog offered={offered} onClose={() => setOffered(undefined)} />}
    </FilesZone>
  );
}

interface PictureProps extends PictureAreaProps {
  readonly changeable: boolean;
  readonly removable: boolean;
}

const stateWords = {
  unknown: 'Reading your picture',
  loading: 'Reading your picture',
  none: 'You have no picture. Others see your initials.',
  shown: 'This is how others see you.',
  failed: 'Your picture could not be shown.',
} as const;
const busyWords = { saving: 'Saving your picture', removing: 'Removing your picture' } as const;

function Picture({ account, view, changeable, removable }: PictureProps) {
  const run = useRun();
  const area = useRef<HTMLElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const phase = view?.phase ?? 'unknown';
  const { busy, undo = false, version } = view ?? {};
  const { src, loading } = useImage(phase === 'shown' ? `${version}` : undefined, () =>
    window.tally.picture.shown(),
  );
  useFocusBack(area, words, `${phase} ${busy} ${undo}`);
  const waits = phase === 'unknown' || phase === 'loading' || loading;
  const letters = phase === 'none' ? initials(account.name) : '';
  return (
    <section ref={area} aria-label="Your picture" aria-busy={waits} className="flex flex-col gap-3">
      <div className="flex flex-col items-center gap-6 rounded-2xl border border-line bg-surface p-6 sm:flex-row sm:gap-8 sm:p-8">
        <div className={`flex shrink-0 items-end gap-4 ${busy ? 'opacity-50' : ''}`}>
          <Shape src={src} waits={waits} letters={letters} className="size-32 rounded-full text-4xl" />
          <Shape src={src} waits={waits} letters={letters} className="size-20 rounded-xl text-2xl" />
        </div>
        <div className="flex min-w-0 flex-1 flex-col items-center gap-4 sm:items-start">
          <p ref={words} role="status" tabIndex={-1} className="text-center outline-none sm:text-left">
            {busy ? busyWords[busy] : stateWords[phase]}
          </p>
          <div className="flex flex-wrap justify-center gap-2 sm:justify-start">
            <ChooseFiles look="strong" accept="image/*" isDisabled={!changeable} isBusy={busy !== undefined}>
              <ImageUp className="size-4" aria-hidden="true" />
              {phase === 'none' ? 'Add a picture' : 'Change picture'}
            </ChooseFiles>
            {phase === 'shown' && (
              <Button
                look="quiet"
                isDisabled={!removable || busy !== undefined}
                onPress={() => run({ type: 'picture.remove' })}
              >
                <Trash2 className="size-4" aria-hidden="true" />
                Remove
              </Button>
            )}
          </div>
        </div>
      </div>
      {undo && !busy && (
        <div className="flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4">
          <p className="min-w-0 flex-1 basis-40">The picture was removed.</p>
          <Button onPress={() => run({ type: 'picture.undo' })}>Undo</Button>
        </div>
      )}
    </section>
  );
}

interface ShapeProps {
  readonly src: string | undefined;
  readonly waits: boolean;
  readonly letters: string;
  readonly className: string;
}

/** The picture in one of the shapes that Zoom gives it. Decorative: words beside it say what there is. */
function Shape({ src, waits, letters, className }: ShapeProps) {
  return (
    <span
      aria-hidden="true"
      className={`grid place-items-center overflow-hidden border border-line bg-sunken font-semibold text-muted uppercase ${waits ? 'animate-pulse motion-reduce:animate-none' : ''} ${className}`}
    >
      {src ? <img src={src} alt="" draggable={false} className="size-full object-cover" /> : letters}
    </span>
  );
}
