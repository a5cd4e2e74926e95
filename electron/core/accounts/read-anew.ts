import type { OperationGroup } from '../../../shared/zoom/operations.gen.ts';
import type { AccountMedia } from '../media/account-media.ts';
import type { PresenceRunner } from '../presence/runner.ts';
import type { Desk } from './desk.ts';

/**
 * Reads anew what the screens show of a group of operations, after a call by hand has changed something of it. What was never
 * opened is left alone.
 */
export function readAnew(
  group: OperationGroup,
  service: PresenceRunner | undefined,
  media: AccountMedia | undefined,
  desk: Desk | undefined,
): void {
  const shown = { ...media?.view(), ...desk?.view() };
  switch (group) {
    case 'Presence':
      void service?.check();
      return;
    case 'Backgrounds':
      if (shown.backgrounds) media?.run({ type: 'backgrounds.open' });
      return;
    case 'Picture':
      if (shown.picture) media?.run({ type: 'picture.open' });
      return;
    case 'Settings':
      if (shown.settings) desk?.run({ type: 'settings.open' });
      return;
    case 'Delegates':
      if (shown.delegates) desk?.run({ type: 'delegates.open' });
      return;
    case 'Profile':
    case 'Account':
      if (shown.profile) desk?.run({ type: 'profile.open' });
      return;
    case 'Access':
    case 'People':
      return;
  }
}
