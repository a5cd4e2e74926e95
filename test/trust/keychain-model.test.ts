import { it } from 'vitest';
import { playKeychains } from '../support/keychain-model.ts';

it('whatever happens to keychain and app, many times over', () => playKeychains(300));
