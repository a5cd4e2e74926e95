import { Film, Image } from 'lucide-react';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { useImage } from '../../lib/use-image.ts';

interface ThumbnailProps {
  readonly of: 'background' | 'upload' | 'library';
  readonly id: string;
  readonly type: 'image' | 'video' | undefined;
  /** Names the content; absent where main has none to show. */
  readonly content: string | undefined;
  /** `contain`: all of it is seen. */
  readonly whole?: boolean;
}

/** A background's picture as far as there is one on this computer, else a sign of what it is: as large as its place, whatever its shape. Decorative. */
export function Thumbnail({ of, id, type, content, whole = false }: ThumbnailProps) {
  const key = content === undefined ? undefined : `${of}:${id}:${content}`;
  const { src, loading } = useImage(key, () =>
    of === 'library'
      ? window.tally.library.preview({ kind: 'background', id })
      : window.tally.backgrounds.preview({ kind: of, id }),
  );
  const isElsewhere = of === 'background' && content === undefined;
  const Icon = type === 'video' ? Film : Image;
  return (
    <span
      aria-hidden="true"
      className="@container relative grid size-full place-items-center overflow-hidden bg-sunken text-muted"
    >
      {src && type === 'video' && (
        <span className="absolute bottom-1 left-1 z-10 hidden size-5 @min-[3rem]:grid place-items-center rounded bg-surface text-text">
          <Film className="size-3" />
        </span>
      )}
      {src ? (
        <img
          src={src}
          alt=""
          draggable={false}
          className={`absolute inset-0 size-full ${whole ? 'object-contain' : 'object-cover'}`}
        />
      ) : (
        <span
          className="flex size-full flex-col items-center justify-center gap-1"
          {...(isElsewhere && { title: t.noPreviewWhy })}
        >
          <Icon
            className={`size-[30%] max-h-8 min-h-4 min-w-4 max-w-8 ${loading ? 'opacity-40' : ''}`}
            strokeWidth={1.5}
          />
          {isElsewhere && <span className="text-xs">{t.noPreview}</span>}
        </span>
      )}
    </span>
  );
}
