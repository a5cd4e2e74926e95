import { net, powerMonitor } from 'electron';
import { clock } from './clock.ts';

/** Electron tells no event for it in main, so it is looked at, in ms. */
const lookEvery = 2_000;

/** Calls `listener` when the computer gets a network again, or wakes; returns how to stop that. */
export function whenOnline(listener: () => void): () => void {
  let was = net.isOnline();
  let cancel = () => {};
  const look = () => {
    const is = net.isOnline();
    if (is && !was) listener();
    was = is;
    cancel = clock.setTimeout(look, lookEvery);
  };
  cancel = clock.setTimeout(look, lookEvery);
  powerMonitor.on('resume', listener);
  return () => {
    cancel();
    powerMonitor.off('resume', listener);
  };
}
