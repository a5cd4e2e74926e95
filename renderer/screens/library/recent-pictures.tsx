import { X } from 'lucide-react';
import { useId } from 'react';
import type { LibraryView } from '../../../shared/library.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { useRun } from '../../lib/actions.ts';
import { useImage } from '../../lib/use-image.ts';

interface RecentPicturesProps {
  readonly pictures: LibraryView['pictures'];
  readonly isDisabled: boolean;
}

/** The last profile pictures, each one click away. */
export function RecentPictures({ pictures, isDisabled }: RecentPicturesProps) {
  const label = useId();
  return (
    <section aria-labelledby={label} className="flex flex-col gap-2">
      <h2 id={label} className="font-semibold text-sm">
        {t.recentPictures}
      </h2>
      <ul className="flex flex-wrap gap-3">
        {pictures.map(({ id }, at) => (
          <Recent key={id} id={id} number={at + 1} isDisabled={isDisabled} />
        ))}
      </ul>
      <p className="text-muted text-xs">{t.recentPicturesNote}</p>
    </section>
  );
}

interface RecentProps {
  readonly id: string;
  readonly number: number;
  readonly isDisabled: boolean;
}

function Recent({ id, number, isDisabled }: RecentProps) {
  const run = useRun();
  const { src } = useImage(id, () => window.tally.library.preview({ kind: 'picture', id }));
  return (
    <li className="group relative">
      <button
        type="button"
        aria-label={t.usePicture(number)}
        disabled={isDisabled}
        onClick={() => run({ type: 'library.put-picture', id })}
        className="block size-14 overflow-hidden rounded-full border border-line bg-sunken hover:border-edge disabled:opacity-50"
      >
        {src && <img src={src} alt="" draggable={false} className="size-full object-cover" />}
      </button>
      <button
        type="button"
        aria-label={t.forgetPicture(number)}
        onClick={() => run({ type: 'library.forget-picture', id })}
        className="-top-2 -right-2 absolute grid size-6 place-items-center rounded-full border border-line bg-surface text-muted opacity-0 hover:text-text [@media(hover:none)]:opacity-100 focus-visible:opacity-100 group-hover:opacity-100"
      >
        <X className="size-3.5" />
      </button>
    </li>
  );
}
