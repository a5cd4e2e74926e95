import type { Source, SourceDeps } from './source.ts';
import { createSwitchSource } from './switch.ts';

/** Since when the desktop shows no notifications, but where that is Tally's own doing. */
export const createQuietSource = (deps: SourceDeps): Source<'quiet'> =>
  createSwitchSource(deps, deps.watchQuiet);
