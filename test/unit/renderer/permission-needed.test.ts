import { describe, expect, it } from 'vitest';
import { tallyError } from '../../../shared/errors.ts';
import { placesOf } from '../../support/permission-places.tsx';

const missing = (...scopes: string[]) => tallyError('missing-scope', 'Tally may not do this.', { scopes });

describe('a missing permission', () => {
  it.each(placesOf(missing('user:update:user', 'user:update:user:admin')))(
    'is named with what to do, and never by “Try again” or a scope of administrators: %s',
    (_, html) => {
      expect(html).toContain('Permission needed: user:update:user. Add it to your Zoom app');
      expect(html).not.toContain(':admin');
      expect(html).not.toContain('Try again');
    },
  );

  it.each(placesOf(missing('user:read:list_users:admin')))(
    'that no app of one’s own can have says so, and offers nothing that cannot help: %s',
    (_, html) => {
      expect(html).toContain('Only an app that an administrator manages');
      expect(html).not.toContain(':admin');
      expect(html).not.toMatch(/Try again|Sign in again/);
    },
  );
});
