import type { UploadView } from '../../../shared/backgrounds.ts';
import { backgrounds as t } from '../../../shared/words/en/backgrounds.ts';
import { UploadThumbnail } from './upload-row.tsx';

/** What was uploaded a moment ago and needs nobody any more, in one line: it makes room for the backgrounds below. */
export function UploadedStrip({ uploads }: { readonly uploads: readonly UploadView[] }) {
  const words = t.filesUploaded(uploads.length);
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5 sm:px-4">
      <p className="text-muted text-xs">{words}</p>
      <ul aria-label={words} className="flex min-w-0 flex-wrap gap-1.5">
        {uploads.map((upload) => (
          <li key={upload.id} title={upload.name} className="h-5 w-8">
            <UploadThumbnail upload={upload} />
            <span className="sr-only">
              <bdi>{upload.name}</bdi> <span>{t.uploaded}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
