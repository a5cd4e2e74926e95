import { randomBytes, randomUUID } from 'node:crypto';
import { landscape, portrait } from './image.ts';
import { localPart, names } from './names.ts';
import { type Background, licence, type Person, role, storedFile } from './person.ts';
import type { SeededRandom } from './random.ts';
import { initialSettings } from './settings.ts';

const day = 86_400_000;

/** What sets single people apart, by e-mail local part. Each gives a refusal of Zoom's somebody to happen to. */
const special: Readonly<Record<string, (person: Person) => void>> = {
  'marguerite.delacroix-hahn': (person) => {
    person.roleId = role.owner;
  },
  'tobias.ekstrom': (person) => {
    person.roleId = role.admin;
  },
  'yara.haddad': (person) => {
    person.type = licence.basic;
  },
  'luc.berthelot': (person) => {
    person.type = licence.onPrem;
  },
  'duncan.macready': (person) => {
    person.loginType = 1;
  },
  'soledad.ibarra': (person) => {
    person.flags.add('call-queue');
  },
  'eino.lahtinen': (person) => {
    person.loginType = 101;
    person.employeeUniqueId = 'E-10223';
    person.flags.add('managed-domain');
  },
  'nadia.petrenko': (person) => {
    person.flags.add('events');
  },
  'gideon.abramov': (person) => {
    person.status = 'inactive';
  },
  'hugo.santillana': (person) => {
    person.status = 'pending';
  },
  'wren.castellane': (person) => {
    person.status = 'pending';
    person.flags.add('invitation-expired');
  },
  'board.room': (person) => {
    person.kind = 'room';
  },
  'calendar.sync': (person) => {
    person.kind = 'api';
    person.type = licence.none;
    person.loginType = 99;
  },
};

/** A person as Zoom first knows them; everything not given is Zoom's default. */
export function newPerson(
  random: SeededRandom,
  now: number,
  basics: Pick<Person, 'email' | 'firstName' | 'lastName' | 'type'>,
): Person {
  return {
    id: random.id(),
    displayName: `${basics.firstName} ${basics.lastName}`.trim(),
    status: 'active',
    roleId: role.member,
    kind: 'person',
    loginType: 100,
    dept: '',
    jobTitle: '',
    company: '',
    location: '',
    costCenter: '',
    timezone: 'Europe/Berlin',
    language: 'en-US',
    pmi: random.digits(10),
    usePmi: false,
    vanityName: '',
    hostKey: String(random.digits(6)),
    phoneNumbers: [],
    pronouns: '',
    pronounsOption: 1,
    manager: '',
    cmsUserId: '',
    customAttributes: [],
    groupIds: [],
    planUnitedType: '',
    zoomOneType: 0,
    employeeUniqueId: '',
    createdAt: now,
    lastLoginAt: now,
    verified: true,
    loggedIn: false,
    clientVersion: '',
    presence: { status: 'Available' },
    password: 'Practice-7day!',
    formerPasswords: [],
    passwordChanges: [],
    backgrounds: [],
    assistants: [],
    settings: initialSettings(),
    authentication: { meeting: meetingAuthentication(), recording: recordingAuthentication() },
    security: security(),
    flags: new Set(),
    ...basics,
  };
}

/** The account's people. The same seed gives the same people; instants count back from `now`. */
export function seedPeople(random: SeededRandom, now: number, domain: string, origin: string): Person[] {
  const groups: [string, string] = [random.id(), random.id()];
  const people = names.map(([firstName, lastName, dept, jobTitle]) => {
    const local = localPart(firstName, lastName);
    const type = random.next() < 0.75 ? licence.licensed : licence.basic;
    const created = now - (200 + random.below(1500)) * day;
    const person = newPerson(random, created, { email: `${local}@${domain}`, firstName, lastName, type });
    person.dept = dept;
    person.jobTitle = jobTitle;
    person.company = 'Practice GmbH';
    person.location = random.pick(['Berlin', 'Lisbon', 'Tallinn', 'Nairobi']);
    person.groupIds = [random.pick(groups)];
    person.lastLoginAt = now - random.below(20) * day;
    person.loggedIn = random.next() < 0.6;
    person.clientVersion = random.pick(['6.4.10.27564(mac)', '6.3.6.56144(win)', '5.17.11.3835(linux)']);
    person.presence = { status: random.pick(['Available', 'Available', 'Away', 'In_Calendar_Event']) };
    special[local]?.(person);
    return person;
  });
  const [robin, , , amara, jun, priya, seamus] = people;
  if (!robin || !amara || !jun || !priya || !seamus)
    throw new Error('The practice account has too few people');
  makePracticeUser(robin, random, origin);
  for (const person of [amara, jun, priya, seamus]) person.type = licence.licensed;
  robin.assistants = [amara.id, jun.id];
  robin.manager = priya.email;
  priya.assistants = [robin.id];
  seamus.assistants = [robin.id, amara.id];
  return people;
}

function makePracticeUser(robin: Person, random: SeededRandom, origin: string): void {
  robin.type = licence.licensed;
  robin.vanityName = 'robin.ashdown';
  robin.location = 'Lisbon';
  robin.timezone = 'Europe/Lisbon';
  robin.pronouns = 'they/them';
  robin.pronounsOption = 2;
  robin.costCenter = 'P-210';
  robin.planUnitedType = '1';
  robin.loggedIn = true;
  robin.clientVersion = '6.4.10.27564(linux)';
  robin.presence = { status: 'Available' };
  robin.phoneNumbers = [
    { country: 'PT', code: '+351', number: '5550142', label: 'Mobile', verified: true },
    { country: 'PT', code: '+351', number: '5550187', label: 'Office', verified: true },
  ];
  robin.customAttributes = [{ key: `cbf_${random.id().toLowerCase()}`, name: 'Floor', value: '3' }];
  const { face, views } = paintings();
  robin.picture = { ...storedFile('robin.png', 'image/png', face), url: pictureUrl(origin, 1) };
  robin.backgrounds = views.map(([name, bytes]) => background(random, name, bytes));
}

let painted:
  | { readonly face: Buffer; readonly views: readonly (readonly [name: string, bytes: Buffer])[] }
  | undefined;

/** The practice user's pictures, painted once a process: many tests start many servers. */
function paintings() {
  painted ??= {
    face: portrait(128, [38, 92, 107]),
    views: [
      ['Dunes.png', landscape(320, 180, [190, 150, 90], [150, 110, 60])],
      ['Fjord.png', landscape(320, 180, [110, 150, 190], [40, 80, 70])],
      ['Night hills.png', landscape(320, 180, [20, 24, 60], [12, 30, 34])],
    ],
  };
  return painted;
}

function background(random: SeededRandom, name: string, bytes: Buffer): Background {
  return { id: random.id(), type: 'image', isDefault: false, ...storedFile(name, 'image/png', bytes) };
}

/**
 * An address like Zoom's: `/p/v2/{64 hex}/{uuid}-{n}`. As at Zoom whoever has it may read the picture, so it is not from
 * the seed.
 */
export function pictureUrl(origin: string, version: number): string {
  return `${origin}/p/v2/${randomBytes(32).toString('hex')}/${randomUUID()}-${version}`;
}

function meetingAuthentication() {
  return {
    meeting_authentication: true,
    allow_authentication_exception: false,
    authentication_options: [
      {
        id: 'signed-in-to-zoom-0001',
        name: 'Signed in to Zoom',
        type: 'enforce_login',
        domains: '',
        default_option: true,
        visible: true,
      },
      {
        id: 'same-account-only-0002',
        name: 'Our account only',
        type: 'enforce_login_with_same_account',
        domains: '',
        default_option: false,
        visible: true,
      },
    ],
  };
}

function recordingAuthentication() {
  return {
    recording_authentication: false,
    authentication_options: [
      {
        id: 'recording-internal-0001',
        name: 'Our account only',
        type: 'internally',
        domains: '',
        default_option: true,
        visible: true,
      },
    ],
  };
}

function security() {
  return {
    auto_security: true,
    block_user_domain: false,
    block_user_domain_list: [],
    embed_password_in_join_link: true,
    encryption_type: 'enhanced_encryption',
    end_to_end_encrypted_meetings: false,
    meeting_password: true,
    meeting_password_requirement: {
      consecutive_characters_length: 0,
      have_letter: false,
      have_number: false,
      have_special_character: false,
      have_upper_and_lower_characters: false,
      length: 8,
      only_allow_numeric: false,
      weak_enhance_detection: false,
    },
    only_authenticated_can_join_from_webclient: false,
    phone_password: true,
    pmi_password: true,
    require_password_for_scheduled_meeting: true,
    require_password_for_scheduled_webinar: true,
    waiting_room: true,
    waiting_room_settings: {
      participants_to_place_in_waiting_room: 0,
      users_who_can_admit_participants_from_waiting_room: 0,
      whitelisted_domains_for_waiting_room: '',
    },
    webinar_password: true,
  };
}
