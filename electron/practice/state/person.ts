import { createHash } from 'node:crypto';
import type { PhoneNumber } from '../../../shared/profile.ts';
import type { SettableStatus } from '../../../shared/zoom/presence.ts';
import type { JsonObject } from './settings.ts';

/** A stored file: the picture or a background. */
export interface StoredFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
  readonly sha256: string;
}

export interface Background extends StoredFile {
  readonly id: string;
  readonly type: 'image' | 'video';
  /** Set as the default background; of a person at most one is. */
  readonly isDefault: boolean;
}

/** Zoom's licence numbers. 3 (on-premises) is gone from Zoom since the reference; 4 came later. */
export const licence = { basic: 1, licensed: 2, onPrem: 3, noMeetings: 4, none: 99 } as const;

/** Zoom's role numbers. */
export const role = { owner: '0', admin: '1', member: '2' } as const;

/** What everybody has alike at first; what is not told of a person is an empty text or 0. */
export const unset = {
  loginType: 100,
  dept: '',
  jobTitle: '',
  company: '',
  location: '',
  costCenter: '',
  timezone: 'Europe/Berlin',
  language: 'en-US',
  usePmi: false,
  vanityName: '',
  pronouns: '',
  pronounsOption: 0,
  manager: '',
  cmsUserId: '',
  planUnitedType: '',
  zoomOneType: 0,
  employeeUniqueId: '',
  verified: true,
  /** By workforce management, which clocks people in and out. */
  clockedIn: false,
  /** Whether a Zoom client is signed in; without one the presence cannot be set. */
  loggedIn: false,
  clientVersion: '',
  password: 'Practice-7day!',
};

type Unset = typeof unset;

export type ViewName = 'meeting_authentication' | 'recording_authentication' | 'meeting_security';

/** A device of a Personal Zoom Room, as Zoom tells it. */
export interface Device {
  readonly id: string;
  readonly device_name: string;
  readonly room_name: string;
  readonly room_user_id: string;
  readonly status: 'Online' | 'Offline';
}

export interface MeetingTemplate {
  readonly id: string;
  readonly name: string;
  readonly settings: JsonObject;
}

export interface Licence {
  readonly license_type?: string;
  readonly license_option?: number;
  readonly subscription_id?: string;
}

/** Everything the practice Zoom knows of one person. Instants are epoch milliseconds. */
export interface Person extends Unset {
  readonly id: string;
  /** Of the personal room, as it stands in its link. */
  readonly passcode: string;
  email: string;
  firstName: string;
  lastName: string;
  displayName: string;
  type: number;
  status: 'active' | 'inactive' | 'pending';
  roleId: string;
  /** A Zoom Room and an API user are listed among the people, and refuse some calls. */
  kind: 'person' | 'room' | 'api';
  pmi: number;
  hostKey: string;
  phoneNumbers: (PhoneNumber & { readonly verified: boolean })[];
  customAttributes: { key: string; name: string; value: string }[];
  groupIds: string[];
  divisionIds: string[];
  /** Licences by subscription, as they were given. */
  licences: Licence[];
  /** Values of features that were given to several people at once, as texts. */
  features: Readonly<Record<string, string>>;
  /** Products beside meetings that the person has a licence for, as the list's filter names them. */
  products: string[];
  readonly createdAt: number;
  lastLoginAt: number;
  presence: { status: SettableStatus; endsAt?: number };
  formerPasswords: string[];
  /** Instants of the last changes. */
  passwordChanges: number[];
  picture?: StoredFile & { readonly url: string };
  backgrounds: Background[];
  devices: Device[];
  meetingTemplates: MeetingTemplate[];
  /** Ids of those who may schedule for this person. */
  assistants: string[];
  /** Ids of assistants who may also handle private events. */
  privateEventAssistants: string[];
  settings: JsonObject;
  /** Answers of the settings' `option` views. */
  views: Record<ViewName, JsonObject>;
  /** Facts that make Zoom refuse a call. */
  flags: Set<'invitation-expired' | 'call-queue' | 'managed-domain' | 'events'>;
}

export function storedFile(name: string, contentType: string, bytes: Buffer): StoredFile {
  return { name, contentType, bytes, sha256: createHash('sha256').update(bytes).digest('hex') };
}
