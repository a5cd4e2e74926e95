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
