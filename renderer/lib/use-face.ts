import type { TallyBridge } from '../../shared/ipc/channels.ts';
import type { Snapshot } from '../../shared/state.ts';
import { useImage } from './use-image.ts';

/** The window's way to main, or the popover's, which has this of it, too. */
const bridge = () => (window as { readonly tally?: TallyBridge }).tally ?? window.popover;

/** Address of the profile picture of the account in use, as far as it was read; nothing is asked of Zoom for it. */
export function useFace({ account, picture }: Snapshot): string | undefined {
  const isKnown = account.phase === 'connected' && picture?.phase === 'shown';
  const { src } = useImage(isKnown ? `${account.key}:${picture.version}` : undefined, () =>
    bridge().picture.shown(),
  );
  return src;
}
