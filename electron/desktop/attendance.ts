import { powerMonitor } from 'electron';
import type { Attendance } from '../core/ports.ts';

/** The system's word on it. Linux tells of no locked screen; there idle time tells of people who are away. */
export const attendance: Attendance = {
  look(idleAfter) {
    const state = powerMonitor.getSystemIdleState(Math.round(idleAfter / 1_000));
    return state === 'idle' || state === 'locked' ? state : 'here';
  },
  onUnlock(listener) {
    powerMonitor.on('unlock-screen', listener);
    return () => powerMonitor.off('unlock-screen', listener);
  },
};
