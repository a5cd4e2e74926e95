import type { Attendance, Clock, DeviceUse } from '../../core/ports.ts';
import { watchCameras } from './cameras.ts';
import { watchConsentStore } from './consent-store.ts';
import { watchPipeWire } from './pipewire.ts';
import { watchPulse } from './pulse.ts';
import { distinct } from './uses.ts';

type Tell = (uses: readonly DeviceUse[] | undefined) => void;
type Watch = (clock: Clock, tell: Tell) => () => void;

/** Who tells of devices in use, by system. macOS tells nobody without a driver or a library of its own. */
const tellers: { readonly [P in NodeJS.Platform]?: readonly Watch[] } = {
  linux: [watchPipeWire, watchPulse, watchCameras],
  win32: [watchConsentStore],
};

/** Tells of devices in use, however many listen; the system is watched once, and only while somebody does. */
export function createDeviceWatch(
  clock: Clock,
  watches: readonly Watch[] = tellers[process.platform] ?? [],
): Attendance['watchDevices'] {
  const listeners = new Set<Tell>();
  let stop: (() => void) | undefined;
  let told: { readonly uses: readonly DeviceUse[] | undefined } | undefined;

  function start(): void {
    const said = watches.map((): readonly DeviceUse[] | undefined => undefined);
    let isOver = false;
    const ends = watches.map((watch, at) =>
      watch(clock, (uses) => {
        if (isOver) return;
        said[at] = uses;
        become(said.some((one) => one) ? distinct(said.flatMap((one) => one ?? [])) : undefined);
      }),
    );
    stop = () => {
      isOver = true;
      for (const end of ends) end();
    };
    if (watches.length === 0) become(undefined);
  }

  function become(uses: readonly DeviceUse[] | undefined): void {
    if (told && JSON.stringify(told.uses) === JSON.stringify(uses)) return;
    told = { uses };
    for (const listener of [...listeners]) listener(uses);
  }

  return (listener) => {
    listeners.add(listener);
    if (stop) {
      if (told) listener(told.uses);
    } else start();
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      stop?.();
      stop = undefined;
      told = undefined;
    };
  };
}
