import { expect, it } from 'vitest';
import type { SettingView } from '../../shared/settings.ts';
import { type Rig, withPractice } from '../support/practice-client.ts';

const patch = (rig: Rig, body: object, option?: SettingView) =>
  rig.call('userSettingsUpdate', { query: option ? { option } : {}, body: body as never } as never);
const fields = (json: unknown) =>
  (json as { errors?: { field: string }[] }).errors?.map(({ field }) => field);

it.each<[string, object, SettingView | undefined, readonly string[]]>([
  [
    'a name that it does not know',
    { in_meeting: { no_such: true, chat: true } },
    undefined,
    ['in_meeting.no_such'],
  ],
  ['a section that it does not know', { nowhere: { a: 1 } }, undefined, ['nowhere.a']],
  ['what is only read', { feature: { cn_meeting: true } }, undefined, ['feature.cn_meeting']],
  [
    'a view without its option',
    { meeting_security: { waiting_room: true } },
    undefined,
    ['meeting_security.waiting_room'],
  ],
  ['settings with an option', { in_meeting: { chat: true } }, 'meeting_security', ['in_meeting.chat']],
  [
    'an unknown name of a view',
    { meeting_security: { no_such: 1 } },
    'meeting_security',
    ['meeting_security.no_such'],
  ],
  [
    'the switch of the other view',
    { recording_authentication: true },
    'meeting_authentication',
    ['recording_authentication'],
  ],
  [
    'an option without its action',
    { authentication_option: { id: 'signed-in-to-zoom-0001', name: 'x' } },
    'meeting_authentication',
    ['authentication_option.action'],
  ],
  [
    'an option that is not there',
    { authentication_option: { action: 'hide', id: 'x' } },
    'meeting_authentication',
    ['authentication_option.id'],
  ],
  [
    'a type of recordings',
    { authentication_option: { action: 'update', id: 'signed-in-to-zoom-0001', type: 'internally' } },
    'meeting_authentication',
    ['authentication_option.type'],
  ],
  [
    'a number out of range',
    { recording: { recording_password_requirement: { length: 11 } } },
    undefined,
    ['recording.recording_password_requirement.length'],
  ],
])('the practice Zoom refuses %s, names it, and changes nothing', async (_name, body, option, named) => {
  await withPractice({}, async (rig) => {
    const read = async () =>
      (await rig.call('userSettings', { query: option ? { option } : {} } as never)).json;
    const before = await read();
    const answer = await patch(rig, body, option);
    expect(answer).toMatchObject({ status: 400, code: 300, message: 'Validation Failed.' });
    expect(fields(answer.json)).toEqual(named);
    expect(await read()).toEqual(before);
  });
});

it('the practice Zoom locks settings, groups of them, and those of a view', async () => {
  await withPractice({}, async (rig) => {
    await rig.patch({ locked: ['in_meeting.webinar_chat', 'meeting_security.waiting_room'] });
    const group = await patch(rig, { in_meeting: { webinar_chat: { enable: false } } });
    expect(group).toMatchObject({
      code: 200,
      message: expect.stringMatching(/locked.*: in_meeting\.webinar_chat\.enable\.$/),
    });
    expect(await patch(rig, { meeting_security: { waiting_room: false } }, 'meeting_security')).toMatchObject(
      { code: 200 },
    );
    expect(
      await patch(rig, { meeting_security: { phone_password: false } }, 'meeting_security'),
    ).toMatchObject({ status: 204 });
  });
});

const unmute = (name = '') => ({ in_meeting: { [`request_permission_to_unmute${name}`]: false } });

it('the practice Zoom tells and takes the settings of today, or those of 2022 by their names then', async () => {
  await withPractice({}, async (rig) => {
    const read = async () => (await rig.call('userSettings')).json;
    const summary = { recording: { smart_recording: { create_next_steps: true } } };
    expect(await read()).toMatchObject({
      in_meeting: { request_permission_to_unmute_participants: true, meeting_question_answer: true },
      whiteboard: { in_meeting_advanced_whiteboard: true },
    });
    expect(await patch(rig, unmute())).toMatchObject({ status: 400, code: 300 });
    expect(await patch(rig, { ...unmute('_participants'), ...summary })).toMatchObject({ status: 204 });
    expect(await read()).toMatchObject({ ...unmute('_participants'), ...summary });

    await rig.patch({ vintage: '2022' });
    const old = (await read()) as Record<string, Record<string, unknown>>;
    expect(old).toMatchObject(unmute());
    expect(old).not.toHaveProperty('whiteboard');
    for (const name of [
      'request_permission_to_unmute_participants',
      'meeting_polling',
      'allow_show_zoom_windows',
    ])
      expect(old.in_meeting).not.toHaveProperty(name);
    const refused = await patch(rig, { ...unmute('_participants'), ...summary });
    expect(refused).toMatchObject({ status: 400, code: 300 });
    expect(fields(refused.json)).toEqual([
      'in_meeting.request_permission_to_unmute_participants',
      'recording.smart_recording.create_next_steps',
    ]);
    expect(await patch(rig, { in_meeting: { request_permission_to_unmute: true } })).toMatchObject({
      status: 204,
    });
    expect(await read()).toMatchObject({ in_meeting: { request_permission_to_unmute: true } });
  });
});

it('the practice Zoom refuses names that it does not know, passes over them, or takes those of its own', async () => {
  await withPractice({}, async (rig) => {
    const read = async () => (await rig.call('userSettings')).json;
    await rig.patch({ settings: { in_meeting: { of_tomorrow: 'a' } } });
    const body = { in_meeting: { of_tomorrow: 'b', chat: false }, feature: { cn_meeting: true } };
    expect(fields((await patch(rig, body)).json)).toEqual(['in_meeting.of_tomorrow', 'feature.cn_meeting']);
    await rig.patch({ unknownSettings: 'ignored' });
    expect(await patch(rig, body)).toMatchObject({ status: 204 });
    expect(await read()).toMatchObject({
      in_meeting: { of_tomorrow: 'a', chat: false },
      feature: { cn_meeting: false },
    });
    const view = { meeting_security: { no_such: 1, waiting_room: false } };
    expect(await patch(rig, view, 'meeting_security')).toMatchObject({ status: 204 });
    await rig.patch({ unknownSettings: 'taken' });
    expect(fields((await patch(rig, body)).json)).toEqual(['feature.cn_meeting']);
    expect(await patch(rig, { in_meeting: { of_tomorrow: 'b' } })).toMatchObject({ status: 204 });
    expect(await read()).toMatchObject({ in_meeting: { of_tomorrow: 'b' } });
    expect(fields((await patch(rig, { in_meeting: { nobody: 1 } })).json)).toEqual(['in_meeting.nobody']);
  });
});
