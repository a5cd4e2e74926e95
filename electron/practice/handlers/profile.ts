import { zoomTime } from '../clock.ts';
import { invalidFields, refused, unknownUser } from '../errors.ts';
import { licence, type Person, role } from '../state/person.ts';
import type { World } from '../world.ts';
import { type Call, type HandlersFor, noContent, ok } from './call.ts';
import { checkName, checkSeat, checkSubscriptions } from './rules.ts';

const roleNames: Readonly<Record<string, string>> = {
  [role.owner]: 'Owner',
  [role.admin]: 'Admin',
  [role.member]: 'Member',
};

/** Of facts those that are set: Zoom leaves out the others (answers recorded in November 2025 and May 2026). */
export function setFacts(facts: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const isSet = (value: unknown) => (Array.isArray(value) ? value.length > 0 : Boolean(value));
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => isSet(value)));
}

/** What the list of people and GET user both tell of a person. */
export function commonFacts(person: Person) {
  return {
    first_name: person.firstName,
    last_name: person.lastName,
    display_name: person.displayName,
    email: person.email,
    type: person.type,
    status: person.status,
    pmi: person.pmi,
    timezone: person.timezone,
    verified: person.verified ? 1 : 0,
    created_at: zoomTime(person.createdAt),
    last_login_time: zoomTime(person.lastLoginAt),
    role_id: person.roleId,
    group_ids: person.groupIds,
    im_group_ids: [],
    ...setFacts({
      dept: person.dept,
      last_client_version: person.clientVersion,
      plan_united_type: person.planUnitedType,
      employee_unique_id: person.employeeUniqueId,
      division_ids: person.divisionIds,
      license_info_list: person.licences,
    }),
  };
}

/** A person as GET user answers: the fields of the reference and those of today. */
function userFacts(world: World, person: Person) {
  const { origin, account } = world;
  const mobile = person.phoneNumbers[0];
  return {
    ...commonFacts(person),
    id: person.id,
    role_name: roleNames[person.roleId] ?? 'Member',
    use_pmi: person.usePmi,
    personal_meeting_url: `${origin}/j/${person.pmi}?pwd=${person.passcode}`,
    // Someone invited has not been made yet: Zoom gives the moment of the call.
    ...(person.status === 'pending' ? { created_at: zoomTime(world.clock.now()) } : {}),
    user_created_at: zoomTime(person.createdAt),
    jid: `${person.id.toLowerCase()}@xmpp.zoom.us`,
    account_id: account.id,
    account_number: account.number,
    language: person.language,
    login_type: person.loginType,
    login_types: [person.loginType],
    cluster: 'us02',
    ...setFacts({
      pic_url: person.picture?.url,
      cms_user_id: person.cmsUserId,
      phone_country: mobile?.country,
      phone_number: mobile && `${mobile.code} ${mobile.number}`,
      phone_numbers: person.phoneNumbers,
      job_title: person.jobTitle,
      cost_center: person.costCenter,
      company: person.company,
      location: person.location,
      custom_attributes: person.customAttributes,
      pronouns: person.pronouns,
      pronouns_option: person.pronounsOption,
      manager: person.manager,
      vanity_url: person.vanityName && `${origin}/my/${person.vanityName}`,
      zoom_one_type: person.zoomOneType,
    }),
  };
}

/** Fields that are stored as they come, by their name in a request and in a person. */
const plainFields = {
  first_name: 'firstName',
  last_name: 'lastName',
  display_name: 'displayName',
  pronouns: 'pronouns',
  pronouns_option: 'pronounsOption',
  job_title: 'jobTitle',
  company: 'company',
  dept: 'dept',
  cost_center: 'costCenter',
  location: 'location',
  manager: 'manager',
  language: 'language',
  timezone: 'timezone',
  vanity_name: 'vanityName',
  pmi: 'pmi',
  use_pmi: 'usePmi',
  host_key: 'hostKey',
  type: 'type',
  zoom_one_type: 'zoomOneType',
  cms_user_id: 'cmsUserId',
} as const satisfies Record<string, keyof Person>;

/** What some accounts keep for administrators: the fields, and Zoom's words for each. */
const administratorFields = [
  [
    'name',
    ['first_name', 'last_name', 'display_name'],
    "Only an account administrator can change a user's name.",
  ],
  ['host_key', ['host_key'], 'Only an account administrator can change the host key.'],
  ['pmi', ['pmi'], 'Only an account administrator can change a Personal Meeting ID (PMI).'],
  ['vanity_name', ['vanity_name'], 'Only an account administrator can change a vanity name.'],
] as const;

type Update = Call<'userUpdate'>;

function checkRights({ world, owner, body }: Update): void {
  if (owner.roleId !== role.member) return;
  const kept = administratorFields.find(
    ([name, fields]) =>
      world.account.adminOnly.includes(name) && fields.some((field) => body[field] !== undefined),
  );
  if (kept) throw refused(200, kept[2]);
}

function checkLicence({ world, person, body }: Update): void {
  const licences = [body.type, body.plan_united_type, body.zoom_one_type].filter((one) => one !== undefined);
  if (licences.length > 1)
    throw refused(300, 'type, plan_united_type and zoom_one_type cannot be set together.');
  if (body.zoom_one_type === 0) throw refused(300, 'Zoom One cannot be turned off for this user.');
  if (body.zoom_one_type !== undefined && world.account.seats.zoomOne === 0) {
    throw refused(2038, 'No Zoom One license is left.');
  }
  checkSubscriptions(world, body.license_info_list);
  if (body.type === undefined || body.type === person.type) return;
  if (person.kind === 'room') throw refused(200, 'The type of a Zoom Rooms user cannot be changed.');
  if (body.type === licence.none)
    throw refused(1108, 'The requirements for changing the user type are not met.');
  if (body.type === licence.basic && person.flags.has('events')) {
    throw refused(300, 'The user has upcoming Zoom Events and cannot become Basic.');
  }
  checkSeat(world, body.type);
}

function checkMeetingRoom({ world, person, body }: Update): void {
  if (body.pmi !== undefined && person.type === licence.noMeetings) {
    throw refused(200, 'A user without a meetings license has no personal meeting ID.');
  }
  const paid = person.type === licence.licensed || person.type === licence.onPrem;
  if (!paid && (body.pmi !== undefined || body.vanity_name)) throw refused(1109, 'Host is not a paid user.');
  const wanted = body.vanity_name?.toLowerCase();
  const taken = world.people.some(
    (one) => one !== person && wanted && one.vanityName.toLowerCase() === wanted,
  );
  if (taken) throw refused(4100, 'The personal link name is already in use.');
}

/** Not more than five Chinese words, as Zoom has it for names; a word is a character here. */
function checkNames({ world, body }: Update): void {
  const names = [body.first_name, body.last_name].filter((name) => name !== undefined);
  for (const name of [...names, body.display_name ?? '']) checkName(world, name);
  if (names.some((name) => (name.match(/\p{Script=Han}/gu) ?? []).length > 5)) {
    throw invalidFields(['first_name', 'last_name']);
  }
}

/** What Zoom takes of a person's own words and of their page at LinkedIn. */
function checkAbout({ body }: Update): void {
  if (body.about_me && /https?:\/\/|www\.|<[a-z/!]/i.test(body.about_me)) {
    throw refused(300, "The `about_me` field is illegal and can't contain hyperlinks or HTML code.");
  }
  if (body.linkedin_url && !body.linkedin_url.includes('linkedin.com')) {
    throw refused(300, 'The `linkedin_url` field is illegal. The URL must contain `linkedin.com`.');
  }
}

export const profile: HandlersFor<'user' | 'userUpdate'> = {
  user: ({ world, person, query, path }) => {
    const isNamedByUniqueId = person.employeeUniqueId !== '' && person.employeeUniqueId === path.userId;
    const otherLogin = query.login_type !== undefined && query.login_type !== person.loginType;
    if (otherLogin || isNamedByUniqueId !== (query.search_by_unique_id ?? false))
      throw unknownUser(path.userId);
    return ok(userFacts(world, person));
  },

  userUpdate: (call) => {
    const { person, body } = call;
    checkRights(call);
    checkNames(call);
    checkAbout(call);
    checkLicence(call);
    checkMeetingRoom(call);
    const plain = Object.entries(plainFields).flatMap(([name, key]) => {
      const value = body[name as keyof typeof plainFields];
      return value === undefined ? [] : [[key, value] as const];
    });
    Object.assign(person, Object.fromEntries(plain));
    const renamed = body.first_name !== undefined || body.last_name !== undefined;
    if (renamed && body.display_name === undefined)
      person.displayName = `${person.firstName} ${person.lastName}`.trim();
    if (body.plan_united_type !== undefined) {
      person.planUnitedType = body.plan_united_type === 'none' ? '' : body.plan_united_type;
    }
    if (body.group_id !== undefined) person.groupIds = [body.group_id];
    if (body.division_ids) person.divisionIds = body.division_ids;
    if (body.license_info_list) person.licences = body.license_info_list;
    if (body.phone_numbers) {
      person.phoneNumbers = body.phone_numbers.map(
        ({ country = '', code = '', number = '', label = 'Mobile' }) => ({
          country,
          code,
          number,
          label,
          verified: false,
        }),
      );
    }
    for (const { key = '', name = '', value = '' } of body.custom_attributes ?? []) {
      const others = person.customAttributes.filter((one) => one.key !== key);
      person.customAttributes = [...others, { key, name, value }];
    }
    return noContent;
  },
};
