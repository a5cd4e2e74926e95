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
      for (const { host_key } of all.users) expect(host_key).toMatch(/^\d{6}$/);
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
