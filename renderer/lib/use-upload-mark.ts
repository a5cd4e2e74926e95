import { useState } from 'react';
import type { UploadView } from '../../shared/backgrounds.ts';
import { backgrounds } from '../../shared/words/en/backgrounds.ts';

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
    ...(asking > 0 ? [backgrounds.filesAsk(asking)] : []),
    ...(unseen.length > 0 ? [backgrounds.filesFailed(unseen.length)] : []),
  ];
  return parts.length > 0 ? parts.join(', ') : undefined;
}
