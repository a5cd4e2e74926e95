import type { ProfileView } from '../../../shared/profile.ts';
import type { FeatureDeps } from '../feature.ts';

/** How long nobody types before Zoom is asked, ms. */
const pause = 600;

/** Looks whether a name of the personal room is free while it is typed. One question at a time, and the newest name wins. */
export function createRoomCheck(
  { clock, zoom, changed }: Pick<FeatureDeps, 'clock' | 'zoom' | 'changed'>,
  signal: AbortSignal,
) {
  let view: ProfileView['room'];
  let asking = false;
  let cancelTimer = () => {};

  async function ask(): Promise<void> {
    const name = view?.name;
    if (asking || name === undefined || view?.state !== 'checking') return;
    asking = true;
    const result = await zoom.call('userVanityName', { query: { vanity_name: name } }, { signal });
    asking = false;
    if (signal.aborted || !view) return;
    if (view.name !== name) return ask();
    const existed = result.ok ? result.data.existed : undefined;
    view = { name, state: existed === true ? 'taken' : existed === false ? 'free' : 'unknown' };
    changed();
  }

  return {
    view: () => view,
    /** Empty: nothing is to be looked up. */
    look(name: string): void {
      cancelTimer();
      view = name === '' ? undefined : { name, state: 'checking' };
      if (view) cancelTimer = clock.setTimeout(() => void ask(), pause);
    },
    wake: () => void ask(),
    stop: () => cancelTimer(),
  };
}
