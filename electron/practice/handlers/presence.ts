import { dndMinutes } from '../../../shared/zoom/limits.gen.ts';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import { formerDndMin, isSettable, type SettableStatus } from '../../../shared/zoom/presence.ts';
import { zoomTime } from '../clock.ts';
import { invalidFields, refused } from '../errors.ts';
import { limitMessages } from '../limits.ts';
import type { Person } from '../state/person.ts';
import type { World } from '../world.ts';
import { type HandlersFor, noContent, ok } from './call.ts';

const minute = 60_000;

/** Words of GET presence_status where they differ from those a status is set with (Jericho/ZoomNet pull 383). */
const readWords: { readonly [K in SettableStatus]?: string } = {
  In_Calendar_Event: 'In_A_Calendar_Event',
  In_A_Zoom_Meeting: 'In_A_Meeting',
  On_A_Call: 'In_A_Call',
};

/** A person's presence at this moment: do not disturb that has run out is Available again. */
export function presenceNow(world: World, person: Person): Person['presence'] {
  const { endsAt } = person.presence;
  if (endsAt !== undefined && world.clock.now() >= endsAt) person.presence = { status: 'Available' };
  return person.presence;
}

/** Sets a presence; do not disturb ends after so many minutes, Zoom's default unless given. */
export function setPresence(world: World, person: Person, status: SettableStatus, minutes?: number): void {
  const length = (minutes ?? dndMinutes.default) * minute;
  person.presence = status === 'Do_Not_Disturb' ? { status, endsAt: world.clock.now() + length } : { status };
}

/**
 * Whether a client may go from one status to another. Before 5.3.0 only do not disturb can be set, from Away or
 * Available; what the reference adds for later clients is read as an addition.
 */
function mayChange(clientVersion: string, from: SettableStatus, to: SettableStatus): boolean {
  const [major = 0, minor = 0] = clientVersion.split('.').map(Number);
  if (major > 5 || (major === 5 && minor >= 3)) return true;
  return to === 'Do_Not_Disturb' && (from === 'Away' || from === 'Available');
}

/** The same codes say something else of reading than of changing. */
const failed = (what: 'read' | 'update') =>
  refused(5301, `Request to ${what} the presence status of this user failed.`);
const noPermission = (what: 'get' | 'update') =>
  refused(
    5411,
    `Unauthorized request. You do not have permission to ${what} the presence status of this user.`,
  );

export const presence: HandlersFor<'userPresenceStatus' | 'updatePresenceStatus'> = {
  userPresenceStatus: ({ world, person, self }) => {
    const { presenceReading } = world.account;
    if (presenceReading === 'refused') throw noPermission('get');
    if (presenceReading === 'fails') throw failed('read');
    const { status, endsAt } = presenceNow(world, person);
    if (!person.loggedIn) return ok({ status: 'Offline' });
    const word = world.presenceWords === 'get' ? (readWords[status] ?? status) : status;
    if (!self || endsAt === undefined) return ok({ status: word });
    const remaining = Math.ceil((endsAt - world.clock.now()) / 1_000);
    return ok({ status: word, end_time: zoomTime(endsAt), remaining_time: remaining });
  },

  updatePresenceStatus: ({ world, person, body }) => {
    // Zoom's own machine-readable list has only the misspelling; both are taken, the right one is kept.
    const wanted = body?.status === 'Do_No_Disturb' ? 'Do_Not_Disturb' : body?.status;
    if (wanted === undefined || !isSettable(wanted)) throw invalidFields(['status']);
    const isShort = body?.duration !== undefined && body.duration < formerDndMin;
    if (isShort && !world.account.shortDndAllowed) throw invalidFields(['duration']);
    if (!world.account.presenceAllowed) throw noPermission('update');
    const { label, perUserLimit: most } = operations.updatePresenceStatus;
    const allowance = {
      key: `presence ${person.id}`,
      count: most.count,
      windowMs: most.seconds * 1_000,
      label,
      message: limitMessages.minute,
    } as const;
    world.limits.check(allowance);
    if (!person.loggedIn || !mayChange(person.clientVersion, presenceNow(world, person).status, wanted)) {
      throw failed('update');
    }
    world.limits.use(allowance);
    setPresence(world, person, wanted, body?.duration);
    return noContent;
  },
};
