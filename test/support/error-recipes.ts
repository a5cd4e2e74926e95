import type { PracticeOptions } from '../../electron/practice/server.ts';
import { type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import type { OperationTypes } from '../../shared/zoom/types.gen.ts';
import { pngOfSize, smallPng, textFile } from './files.ts';
import type { Answer, Input, Rig } from './practice-client.ts';
import { at, validCalls } from './valid-calls.ts';

/** One way to meet an error: state and input, without a fault. */
interface Recipe {
  readonly options?: PracticeOptions;
  readonly run: (rig: Rig) => Promise<Answer>;
}

type State = Record<string, unknown>;

/** As the practice user, after changing the state. */
function own<K extends OperationId>(id: K, input: Input<K>, state?: State): Recipe {
  return after(state, (rig) => rig.call(id, input, rig.practice.accessToken));
}

/** As an administrator, after changing the state. */
function asAdmin<K extends OperationId>(id: K, input: Input<K>, state?: State): Recipe {
  return after(state, (rig) => rig.call(id, input, rig.practice.adminAccessToken));
}

function after(state: State | undefined, run: Recipe['run']): Recipe {
  return {
    async run(rig) {
      if (state) await rig.patch(state);
      return run(rig);
    },
  };
}

type UserInfo = NonNullable<OperationTypes['userCreate']['body']['user_info']>;
type Action = OperationTypes['userCreate']['body']['action'];

function create(info: Partial<UserInfo>, state?: State, action: Action = 'create'): Recipe {
  const user_info: UserInfo = { email: at('new.person'), type: 1, ...info };
  return asAdmin('userCreate', { body: { action, user_info } }, state);
}

function update(body: OperationTypes['userUpdate']['body'], state?: State): Recipe {
  return own('userUpdate', { body }, state);
}

function updateOther(local: string, body: OperationTypes['userUpdate']['body'], state?: State): Recipe {
  return asAdmin('userUpdate', { path: { userId: at(local) }, body }, state);
}

function remove(local: string, query: OperationTypes['userDelete']['query'] = {}, state?: State): Recipe {
  return asAdmin('userDelete', { path: { userId: at(local) }, query }, state);
}

function assistant(email: string, state?: State): Recipe {
  return own('userAssistantCreate', { body: { assistants: [{ email }] } }, state);
}

function password(text: string, state?: State): Recipe {
  return own('userPassword', { body: { password: text } }, state);
}

function feature(wanted: Record<string, unknown>, state?: State, local?: string): Recipe {
  const body = { feature: wanted };
  if (local === undefined) return own('userSettingsUpdate', { body }, state);
  return asAdmin('userSettingsUpdate', { path: { userId: at(local) }, body }, state);
}

const inTurn = (id: OperationId, inputs: readonly Input[]): Recipe => ({
  run: async (rig) => {
    let last: Answer | undefined;
    for (const input of inputs) last = await rig.call(id, input);
    if (!last) throw new Error('Nothing was called');
    return last;
  },
});

function feature30(change: Partial<OperationTypes['bulkUpdateFeature']['body']>, state?: State): Recipe {
  const body = { ...validCalls.bulkUpdateFeature.body, ...change };
  return asAdmin('bulkUpdateFeature', { body } as Input<'bulkUpdateFeature'>, state);
}

const basic = { type: 1 };
const unknownSubscription = {
  license_type: 'MEETING',
  license_option: 2,
  subscription_id: 'SUBREF-none',
} as const;
const admins = (what: string) => ({ adminOnly: [what] });

/** Every call takes a second, so that no limit by the second is met. */
function steppingClock(): PracticeOptions {
  let now = Date.now();
  return {
    plan: 'free',
    now: () => {
      now += 1000;
      return now;
    },
  };
}

const recipes: Readonly<Record<string, readonly Recipe[]>> = {
  'userCreate 400/200': [create({}, { createAllowed: false })],
  'userCreate 400/300': [
    create({ password: 'all-lower-case-7' }, undefined, 'autoCreate'),
    create({ first_name: 'Forbiddenword' }),
    create({ plan_united_type: '3' as '1' }),
    create({ license_info_list: [unknownSubscription] }),
  ],
  'userCreate 400/1009': [create({ email: 'taken@elsewhere.example' })],
  'userCreate 400/1107': [create({ email: 'someone@blocked.example' })],
  'userCreate 400/1108': [create({ type: 99 })],
  'userCreate 400/1116': [create({ email: 'a@other.example' }, { limitedDomains: ['practice.example'] })],
  'userCreate 400/2002': [create({}, undefined, 'ssoCreate')],
  'userCreate 400/2032': [create({}, { sso: 'on' }, 'ssoCreate')],
  'userCreate 400/2033': [create({}, { seats: { basic: 1 } })],
  'userCreate 400/2034': [create({ type: 2 }, { seats: { licensed: 1 } })],
  'userCreate 400/2038': [create({ feature: { zoom_one_type: 16 } }, { seats: { zoomOne: 0 } })],
  'userCreate 404/1102': [create({ feature: { zoom_phone: true } })],
  'userCreate 409/1005': [create({ email: at('amara.okonjo') })],
  'userCreate 429/429': [
    {
      options: steppingClock(),
      run: async (rig) => {
        const invite = (count: number) =>
          rig.call(
            'userCreate',
            { body: { action: 'create', user_info: { email: at(`guest${count}`), type: 1 } } },
            rig.practice.adminAccessToken,
          );
        for (let count = 0; count < 50; count += 1) await invite(count);
        return invite(50);
      },
    },
  ],
  'bulkUpdateFeature 400/200': [
    feature30({}, { plan: 'free' }),
    feature30({ feature_type: 'zoom_clips_plus' }),
  ],
  'bulkUpdateFeature 400/300': [
    feature30({ feature_value: '3' }),
    feature30({ subscription_id: 'SUBREF-none' }),
  ],
  'bulkUpdateFeature 429/429': [
    {
      options: {},
      run: async (rig) => {
        await feature30({}).run(rig);
        return feature30({}).run(rig);
      },
    },
  ],
  'getCollaborationDevice 404/1238': [
    own('getCollaborationDevice', { path: { collaborationDeviceId: 'none' } }),
  ],
  'userEmail 400/300': [own('userEmail', {})],
  'userVanityName 400/300': [own('userVanityName', {})],
  'user 400/1120': [asAdmin('user', { path: { userId: at('wren.castellane') } })],
  'userUpdate 400/200': [
    updateOther('board.room', { type: 1 }, { user: at('board.room'), type: 2 }),
    update({ pmi: 5_550_001_234 }, { type: 4 }),
    update({ first_name: 'Robyn' }, admins('name')),
    update({ host_key: '482913' }, admins('host_key')),
    update({ pmi: 5_550_001_234 }, admins('pmi')),
    update({ vanity_name: 'robin' }, admins('vanity_name')),
  ],
  'userUpdate 400/300': [
    update({ last_name: 'Forbiddenword' }),
    update({ type: 1 }, { flags: ['events'] }),
    update({ plan_united_type: '3' as '1' }),
    update({ type: 1, zoom_one_type: 16 }),
    update({ zoom_one_type: 0 }),
    update({ about_me: 'See https://example.com' }),
    update({ linkedin_url: 'https://example.com/in/robin' }),
    update({ license_info_list: [unknownSubscription] }),
  ],
  'userUpdate 400/1108': [update({ type: 99 })],
  'userUpdate 400/1109': [update({ pmi: 5_550_001_234 }, basic)],
  'userUpdate 400/1120': [updateOther('wren.castellane', { dept: 'Art' })],
  'userUpdate 400/2033': [update({ type: 1 }, { seats: { basic: 1 } })],
  'userUpdate 400/2034': [updateOther('yara.haddad', { type: 2 }, { seats: { licensed: 1 } })],
  'userUpdate 400/2038': [update({ zoom_one_type: 16 }, { seats: { zoomOne: 0 } })],
  'userUpdate 400/4100': [updateOther('jun.takemori', { vanity_name: 'Robin.Ashdown' })],
  'userDelete 400/300': [
    remove('oskar.wielgosz', { transfer_email: at('oskar.wielgosz') }),
    remove('calendar.sync'),
    remove('nadia.petrenko'),
    remove('oskar.wielgosz', { transfer_email: at('yara.haddad'), transfer_meeting: true }),
  ],
  'userDelete 400/200': [
    remove('oskar.wielgosz', { transfer_email: 'someone@elsewhere.example' }),
    remove('board.room'),
    remove('gideon.abramov', { action: 'delete' }),
  ],
  'userDelete 400/1000': [remove('soledad.ibarra')],
  'userDelete 400/1107': [remove('eino.lahtinen')],
  'userDelete 400/1117': [remove('marguerite.delacroix-hahn')],
  'userDelete 400/1120': [remove('wren.castellane')],
  'userDelete 429/429': [
    {
      options: {},
      run: async (rig) => {
        const call = () => rig.call('userDelete', validCalls.userDelete, rig.practice.adminAccessToken);
        await rig.fault({ kind: 'delay', ms: 300 }, { operationId: 'userDelete' }, 2);
        const answers = await Promise.all([call(), call()]);
        const refused = answers.find((answer) => answer.status === 429);
        if (!refused || !answers.some((answer) => answer.status === 204)) throw new Error('Not one of each');
        return refused;
      },
    },
  ],
  'userAssistantCreate 400/200': [
    assistant(at('priya.raghunathan'), { plan: 'free' }),
    assistant(at('priya.raghunathan'), basic),
    assistant(at('yara.haddad')),
    assistant(at('robin.ashdown')),
    assistant('stranger@elsewhere.example'),
    assistant(at('amara.okonjo')),
  ],
  'userEmailUpdate 400/200': [own('userEmailUpdate', { body: { email: at('robin') } })],
  'userEmailUpdate 400/1000': [
    asAdmin('userEmailUpdate', {
      path: { userId: at('marguerite.delacroix-hahn') },
      body: { email: at('marguerite') },
    }),
  ],
  'userPassword 400/300': [
    password('Practice-7day!'),
    inTurn(
      'userPassword',
      ['One-green7!', 'Two-green7!', 'Three-green7!', 'Four-green7!'].map((text) => ({
        body: { password: text },
      })),
    ),
  ],
  'userPassword 400/1117': [password('New-9green!', { roleId: '1' })],
  'userPassword 400/1123': [password('New-9green!', { loginType: 1 })],
  'userPassword 400/1124': [password('aB3!')],
  'userPassword 400/1125': [password('9513-7246!')],
  'userPassword 400/1126': [password('Green-trees!')],
  'userPassword 400/1127': [password('Green7trees')],
  'userPassword 400/1128': [password('green-7trees!')],
  'userPassword 400/1129': [
    inTurn('userPassword', [{ body: { password: 'New-9green!' } }, { body: { password: 'Practice-7day!' } }]),
  ],
  'userPassword 400/1130': [password('Greeeen-7tree!')],
  'userPassword 400/1131': [password('Green-1234!')],
  'userPassword 400/1136': [password('Qwerty-7green!')],
  'userPicture 400/120': [
    own('userPicture', { file: { name: 'empty.png', bytes: new Uint8Array() } }),
    own('userPicture', { file: pngOfSize(2 * 1024 * 1024 + 1) }),
    own('userPicture', { file: textFile }),
    { run: (rig) => uploadWithoutFilename(rig, 'userPicture') },
  ],
  'userPicture 400/200': [own('userPicture', { file: smallPng() }, admins('picture'))],
  'userPicture 400/300': [own('userPicture', { file: smallPng(9, 'explicit.png') })],
  'userPictureDelete 400/200': [own('userPictureDelete', {}, admins('picture'))],
  'userPresenceStatus 400/5301': [own('userPresenceStatus', {}, { presenceReading: 'fails' })],
  'userPresenceStatus 400/5411': [own('userPresenceStatus', {}, { presenceReading: 'refused' })],
  'updatePresenceStatus 400/5301': [
    own('updatePresenceStatus', { body: { status: 'Away' } }, { loggedIn: false }),
  ],
  'updatePresenceStatus 400/5411': [
    own('updatePresenceStatus', { body: { status: 'Away' } }, { presenceAllowed: false }),
  ],
  'updatePresenceStatus 429/429': [
    {
      ...inTurn('updatePresenceStatus', [{ body: { status: 'Away' } }, { body: { status: 'Available' } }]),
      options: {},
    },
  ],
  'userSettings 400/1120': [asAdmin('userSettings', { path: { userId: at('wren.castellane') } })],
  'userSettingsUpdate 400/200': [feature({ webinar: true }, { plan: 'free' })],
  'userSettingsUpdate 400/300': [feature({ zoom_events: false }, { flags: ['events'] })],
  'userSettingsUpdate 400/1108': [feature({ large_meeting: true }, basic)],
  'userSettingsUpdate 400/1120': [feature({ webinar: true }, undefined, 'wren.castellane')],
  'userSettingsUpdate 400/1122': [feature({ webinar: true }, basic)],
  'userSettingsUpdate 400/1204': [
    feature({ webinar: true }, { settings: { feature: { zoom_events: true } } }),
  ],
  'userSettingsUpdate 400/1205': [
    feature({ zoom_events: true }, { settings: { feature: { webinar: true } } }),
  ],
  'userSettingsUpdate 400/1206': [feature({ zoom_events: true }, basic)],
  'userSettingsUpdate 400/1207': [feature({ concurrent_meeting: 'Basic' }, basic)],
  'userSettingsUpdate 400/1208': [
    feature({ concurrent_meeting: 'Basic' }, { concurrentMeetings: { basic: false } }),
  ],
  'userSettingsUpdate 400/1209': [
    feature({ concurrent_meeting: 'Basic' }, { seats: { concurrentBasic: 0 } }),
  ],
  'userSettingsUpdate 400/1210': [
    feature({ concurrent_meeting: 'Plus' }, { concurrentMeetings: { plus: false } }),
  ],
  'userSettingsUpdate 400/1211': [feature({ concurrent_meeting: 'Plus' }, { seats: { concurrentPlus: 0 } })],
  'userSettingsUpdate 400/1228': [feature({ zoom_whiteboard: true }, { seats: { whiteboard: 0 } })],
  'userSettingsUpdate 400/1233': [feature({ webinar: true }, undefined, 'board.room')],
  'userSettingsUpdate 400/1234': [feature({ zoom_events: true }, undefined, 'luc.berthelot')],
  'uploadVBuser 400/120': [
    own('uploadVBuser', { file: { name: 'empty.png', bytes: new Uint8Array() } }),
    own('uploadVBuser', { file: pngOfSize(15 * 1024 * 1024 + 1) }),
    inTurn(
      'uploadVBuser',
      Array.from({ length: 8 }, (_, shade) => ({ file: smallPng(shade) })),
    ),
    own('uploadVBuser', { file: textFile }),
  ],
  'uploadVBuser 400/-1': [{ run: (rig) => uploadWithoutFilename(rig, 'uploadVBuser') }],
  'delUserVB 400/300': [own('delUserVB', { query: { file_ids: 'unknown' } })],
  'userStatus 400/200': [
    asAdmin('userStatus', { path: { userId: at('board.room') }, body: { action: 'deactivate' } }),
  ],
  'userStatus 400/300': [
    asAdmin('userStatus', { path: { userId: at('nadia.petrenko') }, body: { action: 'deactivate' } }),
  ],
  'userStatus 400/2033': [
    {
      run: async (rig) => {
        await rig.patch({ user: at('gideon.abramov'), ...basic, seats: { basic: 0 } });
        const input = { path: { userId: at('gideon.abramov') }, body: { action: 'activate' } } as const;
        return rig.call('userStatus', input, rig.practice.adminAccessToken);
      },
    },
  ],
};

/** Sends the part with no file name, as a library does that was given bytes alone. */
async function uploadWithoutFilename(rig: Rig, id: 'userPicture' | 'uploadVBuser'): Promise<Answer> {
  const { path, fileField } = operations[id];
  const body = Buffer.concat([
    Buffer.from(
      `--edge\r\nContent-Disposition: form-data; name="${fileField}"\r\nContent-Type: image/png\r\n\r\n`,
    ),
    smallPng().bytes,
    Buffer.from('\r\n--edge--\r\n'),
  ]);
  const response = await fetch(rig.practice.apiUrl + path.replace('{userId}', 'me'), {
    method: 'POST',
    headers: {
      authorization: `Bearer ${rig.practice.accessToken}`,
      'content-type': 'multipart/form-data; boundary=edge',
    },
    body: new Uint8Array(body),
  });
  const json = await response.json();
  return { status: response.status, headers: response.headers, json, code: json.code, message: json.message };
}

/** The ways to meet the errors of an operation with a status and code such as "400/300". */
export function errorRecipes(id: OperationId, key: string): readonly Recipe[] {
  const found = recipes[`${id} ${key}`];
  if (found) return found;
  // Every operation with a user in its path lists 404/1001.
  const isForUser = key === '404/1001' && operations[id].path.includes('{userId}');
  return isForUser
    ? [asAdmin(id, { ...validCalls[id], path: { ...validCalls[id].path, userId: at('nobody') } })]
    : [];
}
