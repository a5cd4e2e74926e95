import { describe, expect, it } from 'vitest';
import { withPractice } from '../support/practice-client.ts';
import { at } from '../support/valid-calls.ts';

describe('what came to Zoom since 2022', () => {
  it('lists up to 2,000 people, by licence, with the host key where it is asked for', async () => {
    await withPractice({}, async (rig) => {
      const list = async (query: Record<string, string | number>) => {
        const { json } = await rig.call('users', { query }, rig.practice.adminAccessToken);
        return json as { page_size: number; users: { email: string; host_key?: string }[] };
      };
      const all = await list({ page_size: 2000, include_fields: 'host_key' });
      expect(all.page_size).toBe(2000);
      for (const { host_key } of all.users) expect(host_key).toMatch(/^\d{6,10}$/);
      const few = await list({ license: 'zoom_workforce_management' });
      expect(few.users.map(({ email }) => email)).toEqual([at('soledad.ibarra'), at('zanele.mthembu')]);
      expect(few.users[0]).not.toHaveProperty('host_key');
      expect((await list({ license: 'zoom_compliance_management' })).users).toEqual([]);
    });
  });

  it('gives a token on behalf for a meeting alone', async () => {
    await withPractice({}, async (rig) => {
      const token = (query: Record<string, string>) => rig.call('userToken', { query });
      expect(await token({ type: 'onbehalf', meeting_id: '5551234567' })).toMatchObject({
        status: 200,
        json: { token: expect.stringContaining('CANARY-') },
      });
      expect(await token({ type: 'onbehalf' })).toMatchObject({
        status: 400,
        json: { errors: [{ field: 'meeting_id' }] },
      });
    });
  });

  it('clocks people in and out without touching whether they can sign in', async () => {
    await withPractice({}, async (rig) => {
      const userId = at('soledad.ibarra');
      for (const action of ['clock_out', 'clock_in'] as const) {
        const input = { path: { userId }, body: { action } };
        const answer = await rig.call('userStatus', input, rig.practice.adminAccessToken);
        expect([answer.status, answer.json]).toEqual([200, undefined]);
      }
      const { users } = await rig.state();
      expect(users.find(({ email }) => email === userId)?.status).toBe('active');
    });
  });

  it('keeps divisions and licences by subscription, and tells them', async () => {
    await withPractice({}, async (rig) => {
      const admin = rig.practice.adminAccessToken;
      const given = {
        division_ids: ['X9CkK6pQRvyJDUOTLrtGgA'],
        license_info_list: [
          { license_type: 'MEETING', license_option: 2, subscription_id: 'SUBREF-practice-0001' },
        ],
      } as const;
      const path = { userId: at('amara.okonjo') };
      expect(await rig.call('user', { path }, admin)).not.toMatchObject({ json: { license_info_list: [] } });
      const body = {
        ...given,
        division_ids: [...given.division_ids],
        license_info_list: [...given.license_info_list],
      };
      expect((await rig.call('userUpdate', { path, body }, admin)).status).toBe(204);
      expect((await rig.call('user', { path }, admin)).json).toMatchObject(given);
    });
  });

  it('tells which assistants may also handle private events', async () => {
    await withPractice({}, async (rig) => {
      const trusted = { email: at('priya.raghunathan'), can_manage_host_private_event: true };
      expect((await rig.call('userAssistantCreate', { body: { assistants: [trusted] } })).status).toBe(201);
      const { json } = await rig.call('userAssistants', {});
      const { assistants } = json as { assistants: (typeof trusted)[] };
      expect(assistants.map(({ email, can_manage_host_private_event: may }) => [email, may])).toEqual([
        [at('amara.okonjo'), true],
        [at('jun.takemori'), false],
        [at('priya.raghunathan'), true],
      ]);
    });
  });

  it('refuses more than Zoom’s reference allows, and On-prem as a type', async () => {
    await withPractice({}, async (rig) => {
      const phone = { country: 'PT', code: '+351', number: '5550100', label: 'Office' } as const;
      const attribute = { key: 'cbf_1', name: 'Floor', value: '3' };
      for (const [field, value] of Object.entries({
        phone_numbers: [phone, phone, phone, phone],
        custom_attributes: Array.from({ length: 6 }, () => attribute),
        display_name: 'a'.repeat(129),
        about_me: 'a'.repeat(151),
        type: 3,
      })) {
        const answer = await rig.call('userUpdate', { body: { [field]: value } });
        expect(answer.json, field).toMatchObject({ code: 300, errors: [{ field }] });
      }
    });
  });
});

describe('the operations that came since', () => {
  it('count the people by licence', async () => {
    await withPractice({}, async (rig) => {
      const { json } = await rig.call('userSummary', {}, rig.practice.adminAccessToken);
      const counts = json as Record<string, number>;
      const { users } = await rig.state();
      expect(counts.total_users_count).toBe(users.filter(({ status }) => status === 'active').length);
      expect(counts).toMatchObject({ on_prem_users_count: 1, room_users_count: 1, pending_users_count: 2 });
    });
  });

  it('change a feature of several people, and say for whom it did not work and why', async () => {
    await withPractice({ limits: false }, async (rig) => {
      const change = async (
        feature_type: 'user_type' | 'webinar',
        feature_value: string,
        ...emails: string[]
      ) => {
        const body = { feature_type, feature_value, users: emails.map((email) => ({ email })) };
        const answer = await rig.call('bulkUpdateFeature', { body }, rig.practice.adminAccessToken);
        expect(answer.status).toBe(201);
        return answer.json;
      };
      const { users } = await rig.state();
      const idOf = (local: string) => users.find(({ email }) => email === at(local))?.id;
      expect(await change('user_type', '2', at('yara.haddad'), at('amara.okonjo'), 'a@b.example')).toEqual({
        success_user_ids: [idOf('yara.haddad')],
        fail_details: [
          { user_ids: [idOf('amara.okonjo')], reason: 'No need to update' },
          { user_ids: ['a@b.example'], reason: 'Users not found' },
        ],
      });
      expect((await rig.state()).users.find(({ email }) => email === at('yara.haddad'))?.type).toBe(2);
      await rig.patch({ user: at('nadia.petrenko'), type: 2 });
      expect(await change('user_type', '1', at('nadia.petrenko'), at('board.room'))).toMatchObject({
        success_user_ids: [],
        fail_details: [{ reason: 'Have upcoming events' }, { reason: "Can't update for Zoom Room users" }],
      });
      await rig.patch({ seats: { licensed: 0 }, user: at('mateo.quiroga'), type: 1 });
      expect(await change('user_type', '2', at('mateo.quiroga'))).toMatchObject({
        fail_details: [{ reason: 'Not enough seats' }],
      });
      expect(await change('webinar', '64', at('mateo.quiroga'), at('amara.okonjo'))).toMatchObject({
        success_user_ids: [idOf('amara.okonjo')],
        fail_details: [{ reason: 'Unpaid user' }],
      });
    });
  });

  it('take no more than 30 people, once in ten seconds', async () => {
    await withPractice({}, async (rig) => {
      const change = (count: number) => {
        const users = Array.from({ length: count }, () => ({ email: at('yara.haddad') }));
        const body = { feature_type: 'user_type', feature_value: '2', users } as const;
        return rig.call('bulkUpdateFeature', { body }, rig.practice.adminAccessToken);
      };
      expect(await change(31)).toMatchObject({ status: 400, json: { errors: [{ field: 'users' }] } });
      expect((await change(30)).status).toBe(201);
      expect((await change(1)).status).toBe(429);
      await rig.advance(10_000);
      expect((await change(1)).status).toBe(201);
    });
  });

  it('list a person’s devices, and tell one', async () => {
    await withPractice({}, async (rig) => {
      const { json } = await rig.call('listCollaborationDevices', {});
      const { collaboration_devices: devices } = json as { collaboration_devices: { id: string }[] };
      expect(devices).toHaveLength(2);
      for (const device of devices) {
        const path = { collaborationDeviceId: device.id };
        expect((await rig.call('getCollaborationDevice', { path })).json).toEqual(device);
      }
    });
  });

  it('refuse a template that the person does not have', async () => {
    await withPractice({}, async (rig) => {
      const path = { meetingTemplateId: 'none' };
      expect(await rig.call('getUserMeetingTemplates', { path })).toMatchObject({ status: 400, code: 300 });
    });
  });
});
