import type { OperationId } from '../../shared/zoom/operations.gen.ts';
import { smallPng } from './files.ts';
import type { Input } from './practice-client.ts';

/** An address of the practice account. */
export function at(local: string): string {
  return `${local}@practice.example`;
}

/** A valid call of every operation; the type holds the list to the catalogue. Those on `me` are the practice user's. */
export const validCalls: { readonly [K in OperationId]: Input<K> } = {
  users: { query: { page_size: 10 } },
  userCreate: {
    body: {
      action: 'create',
      user_info: { email: at('new.person'), type: 1, first_name: 'New', last_name: 'Person' },
    },
  },
  bulkUpdateFeature: {
    body: {
      feature_type: 'user_type',
      feature_value: '2',
      users: [{ email: at('yara.haddad') }, { id: 'nobody' }],
    },
  },
  userSummary: {},
  userEmail: { query: { email: at('amara.okonjo') } },
  userZak: {},
  userVanityName: { query: { vanity_name: 'robin.ashdown' } },
  user: {},
  userUpdate: { body: { job_title: 'Head of product' } },
  userDelete: { path: { userId: at('chiara.montefusco') }, query: { action: 'delete' } },
  userAssistants: {},
  userAssistantCreate: { body: { assistants: [{ email: at('priya.raghunathan') }] } },
  userAssistantsDelete: {},
  userAssistantDelete: { path: { assistantId: at('amara.okonjo') } },
  listCollaborationDevices: {},
  getCollaborationDevice: { path: { collaborationDeviceId: '5D0C2B9E-7A41-4E0B-9C3D-2F8A6B1E4D70' } },
  getMeetingSummaryTemplates: {},
  getUserMeetingTemplates: { path: { meetingTemplateId: 'practice-weekly-000001' } },
  userEmailUpdate: { path: { userId: at('yara.haddad') }, body: { email: at('yara') } },
  userPassword: { body: { password: 'New-9green!' } },
  userPermission: {},
  userPicture: { file: smallPng() },
  userPictureDelete: {},
  userPresenceStatus: {},
  updatePresenceStatus: { body: { status: 'Away' } },
  userSchedulers: {},
  userSchedulersDelete: {},
  userSchedulerDelete: { path: { schedulerId: at('priya.raghunathan') } },
  userSettings: {},
  userSettingsUpdate: { body: { schedule_meeting: { host_video: false } } },
  uploadVBuser: { file: smallPng() },
  delUserVB: { query: { file_ids: '' } },
  userStatus: { path: { userId: at('oskar.wielgosz') }, body: { action: 'deactivate' } },
  userToken: { query: { type: 'zak', ttl: 3600 } },
  userSSOTokenDelete: {},
};
