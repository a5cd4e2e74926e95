import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { ShownImage } from '../../../shared/media.ts';
import type { PictureView } from '../../../shared/picture.ts';
import type { FeatureDeps } from '../feature.ts';
import { createLatest } from '../lib/latest.ts';
import { downloadPicture, isPictureAddress } from './download.ts';

/** What of the view is to be another one; undefined takes it away. */
export type PictureChange = { readonly [K in keyof PictureView]?: PictureView[K] | undefined };

interface AtZoomDeps extends Pick<FeatureDeps, 'clock' | 'network' | 'zoom' | 'apiUrl'> {
  readonly signal: AbortSignal;
  view(): PictureView;
  become(change: PictureChange): void;
}

/** The picture that Zoom has. */
export function createPictureAtZoom(deps: AtZoomDeps) {
  const { clock, network, zoom, apiUrl, signal, become } = deps;
  let shown: ShownImage | null = null;
  /** Where Zoom has it; null: nowhere, undefined: not known. */
  let address: string | null | undefined;
  /** Of questions to Zoom only the newest one's answer counts. */
  const begin = createLatest();

  /** Asks Zoom which picture there is, and reads it. */
  async function refresh(): Promise<void> {
    const isLatest = begin();
    if (deps.view().phase !== 'shown') become({ phase: 'loading', unread: undefined });
    const user = await zoom.call('user', {}, { signal });
    if (!isLatest()) return;
    const failed = (error: TallyError) => ({ phase: 'failed', error: deps.view().error ?? error }) as const;
    if (!user.ok) return become(failed(user.error));
    const next = addressIn(user.data);
    const same = next === address && shown !== null;
    address = next;
    if (same) return become({ phase: 'shown' });
    if (next === null) return show(null, { phase: 'none' });
    if (!isPictureAddress(next, apiUrl())) return show(null, { ...failed(elsewhere), unread: true });
    const read = await downloadPicture(next, clock, network, signal);
    if (isLatest()) show(read, read ? { phase: 'shown' } : { ...failed(unread), unread: true });
  }

  function show(image: ShownImage | null, change: PictureChange): void {
    shown = image;
    become({ unread: undefined, ...change, version: deps.view().version + 1 });
  }

  return {
    address: () => address,
    shown: (): ShownImage | null => shown,
    refresh,
    /** A question asked so far must not tell anything any more. */
    forgetQuestions: begin,
  };
}

/** Zoom leaves the key out when there is no picture; an empty text says the same. */
function addressIn({ pic_url: found }: { readonly pic_url?: unknown }): string | null {
  return typeof found === 'string' && found !== '' ? found : null;
}

const elsewhere = tallyError('bad-answer', 'Zoom keeps your picture at an address that Tally doesn’t open.', {
  action: 'none',
});
const unread = tallyError('network', 'Your picture couldn’t be read from Zoom.', { action: 'retry' });
