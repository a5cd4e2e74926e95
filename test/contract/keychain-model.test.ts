import { it } from 'vitest';
import { playKeychains } from '../support/keychain-model.ts';

it('whatever happens to keychain and app, a live sign-in is kept, a sign-out is final, and what must wait is said', () =>
  playKeychains(15));
