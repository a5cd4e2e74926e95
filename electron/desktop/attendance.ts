import { powerMonitor } from 'electron';
import type { Attendance } from '../core/ports.ts';
import { createDeviceWatch } from './calls/calls.ts';
import { clock } from './clock.ts';
import { watchIdle } from './idle/idle.ts';
import { watchLockers } from './lockers.ts';

/** The system's word on it. On Linux, Electron tells of no locked screen; there the lockers are asked themselves. */
export const attendance: Attendance = {
  look(idleAfter) {
    const state = powerMonitor.getSystemIdleState(Math.round(idleAfter / 1_000));
    return state === 'idle' || state === 'locked' ? state : 'here';
  },
  onUnlock: (listener) => listen({ 'unlock-screen': listener }),
  watchLock(listener) {
    let locked: boolean | undefined;
    let asleep = false;
    const tell = () => listener(asleep || locked);
    const sleep = (now: boolean) => () => {
      asleep = now;
      tell();
    };
    const become = (now: boolean | undefined) => {
      locked = now;
      tell();
    };
    const stopPower = listen({ suspend: sleep(true), resume: sleep(false) });
    const stopLock =
      process.platform === 'linux'
        ? watchLockers({ clock, watchIdle: watchInput }, become)
        : watchScreen(become);
    return () => {
      stopPower();
      stopLock();
    };
  },
  watchDevices: createDeviceWatch(clock),
  watchIdle: watchInput,
};

const system = { clock, platform: process.platform, env: process.env };
const idleDeps = {
  ...system,
  read: () => powerMonitor.getSystemIdleTime() * 1_000,
  onWake: (listener: () => void) => listen({ resume: listener }),
};

function watchInput(after: number, tell: Parameters<Attendance['watchIdle']>[1]): () => void {
  return watchIdle(idleDeps, after, tell);
}

/** macOS and Windows tell by themselves. */
function watchScreen(become: (locked: boolean) => void): () => void {
  const first = setImmediate(() => become(powerMonitor.getSystemIdleState(60) === 'locked'));
  const stop = listen({ 'lock-screen': () => become(true), 'unlock-screen': () => become(false) });
  return () => {
    clearImmediate(first);
    stop();
  };
}

type PowerEvent = 'suspend' | 'resume' | 'lock-screen' | 'unlock-screen';

/** Returns how to stop listening. */
function listen(listeners: { readonly [E in PowerEvent]?: () => void }): () => void {
  const all = Object.entries(listeners) as [PowerEvent, () => void][];
  // Electron types each event by a signature of its own.
  const monitor: NodeJS.EventEmitter = powerMonitor;
  // Before whoever sends something after sleep.
  for (const [event, listener] of all) monitor.prependListener(event, listener);
  return () => {
    for (const [event, listener] of all) monitor.off(event, listener);
  };
}
