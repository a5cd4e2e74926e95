import type { Source, SourceDeps } from './source.ts';
import { createSwitchSource } from './switch.ts';

/** Since when the desktop shows no notifications. */
export const createQuietSource = (deps: SourceDeps): Source<'quiet'> =>
  createSwitchSource(deps, deps.attendance.watchQuiet);
