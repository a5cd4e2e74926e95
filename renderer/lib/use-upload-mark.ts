import { useState } from 'react';
import type { UploadView } from '../../shared/backgrounds.ts';

const none: readonly UploadView[] = [];

/** What uploads want of somebody who is on another screen, in words; undefined where that is nothing. A failure counts until it was seen. */
export function useUploadMark(queue: readonly UploadView[] = none, isThere: boolean): string | undefined {
  const [seen, setSeen] = useState<readonly string[]>([]);
  const failed = queue.filter(({ state }) => state === 'failed' || state === 'refused').map(({ id }) => id);
  const unseen = failed.filter((id) => !seen.includes(id));
  if (isThere) {
    if (unseen.length > 0) setSeen(failed);
    return undefined;
  }
  const asking = queue.filter(({ state }) => state === 'question').length;
  const parts = [
    ...(asking > 0 ? [asking === 1 ? '1 file needs your answer' : `${asking} files need your answer`] : []),
    ...(unseen.length > 0
      ? [unseen.length === 1 ? '1 file wasn’t uploaded' : `${unseen.length} files weren’t uploaded`]
      : []),
  ];
  return parts.length > 0 ? parts.join(', ') : undefined;
}
