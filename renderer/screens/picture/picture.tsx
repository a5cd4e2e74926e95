import { ImageUp, Trash2 } from 'lucide-react';
import { useRef } from 'react';
import type { PictureView } from '../../../shared/picture.ts';
import { Button } from '../../components/button.tsx';
import { ChooseFiles } from '../../components/choose-files.tsx';
import { type ConnectedAccount, initials } from '../../lib/accounts.ts';
import { useRun } from '../../lib/actions.ts';
import { useFocusBack } from '../../lib/use-focus-back.ts';
import { useImage } from '../../lib/use-image.ts';

interface PictureProps {
  readonly account: ConnectedAccount;
  /** Absent until main has begun with it. */
  readonly view: PictureView | undefined;
  readonly changeable: boolean;
  readonly removable: boolean;
}

const stateWords = {
  unknown: 'Reading your picture',
  loading: 'Reading your picture',
  none: 'You have no picture. Others see your initials.',
  shown: 'This is how others see you.',
  failed: 'Your picture couldn’t be shown.',
} as const;
const busyWords = { saving: 'Saving your picture', removing: 'Removing your picture' } as const;

/** The picture as others see it, and the ways to change it. */
export function Picture({ account, view, changeable, removable }: PictureProps) {
  const run = useRun();
  const area = useRef<HTMLElement>(null);
  const words = useRef<HTMLParagraphElement>(null);
  const phase = view?.phase ?? 'unknown';
  const { busy, undo = false, unread = false, version } = view ?? {};
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
            {unread && !busy && ' If you remove it, Tally can’t put it back.'}
          </p>
          <div className="flex flex-wrap justify-center gap-2 sm:justify-start">
            <ChooseFiles
              look="strong"
              icon={ImageUp}
              accept="image/*"
              isDisabled={!changeable}
              isBusy={busy !== undefined}
            >
              {phase === 'none' ? 'Add a picture' : 'Change picture'}
            </ChooseFiles>
            {(phase === 'shown' || unread) && (
              <Button
                look="quiet"
                icon={Trash2}
                isDisabled={!removable || busy !== undefined}
                onPress={() => run({ type: 'picture.remove' })}
              >
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
