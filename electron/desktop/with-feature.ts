import { type Result, tallyError } from '../../shared/errors.ts';
import type { FeatureName, Features } from '../core/accounts/features.ts';
import type { Tally } from '../core/tally.ts';

export const done: Result<null> = { ok: true, value: null };

const notConnected: Result<never> = {
  ok: false,
  error: tallyError('not-signed-in', 'Tally isn’t connected to Zoom yet.'),
};

/** How a handler of the window uses a feature of the active account; refused until that is connected. */
export function withFeature<N extends FeatureName>(tally: Pick<Tally, 'feature'>, name: N) {
  return async <T>(use: (found: Features[N]) => Promise<Result<T>> | Result<T>): Promise<Result<T>> => {
    const found = await tally.feature(name);
    return found ? use(found) : notConnected;
  };
}
