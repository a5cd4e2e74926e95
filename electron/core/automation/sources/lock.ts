import type { Source, SourceDeps } from './source.ts';
import { createSwitchSource } from './switch.ts';

/** Since when the screen is locked or the computer sleeps. */
export const createLockSource = (deps: SourceDeps): Source<'lock'> =>
  createSwitchSource(deps, deps.attendance.watchLock);
