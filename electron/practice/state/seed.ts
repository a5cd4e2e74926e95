import { randomBytes, randomUUID } from 'node:crypto';
import { day } from '../clock.ts';
import { canary, numberCanary } from '../tokens.ts';
import { landscape, portrait } from './image.ts';
import { localPart, names } from './names.ts';
import {
  type Background,
  type Device,
  licence,
  type MeetingTemplate,
  type Person,
  role,
  storedFile,
  unset,
} from './person.ts';
import type { SeededRandom } from './random.ts';
import { initialSettings, type JsonObject } from './settings.ts';
import { alignTwins } from './twins.ts';

/** What sets single people apart, by e-mail local part. Each gives a refusal of Zoom's somebody to happen to. */
const special = (): Readonly<Record<string, Partial<Person>>> => ({
  'marguerite.delacroix-hahn': { roleId: role.owner },
  'tobias.ekstrom': { roleId: role.admin },
  'yara.haddad': { type: licence.basic },
  'luc.berthelot': { type: licence.onPrem },
  'duncan.macready': { loginType: 1 },
  'eino.lahtinen': { loginType: 101, employeeUniqueId: 'E-10223', flags: new Set(['managed-domain']) },
  'nadia.petrenko': { flags: new Set(['events']) },
  'soledad.ibarra': {
    flags: new Set(['call-queue']),
    products: ['zoom_workforce_management'],
    clockedIn: true,
  },
  'zanele.mthembu': { products: ['zoom_workforce_management'] },
  'gideon.abramov': { status: 'inactive' },
  'hugo.santillana': { status: 'pending' },
  'wren.castellane': { status: 'pending', flags: new Set(['invitation-expired']) },
  'board.room': { kind: 'room' },
  'calendar.sync': { kind: 'api', type: licence.none, loginType: 99 },
});

/** A person as Zoom first knows them; everything not given is Zoom's default. */
export function newPerson(
  random: SeededRandom,
  now: number,
  basics: Pick<Person, 'email' | 'firstName' | 'lastName' | 'type'>,
): Person {
  let made: Pick<Person, 'settings' | 'views'> | undefined;
  const choices = () => {
    made ??= initialChoices();
    return made;
  };
  return {
    ...unset,
    id: random.id(),
    // Whoever has them comes in, so they are not from the seed.
    passcode: canary(),
    hostKey: numberCanary(),
    displayName: `${basics.firstName} ${basics.lastName}`.trim(),
    status: 'active',
    roleId: role.member,
    kind: 'person',
    pmi: random.digits(10),
    phoneNumbers: [],
    customAttributes: [],
    groupIds: [],
    divisionIds: [],
    licences: [],
    features: {},
    products: [],
    createdAt: now,
    lastLoginAt: now,
    presence: { status: 'Available' },
    formerPasswords: [],
    passwordChanges: [],
    backgrounds: [],
    devices: [],
    meetingTemplates: [],
    assistants: [],
    privateEventAssistants: [],
    // Of most people nobody asks for these, and of all together they take 13 MB to make.
    get settings() {
      return choices().settings;
    },
    set settings(value) {
      choices().settings = value;
    },
    get views() {
      return choices().views;
    },
    set views(value) {
      choices().views = value;
    },
    flags: new Set(),
    ...basics,
  };
}

/** A person's settings and the answers of their `option` views, at first. */
function initialChoices(): Pick<Person, 'settings' | 'views'> {
  const choices = { settings: initialSettings(), views: views() };
  alignTwins(choices);
  return choices;
}

interface Seed {
  readonly random: SeededRandom;
  /** Instants count back from it, epoch ms. */
  readonly now: number;
  readonly domain: string;
  readonly origin: string;
  readonly pictures?: PracticePictures | undefined;
}

/** What the practice user's face and backgrounds look like; backgrounds by their names. */
export interface PracticePictures {
  readonly face: Buffer;
  readonly backgrounds: ReadonlyMap<string, Buffer>;
}

/** The account's people. The same seed gives the same people. Without pictures some are painted. */
export function seedPeople({ random, now, domain, origin, pictures = paintings() }: Seed): Person[] {
  const apart = special();
  const groups: [string, string] = [random.id(), random.id()];
  const people = names.map(([firstName, lastName, dept, jobTitle]) => {
    const local = localPart(firstName, lastName);
    const type = random.next() < 0.75 ? licence.licensed : licence.basic;
    const created = now - (200 + random.below(1500)) * day;
    const person = newPerson(random, created, { email: `${local}@${domain}`, firstName, lastName, type });
    return Object.assign(person, {
      dept,
      jobTitle,
      company: 'Practice GmbH',
      location: random.pick(['Berlin', 'Lisbon', 'Tallinn', 'Nairobi']),
      groupIds: [random.pick(groups)],
      lastLoginAt: now - random.below(20) * day,
      loggedIn: random.next() < 0.6,
      clientVersion: random.pick(['6.4.10.27564(mac)', '6.3.6.56144(win)', '5.17.11.3835(linux)']),
      presence: { status: random.pick(['Available', 'Available', 'Away', 'In_Calendar_Event']) },
      ...apart[local],
    });
  });
  const [robin, , , amara, jun, priya, seamus] = people;
  if (!robin || !amara || !jun || !priya || !seamus)
    throw new Error('The practice account has too few people');
  makePracticeUser(robin, random);
  const { face, backgrounds } = pictures;
  robin.picture = { ...storedFile('robin.png', 'image/png', face), url: pictureUrl(origin, 1) };
  robin.backgrounds = [...backgrounds].map(([name, bytes]) => background(random, name, bytes));
  for (const person of [amara, jun, priya, seamus]) person.type = licence.licensed;
  robin.assistants = [amara.id, jun.id];
  robin.privateEventAssistants = [amara.id];
  robin.manager = priya.email;
  priya.assistants = [robin.id];
  seamus.assistants = [robin.id, amara.id];
  return people;
}

function makePracticeUser(robin: Person, random: SeededRandom): void {
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
  robin.devices = devices(robin.id);
  robin.meetingTemplates = [weekly];
  robin.customAttributes = [{ key: `cbf_${random.id().toLowerCase()}`, name: 'Floor', value: '3' }];
}

/** The devices of the practice user's own room at home. */
function devices(room_user_id: string): Device[] {
  const room_name = "Robin's Personal Zoom Room";
  return [
    {
      id: '5D0C2B9E-7A41-4E0B-9C3D-2F8A6B1E4D70',
      device_name: 'Desk at home',
      room_name,
      room_user_id,
      status: 'Online',
    },
    {
      id: 'A8E6F014-33B9-4C52-8D27-90C1E5B7F2A3',
      device_name: 'Kitchen',
      room_name,
      room_user_id,
      status: 'Offline',
    },
  ];
}

const weekly: MeetingTemplate = {
  id: 'practice-weekly-000001',
  name: 'Weekly',
  settings: {
    in_meeting: {
      entry_exit_chime: 'none',
      polling: true,
      screen_sharing: true,
      who_can_share_screen: 'all',
      annotation: true,
      breakout_room: false,
      closed_captioning: { enable: true, auto_transcribing: true, save_caption: true },
    },
    recording: { auto_recording: 'none' },
    schedule_meeting: { host_video: true, participant_video: false, mute_upon_entry: true },
    meeting_security: { waiting_room: true },
  },
};

let painted: PracticePictures | undefined;

/** The practice user's pictures, painted once a process: many tests start many servers. */
function paintings(): PracticePictures {
  painted ??= {
    face: portrait(128, [38, 92, 107]),
    backgrounds: new Map([
      ['Dunes.png', landscape(320, 180, [190, 150, 90], [150, 110, 60])],
      ['Fjord.png', landscape(320, 180, [110, 150, 190], [40, 80, 70])],
      ['Night hills.png', landscape(320, 180, [20, 24, 60], [12, 30, 34])],
    ]),
  };
  return painted;
}

function background(random: SeededRandom, name: string, bytes: Buffer): Background {
  const isDefault = name === 'Fjord.png';
  return { id: random.id(), type: 'image', isDefault, ...storedFile(name, 'image/png', bytes) };
}

/** Where pictures are: at Zoom's present and former paths, and at Google for who signs in with it. */
export const pictureHomes = ['zoom', 'zoom-former', 'google'] as const;

/**
 * An address like Zoom's. As there, whoever has it may read the picture, so it is not from the seed. Google's is of another
 * server: this one answers in its place where a test leads the name here.
 */
export function pictureUrl(
  origin: string,
  version: number,
  home: (typeof pictureHomes)[number] = 'zoom',
): string {
  const id = randomBytes(32);
  if (home === 'google') return `https://lh3.googleusercontent.com/a/${id.toString('base64url')}=s96-c`;
  const folder = home === 'zoom' ? `v2/${id.toString('hex')}` : id.toString('base64url', 0, 16);
  return `${origin}/p/${folder}/${randomUUID()}-${version}`;
}

/** A way of signing in. */
function way(id: string, name: string, type: string, isDefault: boolean): JsonObject {
  return { id, name, type, domains: '', default_option: isDefault, visible: true };
}

/** Answers of the settings' `option` views at first. */
function views(): Person['views'] {
  return {
    meeting_authentication: {
      meeting_authentication: true,
      allow_authentication_exception: false,
      authentication_options: [
        way('signed-in-to-zoom-0001', 'Signed in to Zoom', 'enforce_login', true),
        way('same-account-only-0002', 'Our account only', 'enforce_login_with_same_account', false),
      ],
    },
    recording_authentication: {
      recording_authentication: false,
      authentication_options: [way('recording-internal-0001', 'Our account only', 'internally', true)],
    },
    meeting_security: { meeting_security: security() },
  };
}

function security(): JsonObject {
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
