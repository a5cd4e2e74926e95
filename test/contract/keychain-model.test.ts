import { it } from 'vitest';
import { playKeychains } from '../support/keychain-model.ts';

/** The same again: TALLY_SEED as fast-check has printed it. */
const seed = process.env.TALLY_SEED === undefined ? undefined : Number(process.env.TALLY_SEED);

it('whatever happens to keychain and app, a live sign-in is kept, a sign-out is final, and what must wait is said', async () => {
  await playKeychains(15, seed);
}, 60_000);
