import type { ProfileView } from '../../../shared/profile.ts';
import type { Clock } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';

interface RoomCheckDeps {
  readonly clock: Clock;
  readonly zoom: Pick<ZoomClient, 'call'>;
  readonly signal: AbortSignal;
  changed(): void;
}

/** Looks whether a name of the personal room is free while it is typed. */
interface RoomCheck {
  view(): ProfileView['room'];
  /** Empty: nothing is to be looked up. */
  look(name: string): void;
  wake(): void;
  stop(): void;
}

/** How long nobody types before Zoom is asked, ms. */
const pause = 600;

/** One question at a time, and the newest name wins. */
export function createRoomCheck({ clock, zoom, signal, changed }: RoomCheckDeps): RoomCheck {
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
    look(name) {
      cancelTimer();
      view = name === '' ? undefined : { name, state: 'checking' };
      if (view) cancelTimer = clock.setTimeout(() => void ask(), pause);
    },
    wake: () => void ask(),
    stop: () => cancelTimer(),
  };
}
