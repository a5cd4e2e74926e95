import { ImageUp, Trash2 } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { PictureView } from '../../../shared/picture.ts';
import { common } from '../../../shared/words/en/common.ts';
import { picture as t } from '../../../shared/words/en/picture.ts';
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
  /** Whose picture it is, beside it. */
  readonly children: ReactNode;
}

const stateWords = {
  unknown: t.reading,
  loading: t.reading,
  none: t.none,
  shown: t.shown,
  failed: t.notShown,
} as const;
const busyWords = { saving: t.saving, removing: t.removing } as const;

/** The picture as others see it, and the ways to change it. */
export function Picture({ account, view, changeable, removable, children }: PictureProps) {
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
    <section ref={area} aria-label={t.title} aria-busy={waits} className="flex flex-col gap-3">
      <div className="divide-y divide-line rounded-2xl border border-line bg-surface">
        <div className="flex flex-wrap items-center gap-x-5 gap-y-4 p-4 sm:p-6">
          <div className={`flex shrink-0 items-end gap-3 ${busy ? 'opacity-50' : ''}`}>
            <Shape src={src} waits={waits} letters={letters} className="size-20 rounded-full text-2xl" />
            <Shape src={src} waits={waits} letters={letters} className="size-12 rounded-lg text-base" />
          </div>
          {children}
        </div>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 sm:px-6">
          <p
            ref={words}
            role="status"
            tabIndex={-1}
            className="min-w-0 flex-1 basis-52 text-muted outline-none"
          >
            {busy ? busyWords[busy] : stateWords[phase]}
            {unread && !busy && ` ${t.noWayBack}`}
          </p>
          <div className="flex flex-wrap gap-2">
            <ChooseFiles
              look="plain"
              icon={ImageUp}
              accept="image/*"
              isDisabled={!changeable}
              isBusy={busy !== undefined}
            >
              {phase === 'none' ? t.add : t.change}
            </ChooseFiles>
            {(phase === 'shown' || unread) && (
              <Button
                look="quiet"
                icon={Trash2}
                isDisabled={!removable || busy !== undefined}
                onPress={() => run({ type: 'picture.remove' })}
              >
                {common.remove}
              </Button>
            )}
          </div>
        </div>
      </div>
      {undo && !busy && (
        <div className="flex flex-wrap items-center gap-2 rounded-xl border border-edge bg-surface py-2 pr-2 pl-4">
          <p className="min-w-0 flex-1 basis-40">{t.removed}</p>
          <Button onPress={() => run({ type: 'picture.undo' })}>{common.undo}</Button>
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
