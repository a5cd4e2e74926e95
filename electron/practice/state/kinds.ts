import type { World } from '../world.ts';
import { licence, type Person, role, unset } from './person.ts';
import { type JsonObject, leavesOf } from './settings.ts';
import { picked } from './vintage.ts';

/** Whose account this is: a person's own free one, by e-mail or by Google, or one of a company that locks settings. */
export const accountKinds = ['basic', 'google', 'business'] as const;
export type AccountKind = (typeof accountKinds)[number];

/** What a free account has no settings of, by their paths. */
const notFree =
  /^(audio_conferencing|tsp|whiteboard|telephony|profile)\.|webinar|live_streaming|_companion|interpretation|data_center|cmr|cloud|smart_recording|record_(gallery|speaker|audio)|zoom_(events|sessions|phone|iq|revenue|white|trans|cust|hudd|qual|work|sched|clips|mail|comp|docs)|license|capacities|large_meeting/;

/** Settings that a company locks: some of them without a name in the refusal, as was never seen otherwise. */
const lockedByCompany = [
  'in_meeting.e2e_encryption',
  'in_meeting.file_transfer',
  'recording.local_recording',
  'schedule_meeting.join_before_host',
  'meeting_security.waiting_room',
];

/** Makes the practice user's account one of such a kind, before anybody has seen it. */
export function makeKind(world: World, kind: AccountKind): void {
  const { me, account } = world;
  if (kind === 'business') {
    Object.assign(account, { plan: 'business', locked: lockedByCompany, lockedAnswer: 'unnamed' });
    account.adminOnly = ['name', 'email'];
    return;
  }
  Object.assign(account, { plan: 'free', locked: [] });
  makeFree(me);
  world.people = [me, world.admin];
  if (kind === 'basic') {
    delete me.picture;
    return;
  }
  me.loginType = 1;
  me.verified = false;
  // As it stands in answers; the bytes are here, for whom that name leads to.
  if (me.picture)
    me.picture = { ...me.picture, url: 'https://lh3.googleusercontent.com/a/PracticeAccount=s96-c' };
}

function makeFree(person: Person): void {
  Object.assign(person, unset, {
    type: licence.basic,
    roleId: role.owner,
    timezone: '',
    loggedIn: true,
    clientVersion: person.clientVersion,
    phoneNumbers: [],
    customAttributes: [],
    groupIds: [],
    backgrounds: [],
    assistants: [],
    devices: [],
    meetingTemplates: [],
    privateEventAssistants: [],
  });
  const free = (settings: JsonObject) =>
    picked(
      settings,
      leavesOf(settings).filter((path) => !notFree.test(path)),
    );
  person.settings = free(person.settings);
  person.views.meeting_security = free(person.views.meeting_security);
}
