import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import catalogue from '../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { smallMp4, smallPng } from '../support/files.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';
import { at } from '../support/valid-calls.ts';

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

interface Page {
  readonly users: readonly {
    readonly id?: string;
    readonly email: string;
    readonly custom_attributes?: unknown;
  }[];
  readonly next_page_token: string;
  readonly total_records: number;
  readonly page_count: number;
  readonly page_number: number;
}

async function list(rig: Rig, query: Record<string, string | number> = {}) {
  const answer = await rig.call('users', { query }, rig.practice.adminAccessToken);
  return { ...answer, page: answer.json as Page };
}

describe('the account', () => {
  it('has about forty people, the same ones for the same seed', async () => {
    const emails = (seed: number) => withPractice({ seed }, async (rig) => (await rig.state()).users);
    const [first, again, other] = [await emails(7), await emails(7), await emails(8)];
    expect(first.length).toBeGreaterThanOrEqual(38);
    expect(again).toEqual(first);
    expect(other.map((user) => user.id)).not.toEqual(first.map((user) => user.id));
  });

  it('is listed page by page, with tokens that live fifteen minutes', async () => {
    await withPractice({}, async (rig) => {
      const { users } = await rig.state();
      const active = users.filter((user) => user.status === 'active').map((user) => user.email);
      const seen: string[] = [];
      let token = '';
      do {
        const { page } = await list(rig, { page_size: 7, ...(token ? { next_page_token: token } : {}) });
        expect(page).toMatchObject({
          total_records: active.length,
          page_count: Math.ceil(active.length / 7),
        });
        seen.push(...page.users.map((user) => user.email));
        token = page.next_page_token;
      } while (token);
      expect(seen).toEqual(active);

      const { page } = await list(rig, { page_size: 7 });
      await rig.advance(15 * 60_000);
      expect(await list(rig, { page_size: 7, next_page_token: page.next_page_token })).toMatchObject({
        status: 400,
        code: 300,
      });
      expect((await list(rig, { page_size: 7, page_number: 2 })).page.users[0]?.email).toBe(active[7]);
    });
  });

  it('lists by status and role; who was only invited has no id yet', async () => {
    await withPractice({}, async (rig) => {
      const pending = (await list(rig, { status: 'pending' })).page.users;
      expect(pending.map((user) => user.id)).toEqual([undefined, undefined]);
      expect((await list(rig, { role_id: '0' })).page.users.map((user) => user.email)).toEqual([
        at('marguerite.delacroix-hahn'),
      ]);
      const [robin] = (await list(rig, { include_fields: 'custom_attributes' })).page.users;
      expect(robin?.custom_attributes).toMatchObject([{ name: 'Floor', value: '3' }]);
      expect(await list(rig, { page_size: 2001 })).toMatchObject({
        json: { errors: [{ field: 'page_size' }] },
      });
    });
  });

  it('gains and loses people', async () => {
    await withPractice({}, async (rig) => {
      const admin = rig.practice.adminAccessToken;
      const user_info = { email: at('new.person'), type: 1 as const, password: 'Blue-7green!' };
      const made = await rig.call('userCreate', { body: { action: 'autoCreate', user_info } }, admin);
      const { id } = made.json as { id: string };
      expect((await rig.call('user', { path: { userId: id } }, admin)).json).toMatchObject({
        email: at('new.person'),
      });
      expect((await rig.call('userDelete', { path: { userId: id } }, admin)).status).toBe(204);
      expect(await rig.call('user', { path: { userId: id } }, admin)).toMatchObject({
        status: 404,
        code: 1001,
      });
    });
  });

  it('ends the tokens and delegations of who was removed', async () => {
    await withPractice({}, async (rig) => {
      const path = { userId: at('robin.ashdown') };
      await rig.call('userDelete', { path, query: { action: 'delete' } }, rig.practice.adminAccessToken);
      expect(await rig.call('user')).toMatchObject({ status: 401, code: 124 });
      const priya = { path: { userId: at('priya.raghunathan') } };
      const { json } = await rig.call('userAssistants', priya, rig.practice.adminAccessToken);
      expect(json).toEqual({ assistants: [] });
    });
  });
});

describe('routes', () => {
  it('that are fixed win over a user id', async () => {
    await withPractice({}, async (rig) => {
      expect((await rig.call('userEmail', { query: { email: at('amara.okonjo') } })).json).toEqual({
        existed_email: true,
      });
      const { requests } = await rig.state();
      expect(requests.map((request) => request.operationId)).toEqual(['userEmail']);
    });
  });

  it.each([
    ['name', { first_name: 'Robyn' }, "a user's name"],
    ['host_key', { host_key: '123456' }, 'the host key'],
    ['pmi', { pmi: 5_550_001_234 }, 'a Personal Meeting ID (PMI)'],
    ['vanity_name', { vanity_name: 'robin.a' }, 'a vanity name'],
  ])(
    'is refused for a plain user where the account keeps the %s for administrators',
    async (what, body, words) => {
      await withPractice({}, async (rig) => {
        await rig.patch({ adminOnly: [what] });
        const { status, json } = await rig.call('userUpdate', { body });
        expect({ status, json }).toEqual({
          status: 400,
          json: { code: 200, message: `Only an account administrator can change ${words}.` },
        });
        expect(
          (
            await rig.call(
              'userUpdate',
              { path: { userId: rig.practice.email }, body },
              rig.practice.adminAccessToken,
            )
          ).status,
        ).toBe(204);
      });
    },
  );

  it('leave addresses of e-mail to administrators', async () => {
    await withPractice({}, async (rig) => {
      const call = { path: { userId: rig.practice.email }, body: { email: at('robin') } };
      expect(await rig.call('userEmailUpdate', call)).toMatchObject({
        status: 400,
        json: { code: 200, message: 'Only an account administrator can change email.' },
      });
      expect((await rig.call('userEmailUpdate', call, rig.practice.adminAccessToken)).status).toBe(204);
    });
  });

  it('take a user id with any character, encoded', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ adminOnly: [] });
      await rig.call('userEmailUpdate', { body: { email: 'r+a%2f@practice.example' } });
      const answer = await rig.call('user', { path: { userId: 'r+a%2f@practice.example' } });
      expect(answer.json).toMatchObject({ id: rig.practice.userId });
    });
  });

  it('that Zoom does not have answer 404 with a code', async () => {
    await withPractice({}, async (rig) => {
      const response = await fetch(`${rig.practice.apiUrl}/meetings`);
      expect({ status: response.status, body: await response.json() }).toMatchObject({
        status: 404,
        body: { code: 2300 },
      });
    });
  });

  it.each([
    ['no JSON', 'not json', 'application/json'],
    ['a list', '[]', 'application/json'],
    ['text', '{"status":"Away"}', 'text/plain'],
    ['nothing', '', 'application/json'],
  ])('refuse a body that is %s', async (_, body, type) => {
    await withPractice({}, async (rig) => {
      const response = await fetch(`${rig.practice.apiUrl}/users/me`, {
        method: 'PATCH',
        headers: { authorization: `Bearer ${rig.practice.accessToken}`, 'content-type': type },
        body,
      });
      expect(response.status).toBe(400);
      expect(await response.json()).toMatchObject({ code: 300 });
    });
  });

  it('refuse a query that the operation does not have', async () => {
    await withPractice({}, async (rig) => {
      const answer = await rig.call('user', { query: { verbose: 'yes' } });
      expect(answer).toMatchObject({ status: 400, json: { errors: [{ field: 'verbose' }] } });
    });
  });
});

describe('a profile', () => {
  it('keeps what is changed and leaves the rest', async () => {
    await withPractice({}, async (rig) => {
      const before = (await rig.call('user')).json as Record<string, unknown>;
      const body = {
        first_name: 'Robyn',
        job_title: 'Head of product',
        pmi: 5_550_001_234,
        pronouns_option: 3 as const,
      };
      expect((await rig.call('userUpdate', { body })).status).toBe(204);
      const after = (await rig.call('user')).json as Record<string, unknown>;
      expect(after).toEqual({
        ...before,
        ...body,
        display_name: 'Robyn Ashdown',
        personal_meeting_url: expect.stringContaining('/j/5550001234'),
      });
    });
  });

  it('leaves out what is not set', async () => {
    await withPractice({}, async (rig) => {
      const keys = [
        'phone_numbers',
        'phone_number',
        'phone_country',
        'pronouns',
        'pronouns_option',
        'company',
        'dept',
        'job_title',
        'location',
        'cost_center',
        'custom_attributes',
        'manager',
        'vanity_url',
        'pic_url',
        'cms_user_id',
      ];
      const user_info = { email: at('new.person'), type: 1 as const, password: 'Blue-7green!' };
      const body = { action: 'autoCreate' as const, user_info };
      const admin = rig.practice.adminAccessToken;
      const { id } = (await rig.call('userCreate', { body }, admin)).json as { id: string };
      const { json } = await rig.call('user', { path: { userId: id } }, admin);
      expect(keys.filter((key) => Object.hasOwn(json as object, key))).toEqual([]);
      const none = { company: '', dept: '', job_title: '', location: '', pronouns: '', phone_numbers: [] };
      expect((await rig.call('userUpdate', { body: none })).status).toBe(204);
      const mine = (await rig.call('user')).json as object;
      expect(Object.keys(none).filter((key) => Object.hasOwn(mine, key))).toEqual([]);
    });
  });

  it('refuses values over Zoom’s limits, naming the fields', async () => {
    await withPractice({}, async (rig) => {
      const body = { first_name: 'x'.repeat(65), pmi: 12, job_title: 'y'.repeat(129) };
      const { json } = await rig.call('userUpdate', { body });
      const { errors } = json as { errors: { field: string }[] };
      expect(errors.map((error) => error.field).sort()).toEqual(['first_name', 'job_title', 'pmi']);
    });
  });
});

describe('pictures and backgrounds', () => {
  it('stores the picture byte for byte and shows it at its address', async () => {
    await withPractice({}, async (rig) => {
      const picture = smallPng(33);
      const before = (await rig.call('user')).json as { pic_url: string };
      expect(await rig.call('userPicture', { file: picture })).toMatchObject({ status: 201, json: {} });
      expect((await rig.state()).me.picture).toMatchObject({
        sha256: sha256(picture.bytes),
        type: 'image/png',
      });
      const { pic_url } = (await rig.call('user')).json as { pic_url: string };
      expect(pic_url).not.toBe(before.pic_url);
      const shown = new Uint8Array(await (await fetch(pic_url)).arrayBuffer());
      expect(sha256(shown)).toBe(sha256(picture.bytes));
      await rig.call('userPictureDelete');
      expect((await rig.call('user')).json).not.toHaveProperty('pic_url');
      expect((await fetch(pic_url)).status).toBe(404);
    });
  });

  it('lists backgrounds in the settings; videos count as such; ids are like Zoom’s', async () => {
    await withPractice({}, async (rig) => {
      const added = (await rig.call('uploadVBuser', { file: smallMp4 })).json as { id: string };
      expect(added).toMatchObject({
        name: 'clip.mp4',
        type: 'video',
        is_default: false,
        size: smallMp4.bytes.length,
      });
      expect(added.id).toMatch(/^[\w-]{22}$/);
      const query = { custom_query_fields: 'virtual_background_settings' };
      const { json } = await rig.call('userSettings', { query });
      const { files } = (json as { in_meeting: { virtual_background_settings: { files: { id: string }[] } } })
        .in_meeting.virtual_background_settings;
      expect(files).toHaveLength(4);
      expect(files[3]).toEqual(added);
    });
  });

  it('has one default background; deleted none is, until another is added', async () => {
    await withPractice({}, async (rig) => {
      const defaults = async () =>
        (await rig.state()).me.backgrounds.filter((file) => file.is_default).map((file) => file.name);
      const [fjord] = (await rig.state()).me.backgrounds.filter((file) => file.is_default);
      expect(await defaults()).toEqual(['Fjord.png']);
      expect((await rig.call('delUserVB', { query: { file_ids: fjord?.id ?? '' } })).status).toBe(204);
      expect(await defaults()).toEqual([]);
      const added = () => rig.call('uploadVBuser', { file: smallPng() });
      expect((await added()).json).toMatchObject({ is_default: true });
      expect((await added()).json).toMatchObject({ is_default: false });
      expect(await defaults()).toHaveLength(1);
    });
  });

  it('removes only the backgrounds that are named, all or none', async () => {
    await withPractice({}, async (rig) => {
      const ids = (await rig.state()).me.backgrounds.map((file) => file.id);
      const remove = (file_ids: string) => rig.call('delUserVB', { query: { file_ids } });
      expect(await remove(`${ids[0]},unknown`)).toMatchObject({
        code: 300,
        message: 'Invalid parameter: file_ids',
      });
      expect((await rig.state()).me.backgrounds).toHaveLength(3);
      expect((await remove(`${ids[0]},${ids[2]}`)).status).toBe(204);
      expect((await rig.state()).me.backgrounds.map((file) => file.id)).toEqual([ids[1]]);
    });
  });

  it('takes fifteen megabytes and not one byte more', async () => {
    await withPractice({}, async (rig) => {
      const bytes = new Uint8Array(15 * 1024 * 1024);
      bytes.set(smallPng().bytes);
      expect((await rig.call('uploadVBuser', { file: { name: 'whole.png', bytes } })).status).toBe(201);
      expect((await rig.state()).me.backgrounds.at(-1)?.sha256).toBe(sha256(bytes));
    });
  });
});

describe('delegates', () => {
  it('an assistant of one person has that person as a scheduler', async () => {
    await withPractice({}, async (rig) => {
      const { me } = await rig.state();
      expect([me.assistants.length, me.schedulers.length]).toEqual([2, 2]);
      const body = { assistants: [{ email: at('priya.raghunathan') }] };
      expect(await rig.call('userAssistantCreate', { body })).toMatchObject({
        status: 201,
        json: { ids: expect.any(String) },
      });
      const priya = { path: { userId: at('priya.raghunathan') } };
      const { json } = await rig.call('userSchedulers', priya, rig.practice.adminAccessToken);
      expect(json).toMatchObject({ schedulers: [{ email: at('robin.ashdown') }] });
      await rig.call('userSchedulersDelete');
      await rig.call('userAssistantsDelete');
      const after = (await rig.state()).me;
      expect([after.assistants, after.schedulers]).toEqual([[], []]);
    });
  });

  it('one refused in a list keeps all from being added', async () => {
    await withPractice({}, async (rig) => {
      const body = {
        assistants: [{ email: at('priya.raghunathan') }, { email: 'stranger@elsewhere.example' }],
      };
      expect(await rig.call('userAssistantCreate', { body })).toMatchObject({ code: 200 });
      expect((await rig.state()).me.assistants).toHaveLength(2);
    });
  });
});

interface SchemaNode {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, SchemaNode>>;
}

/** Every leaf of a definition in the catalogue, walked without the practice Zoom's own code. */
function leaves(node: SchemaNode, path = ''): string[] {
  const definitions = catalogue.definitions as Record<string, SchemaNode>;
  const target = node.$ref ? (definitions[node.$ref.split('/').at(-1) ?? ''] ?? node) : node;
  if (!target.properties) return [path];
  return Object.entries(target.properties).flatMap(([key, child]) =>
    leaves(child, path ? `${path}.${key}` : key),
  );
}

const read = (value: unknown, path: string): unknown =>
  path
    .split('.')
    .reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], value);

describe('settings', () => {
  it('have every leaf of the catalogue', async () => {
    await withPractice({}, async (rig) => {
      const { json } = await rig.call('userSettings');
      const all = leaves({ $ref: '#/definitions/UserSettings' });
      expect(all.length).toBeGreaterThan(150);
      expect(all.filter((path) => read(json, path) === undefined)).toEqual([]);
    });
  });

  it('change one leaf and leave all others', async () => {
    await withPractice({}, async (rig) => {
      const before = (await rig.call('userSettings')).json as Record<string, Record<string, unknown>>;
      const body = { in_meeting: { entry_exit_chime: 'host' as const, webinar_chat: { enable: false } } };
      expect((await rig.call('userSettingsUpdate', { body })).status).toBe(204);
      const after = (await rig.call('userSettings')).json;
      const webinar_chat = { ...(before.in_meeting?.webinar_chat as object), enable: false };
      expect(after).toEqual({
        ...before,
        in_meeting: { ...before.in_meeting, entry_exit_chime: 'host', webinar_chat },
      });
    });
  });

  it.each([
    [{ audio_conferencing: { toll_free_and_fee_based_toll_call: { enable: false } } }, 300],
    [{ feature: { cn_meeting: true } }, 300],
    [{ telephony: { telephony_regions: { allowed_values: [] } } }, 300],
    [{ in_meeting: { e2e_encryption: true } }, 200],
    [{ recording: { auto_delete_cmr: false } }, 200],
    [{ schedule_meeting: { host_video: 'yes' } }, 300],
    [{ recording: { recording_password_requirement: { length: 11 } } }, 300],
    [{ in_meeting: { data_center_regions: ['US'], custom_data_center_regions: false } }, 300],
  ])('refuse %j with %d and change nothing', async (body, code) => {
    await withPractice({}, async (rig) => {
      const before = (await rig.call('userSettings')).json;
      expect(await rig.call('userSettingsUpdate', { body: body as never })).toMatchObject({
        status: 400,
        code,
      });
      expect((await rig.call('userSettings')).json).toEqual(before);
    });
  });

  it('take what can be written and not read, without showing it', async () => {
    await withPractice({}, async (rig) => {
      const body = { in_meeting: { auto_answer: true } };
      expect((await rig.call('userSettingsUpdate', { body })).status).toBe(204);
      const { json } = await rig.call('userSettings');
      expect(read(json, 'in_meeting.auto_answer')).toBeUndefined();
    });
  });

  it('answer only the fields asked for, in their sections', async () => {
    await withPractice({}, async (rig) => {
      const query = { custom_query_fields: 'host_video,entry_exit_chime' };
      expect((await rig.call('userSettings', { query })).json).toEqual({
        schedule_meeting: { host_video: true },
        in_meeting: { entry_exit_chime: 'none' },
      });
    });
  });

  it('answer of a group that is asked for only its single values, where Zoom is read so', async () => {
    await withPractice({}, async (rig) => {
      await rig.patch({ queriedGroups: 'values' });
      const query = { custom_query_fields: 'virtual_background,virtual_background_settings' };
      const { json } = await rig.call('userSettings', { query });
      expect(json).toEqual({
        in_meeting: {
          virtual_background: true,
          virtual_background_settings: expect.not.objectContaining({ files: expect.anything() }),
        },
      });
      expect(read(json, 'in_meeting.virtual_background_settings.enable')).toBe(true);
    });
  });

  it('have views of authentication and security that can be changed', async () => {
    await withPractice({}, async (rig) => {
      const view = async (option: string) => (await rig.call('userSettings', { query: { option } })).json;
      const meeting = (await view('meeting_authentication')) as { authentication_options: { id: string }[] };
      expect(meeting).toMatchObject({ meeting_authentication: true, allow_authentication_exception: false });
      const id = meeting.authentication_options[1]?.id ?? '';
      await rig.call('userSettingsUpdate', {
        query: { option: 'meeting_authentication' },
        body: {
          meeting_authentication: false,
          authentication_option: { action: 'update', id, default_option: true },
        },
      });
      expect(await view('meeting_authentication')).toMatchObject({
        meeting_authentication: false,
        authentication_options: [{ default_option: false }, { id, default_option: true }],
      });
      expect(await view('recording_authentication')).toMatchObject({ recording_authentication: false });
      await rig.call('userSettingsUpdate', {
        query: { option: 'meeting_security' },
        body: { meeting_security: { encryption_type: 'e2ee' } },
      });
      expect(await view('meeting_security')).toMatchObject({
        meeting_security: { encryption_type: 'e2ee', waiting_room: true },
      });
    });
  });
});
