import { randomBytes } from 'node:crypto';
import { operations } from '../../../shared/zoom/operations.gen.ts';
import { day } from '../clock.ts';
import { refused, ZoomError } from '../errors.ts';
import { limitMessages } from '../limits.ts';
import { licence, type Person, role } from '../state/person.ts';
import { newPerson } from '../state/seed.ts';
import { findPerson, type World } from '../world.ts';
import { accepted, type Call, type HandlersFor, noContent, ok } from './call.ts';
import { commonFacts, setFacts } from './profile.ts';
import { brokenPasswordRule, checkName, checkSeat, checkSubscriptions } from './rules.ts';

/** How long a page token lives, in milliseconds. */
const pageLife = 15 * 60_000;

/** A person as the list has them: fewer fields, and no id for those who were only invited. */
function listed(person: Person, added: Call<'users'>['query']['include_fields']) {
  return {
    ...(person.status === 'pending' ? {} : { id: person.id }),
    ...commonFacts(person),
    ...(added === 'custom_attributes' && setFacts({ custom_attributes: person.customAttributes })),
    ...(added === 'host_key' && setFacts({ host_key: person.hostKey })),
  };
}

/** Where a page begins: by its token, else by its number. */
function pageStart(world: World, token: string | undefined, number: number, size: number): number {
  if (!token) return (number - 1) * size;
  const page = world.pages.get(token);
  if (!page || world.clock.now() >= page.expiresAt) {
    throw refused(300, 'The next page token is either invalid or expired.');
  }
  return page.offset;
}

/** A token for the page that begins at `offset`; tokens that ran out are forgotten. */
function pageToken(world: World, offset: number): string {
  const now = world.clock.now();
  for (const [token, page] of world.pages) if (page.expiresAt <= now) world.pages.delete(token);
  const token = randomBytes(24).toString('base64url');
  world.pages.set(token, { offset, expiresAt: now + pageLife });
  return token;
}

type Info = NonNullable<Call<'userCreate'>['body']['user_info']>;

function checkAddress(world: World, email: string): void {
  const { blockedDomains, limitedDomains, elsewhere } = world.account;
  const domain = email.split('@')[1]?.toLowerCase() ?? '';
  if (blockedDomains.includes(domain)) throw refused(1107, 'Email domain is blocked');
  if (limitedDomains.length > 0 && !limitedDomains.includes(domain)) {
    throw refused(1116, 'Email is not in the domains that the account allows.');
  }
  if (elsewhere.includes(email.toLowerCase()))
    throw refused(1009, `The user ${email} already holds an active account.`);
  if (findPerson(world, email)) throw new ZoomError(409, 1005, `Email "${email}" has already been used.`);
}

function checkNewPerson(world: World, action: Call<'userCreate'>['body']['action'], info: Info): void {
  const { sso, seats } = world.account;
  if (action === 'ssoCreate' && sso === 'off')
    throw refused(2002, 'Single sign-on is not enabled for the account.');
  if (action === 'ssoCreate' && sso !== 'provisioning') {
    throw refused(2032, 'Pre-provisioning of single sign-on users is not enabled for the account.');
  }
  // A type that Zoom keeps for those who come by single sign-on.
  if (info.type === licence.none && action !== 'ssoCreate') {
    throw refused(1108, 'The requirements for this user type are not met.');
  }
  checkName(world, `${info.first_name ?? ''} ${info.last_name ?? ''}`);
  const broken = action === 'autoCreate' ? brokenPasswordRule(info.password ?? '') : undefined;
  if (broken) throw refused(300, broken.message);
  if (info.feature?.zoom_phone === true && seats.zoomPhone === 0) {
    throw new ZoomError(404, 1102, 'No Zoom Phone license is left.');
  }
  if (info.feature?.zoom_one_type !== undefined && seats.zoomOne === 0) {
    throw refused(2038, 'No Zoom One license is left.');
  }
  checkSubscriptions(world, info.license_info_list);
  checkSeat(world, info.type);
}

/** What keeps a person from being removed, with Zoom's codes. */
function checkRemoval(world: World, person: Person, query: Call<'userDelete'>['query']): void {
  const parting = (query.action ?? 'disassociate') === 'disassociate';
  const heir = query.transfer_email === undefined ? undefined : findPerson(world, query.transfer_email);
  const transfers = query.transfer_meeting || query.transfer_webinar || query.transfer_recording;
  if (query.transfer_email !== undefined && !heir) {
    throw refused(200, `User ${query.transfer_email} does not belong to this account.`);
  }
  if (heir === person) throw refused(300, 'The transfer email must not be that of the user who is removed.');
  if (heir && transfers && heir.type !== licence.licensed)
    throw refused(300, 'The transfer target needs a license.');
  if (person.kind === 'room') throw refused(200, 'A Zoom Rooms user cannot be removed.');
  if (person.kind === 'api' && parting)
    throw refused(300, 'An API user cannot be unlinked from the account.');
  if (person.flags.has('events') && !heir)
    throw refused(300, 'The user has upcoming Zoom Events: name who takes them over.');
  if (!parting && person.status === 'inactive') throw refused(200, 'A deactivated user cannot be deleted.');
  if (person.flags.has('call-queue'))
    throw refused(1000, 'The user manages a call queue or operates an auto receptionist.');
  if (parting && person.flags.has('managed-domain'))
    throw refused(1107, 'A user of a managed domain cannot be unlinked.');
  if (parting && person.roleId !== role.member) throw refused(1117, 'An administrator cannot be unlinked.');
}

export const people: HandlersFor<'users' | 'userCreate' | 'userDelete' | 'userStatus'> = {
  users: ({ world, query }) => {
    const size = Math.max(1, query.page_size ?? 30);
    const wanted = world.people.filter(
      (person) =>
        person.status === (query.status ?? 'active') &&
        (query.role_id === undefined || person.roleId === query.role_id) &&
        (query.license === undefined || person.products.includes(query.license)),
    );
    const number = Math.max(1, Math.floor(Number(query.page_number ?? 1)) || 1);
    const start = pageStart(world, query.next_page_token, number, size);
    const page = wanted.slice(start, start + size);
    return ok({
      page_count: Math.ceil(wanted.length / size),
      page_number: Math.floor(start / size) + 1,
      page_size: size,
      total_records: wanted.length,
      next_page_token: start + size < wanted.length ? pageToken(world, start + size) : '',
      users: page.map((person) => listed(person, query.include_fields)),
    });
  },

  userCreate: ({ world, body }) => {
    const { action, user_info: info } = body;
    if (!world.account.createAllowed) throw refused(200, 'No permission to create users.');
    if (!info) throw refused(300, 'user_info is required.');
    checkAddress(world, info.email);
    checkNewPerson(world, action, info);
    const count = operations.userCreate.perAccountDayLimit[world.account.plan];
    const message = limitMessages.userDay(count, 'user invitations for this account');
    if (action === 'create')
      world.limits.use({ key: 'invitations', count, windowMs: day, label: 'Light', message });
    const person = newPerson(world.random, world.clock.now(), {
      email: info.email,
      firstName: info.first_name ?? '',
      lastName: info.last_name ?? '',
      type: info.type,
    });
    // Who is invited by mail has still to say yes; the other ways make the person at once.
    if (action === 'create') person.status = 'pending';
    if (action === 'ssoCreate') person.loginType = 101;
    if (info.password !== undefined) person.password = info.password;
    if (info.plan_united_type !== undefined) person.planUnitedType = info.plan_united_type;
    if (info.display_name) person.displayName = info.display_name;
    person.divisionIds = info.division_ids ?? [];
    person.licences = info.license_info_list ?? [];
    world.people.push(person);
    const { id, email, firstName, lastName, type } = person;
    return { status: 201, body: { id, email, first_name: firstName, last_name: lastName, type } };
  },

  userDelete: ({ world, person, query }) => {
    checkRemoval(world, person, query);
    world.people = world.people.filter((one) => one !== person);
    for (const other of world.people) other.assistants = other.assistants.filter((id) => id !== person.id);
    world.grants.end(({ userId }) => userId === person.id);
    return noContent;
  },

  userStatus: ({ world, person, body }) => {
    if (body.action === 'clock_in' || body.action === 'clock_out') {
      person.clockedIn = body.action === 'clock_in';
      return accepted;
    }
    if (person.kind === 'room' || person.roleId !== role.member) {
      throw refused(200, 'The status of an administrator or a Zoom Rooms user cannot be changed.');
    }
    if (body.action === 'deactivate' && person.flags.has('events')) {
      throw refused(300, 'The user has upcoming Zoom Events.');
    }
    if (body.action === 'activate' && person.status === 'inactive') checkSeat(world, person.type);
    person.status = body.action === 'activate' ? 'active' : 'inactive';
    if (body.action === 'deactivate') person.loggedIn = false;
    return accepted;
  },
};
