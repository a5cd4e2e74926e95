import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { type Operation, operations } from '../../../shared/zoom/operations.gen.ts';
import schemas from '../../../shared/zoom/schemas.gen.json' with { type: 'json' };

interface Schema {
  readonly $ref?: string;
  readonly examples?: readonly unknown[];
  readonly description?: string;
  readonly deprecated?: boolean;
  readonly readOnly?: boolean;
  readonly additionalProperties?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
}

interface Facts {
  readonly help: string;
  readonly errors: readonly { http: number; code: number; message?: string; when: string }[];
  readonly path: Schema;
  readonly query: Schema;
  readonly body: Schema | null;
  readonly bodyRequired: boolean;
  readonly file?: { field: string; types: string[]; maxBytes: number };
  readonly later?: readonly { path: string; value?: string; since: string }[];
  readonly responses: Readonly<Record<string, Schema | null>>;
}

const all: readonly Operation[] = Object.values(operations);
const facts = schemas.operations as unknown as Readonly<Record<string, Facts>>;
const definitions = schemas.definitions as unknown as Readonly<Record<string, Schema>>;

/** Operation, method, path, success, label: the reference of 2022. */
const reference = `
users                 GET     /users                                          200      Medium
userCreate            POST    /users                                          201      Light
userEmail             GET     /users/email                                    200      Light
userZak               GET     /users/me/zak                                   200      Light
userVanityName        GET     /users/vanity_name                              200      Light
user                  GET     /users/{userId}                                 200      Light
userUpdate            PATCH   /users/{userId}                                 204      Light
userDelete            DELETE  /users/{userId}                                 204      Light
userAssistants        GET     /users/{userId}/assistants                      200      Medium
userAssistantCreate   POST    /users/{userId}/assistants                      201      Medium
userAssistantsDelete  DELETE  /users/{userId}/assistants                      204      Light
userAssistantDelete   DELETE  /users/{userId}/assistants/{assistantId}        204      Light
userEmailUpdate       PUT     /users/{userId}/email                           204      Light
userPassword          PUT     /users/{userId}/password                        204      Medium
userPermission        GET     /users/{userId}/permissions                     200      Light
userPicture           POST    /users/{userId}/picture                         201      Medium
userPictureDelete     DELETE  /users/{userId}/picture                         204      Medium
updatePresenceStatus  PUT     /users/{userId}/presence_status                 204      Medium
userSchedulers        GET     /users/{userId}/schedulers                      200      Medium
userSchedulersDelete  DELETE  /users/{userId}/schedulers                      204      Light
userSchedulerDelete   DELETE  /users/{userId}/schedulers/{schedulerId}        204      Light
userSettings          GET     /users/{userId}/settings                        200      Medium
userSettingsUpdate    PATCH   /users/{userId}/settings                        204      Medium
uploadVBuser          POST    /users/{userId}/settings/virtual_backgrounds    201      Medium
delUserVB             DELETE  /users/{userId}/settings/virtual_backgrounds    204      Light
userStatus            PUT     /users/{userId}/status                          204,200  Light
userToken             GET     /users/{userId}/token                           200      Light
userSSOTokenDelete    DELETE  /users/{userId}/token                           204      Light`
  .trim()
  .split('\n')
  .map((line) => line.split(/\s+/));

function compiler(): Ajv {
  const ajv = new Ajv({ strict: true, strictTypes: true, allErrors: true });
  addFormats(ajv);
  // What values are called is for people alone.
  ajv.addKeyword('titles');
  // The document is a shelf of schemas rather than one schema.
  ajv.addVocabulary(['operations', 'commonErrors']);
  return ajv.addSchema(schemas as unknown as object);
}

/** Every schema of the document that a request, an answer or a definition consists of, by JSON pointer. */
function roots(): [pointer: string, schema: Schema][] {
  const found: [string, Schema][] = Object.entries(definitions).map(([name, schema]) => [
    `/definitions/${name}`,
    schema,
  ]);
  for (const [id, { path, query, body, responses }] of Object.entries(facts)) {
    found.push([`/operations/${id}/path`, path], [`/operations/${id}/query`, query]);
    if (body) found.push([`/operations/${id}/body`, body]);
    for (const [status, schema] of Object.entries(responses)) {
      if (schema) found.push([`/operations/${id}/responses/${status}`, schema]);
    }
  }
  return found;
}

/** A schema and all below it, by JSON pointer; references are not followed. */
function parts(pointer: string, schema: Schema): [pointer: string, schema: Schema][] {
  const { properties = {}, items, anyOf = [], allOf = [] } = schema;
  return [
    [pointer, schema],
    ...Object.entries(properties).flatMap(([name, part]) => parts(`${pointer}/properties/${name}`, part)),
    ...(items ? parts(`${pointer}/items`, items) : []),
    ...anyOf.flatMap((part, index) => parts(`${pointer}/anyOf/${index}`, part)),
    ...allOf.flatMap((part, index) => parts(`${pointer}/allOf/${index}`, part)),
  ];
}

function resolve(schema: Schema): Schema {
  const name = schema.$ref?.split('/').pop();
  return name === undefined ? schema : resolve(definitions[name] ?? {});
}

/** The fields below a schema that hold no further fields, by dotted path. */
function leaves(schema: Schema, path: string, readOnly = false): Map<string, Schema> {
  const own = resolve(schema);
  const locked = readOnly || own.readOnly === true;
  const inner = own.properties ?? resolve(own.items ?? {}).properties;
  if (!inner) return new Map([[path, { ...own, readOnly: locked }]]);
  return new Map(
    Object.entries(inner).flatMap(([name, part]) => [
      ...leaves(part, path === '' ? name : `${path}.${name}`, locked),
    ]),
  );
}

describe('the list of operations', () => {
  it('holds 28 of 28 of the reference, with their success statuses and rate classes', () => {
    const known = all
      .filter((operation) => operation.since === undefined)
      .map(({ id, method, path, success, label }) => [id, method, path, success.join(','), label]);
    expect(known).toHaveLength(28);
    expect(known.sort()).toEqual([...reference].sort());
  });

  it('marks what came later', () => {
    expect(all.filter((operation) => operation.since).map(({ id, since }) => [id, since])).toEqual([
      ['bulkUpdateFeature', '2025'],
      ['userSummary', '2025'],
      ['listCollaborationDevices', '2025'],
      ['getCollaborationDevice', '2025'],
      ['getMeetingSummaryTemplates', '2025'],
      ['getUserMeetingTemplates', '2025'],
      ['userPresenceStatus', '2024'],
    ]);
    expect(facts.updatePresenceStatus?.later?.map(({ path, value }) => `${path}:${value}`)).toEqual([
      'status:Busy',
      'status:Out_of_Office',
    ]);
    expect(facts.userUpdate?.later?.map(({ path }) => path)).toContain('display_name');
  });

  it('finds the right operation by taking the first path that fits', () => {
    const first = (method: string, path: string) =>
      all.find(
        (operation) =>
          operation.method === method &&
          new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path),
      )?.id;
    expect(first('GET', '/users/email')).toBe('userEmail');
    expect(first('GET', '/users/me/zak')).toBe('userZak');
    expect(first('GET', '/users/vanity_name')).toBe('userVanityName');
    expect(first('GET', '/users/me')).toBe('user');
    for (const operation of all) {
      expect(first(operation.method, operation.path.replaceAll(/\{\w+\}/g, 'x'))).toBe(operation.id);
    }
  });

  it('names the path parameters that stand in the path', () => {
    for (const { path, pathParams } of all) {
      expect([...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1])).toEqual(pathParams);
    }
  });

  it('allows "me" exactly where a user id or "me" stands in the path', () => {
    for (const { path, me } of all) expect(me).toBe(/\{userId\}|\/me\//.test(path));
  });

  it('knows which operations are for administrators alone, and the limits of a user', () => {
    expect(all.filter((operation) => operation.adminOnly).map(({ id }) => id)).toEqual([
      'users',
      'userCreate',
      'bulkUpdateFeature',
      'userSummary',
    ]);
    expect(operations.updatePresenceStatus.perUserLimit).toEqual({ count: 1, seconds: 60 });
    expect(operations.userEmailUpdate.perDayLimit).toBe(3);
    expect(operations.userCreate.perAccountDayLimit).toEqual({ free: 50, pro: 1500, business: 10000 });
  });

  it.each(all)('says of $id what it is for and who may call it', (operation) => {
    const { help = '' } = facts[operation.id] ?? {};
    expect(operation.title).toMatch(/^[A-Z][\w\s'-]+$/);
    expect(help).toMatch(/^[A-Z].*\.$/);
    expect(help).not.toBe(operation.title);
    expect(operation.scopes.classic.length).toBeGreaterThan(0);
    // Nobody has published a granular scope of this one.
    if (operation.id !== 'getUserMeetingTemplates') {
      expect(operation.scopes.granular.length).toBeGreaterThan(0);
    }
    for (const scope of operation.scopes.granular) expect(scope).toMatch(/^user:\w+:\w+(:admin)?$/);
  });

  it('asks before what cannot be taken back', () => {
    const destructive = all.filter(({ danger }) => danger === 'destructive').map(({ id }) => id);
    expect(destructive.sort()).toEqual([
      'userAssistantsDelete',
      'userDelete',
      'userEmailUpdate',
      'userPassword',
      'userSSOTokenDelete',
      'userSchedulersDelete',
      'userStatus',
    ]);
    expect(operations.userStatus.harmless).toEqual({ field: 'action', value: 'activate' });
    for (const { id, method, danger } of all) {
      if (method === 'DELETE') expect(danger, id).not.toBe('none');
    }
  });

  it('accepts the classic write scope for every read but the ZAK, the presence and the templates', () => {
    for (const { id, method, scopes, adminOnly } of all) {
      if (method !== 'GET' || adminOnly) continue;
      const apart = [
        'userZak',
        'userPresenceStatus',
        'getMeetingSummaryTemplates',
        'getUserMeetingTemplates',
      ];
      expect(scopes.classic.includes('user:write'), id).toBe(!apart.includes(id));
    }
  });
});

describe('errors', () => {
  it('are listed with a status, a code and the reason', () => {
    const listed = [...Object.values(facts).flatMap(({ errors }) => errors), ...schemas.commonErrors];
    expect(listed.length).toBeGreaterThan(100);
    for (const { http, code, when } of listed) {
      expect(http).toBeGreaterThanOrEqual(400);
      expect(Number.isInteger(code)).toBe(true);
      expect(when).not.toBe('');
    }
  });

  it('include the unknown user wherever a user is named', () => {
    for (const { id, pathParams } of all) {
      const unknown = facts[id]?.errors.some(({ http, code }) => http === 404 && code === 1001);
      if (pathParams.includes('userId')) expect(unknown, id).toBe(true);
    }
  });

  it("carry Zoom's own words for the signed-out client and a full set of backgrounds", () => {
    expect(facts.updatePresenceStatus?.errors).toContainEqual(
      expect.objectContaining({
        http: 400,
        code: 5301,
        message: 'Request to update the presence status of this user failed.',
      }),
    );
    expect(facts.uploadVBuser?.errors).toContainEqual(
      expect.objectContaining({ code: 120, message: 'A maximum of 10 files are allowed for a user.' }),
    );
  });
});

describe('schemas', () => {
  const ajv = compiler();

  it('compile in strict mode', () => {
    for (const [pointer] of roots()) expect(ajv.getSchema(`zoom#${pointer}`), pointer).toBeTypeOf('function');
  });

  it('fit their own examples', () => {
    let count = 0;
    for (const [pointer, schema] of roots().flatMap(([at, root]) => parts(at, root))) {
      for (const example of schema.examples ?? []) {
        const check = ajv.getSchema(`zoom#${pointer}`);
        expect(check?.(example), `${pointer}: ${JSON.stringify(check?.errors)}`).toBe(true);
        count++;
      }
    }
    expect(count).toBeGreaterThan(300);
  });

  it('close queries and leave answers open', () => {
    for (const [id, { query, responses }] of Object.entries(facts)) {
      expect(query.additionalProperties, id).toBe(false);
      for (const [status, schema] of Object.entries(responses)) {
        if (schema) expect(JSON.stringify(schema), `${id} ${status}`).not.toContain('additionalProperties');
      }
    }
    expect(JSON.stringify(definitions)).not.toContain('additionalProperties');
  });

  it('have a body or nothing for every success status of the table', () => {
    for (const { id, success } of all) {
      expect(Object.keys(facts[id]?.responses ?? {}).sort()).toEqual(success.map(String).sort());
    }
  });

  it('explain every parameter and every field of a body, apart from the settings', () => {
    const explained = Object.entries(facts).flatMap(([id, { path, query, body }]) => [
      ...[path, query]
        .flatMap(({ properties = {} }) => Object.entries(properties))
        .map(([name, schema]) => [`${id} ${name}`, resolve(schema)] as const),
      ...[...(body && id !== 'userSettingsUpdate' ? leaves(body, '') : [])].map(
        ([name, schema]) => [`${id} ${name}`, schema] as const,
      ),
    ]);
    const silent = explained.filter(([, { description }]) => !description);
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('say what a file may be', () => {
    expect(operations.userPicture.fileField).toBe('pic_file');
    expect(facts.userPicture?.file).toEqual({
      field: 'pic_file',
      types: ['image/jpeg', 'image/png'],
      maxBytes: 2 * 1024 * 1024,
      sureBytes: 2_000_000,
    });
    expect(operations.uploadVBuser.fileField).toBe('file');
    expect(facts.uploadVBuser?.file?.maxBytes).toBe(15 * 1024 * 1024);
    expect(facts.uploadVBuser?.file?.types).toContain('video/quicktime');
  });

  it('hold do not disturb to 1 to 1440 minutes and know the misspelling', () => {
    const check = ajv.getSchema('zoom#/operations/updatePresenceStatus/body');
    expect(check?.({ status: 'Do_Not_Disturb', duration: 1 })).toBe(true);
    expect(check?.({ status: 'Do_No_Disturb', duration: 1440 })).toBe(true);
    expect(check?.({ status: 'Do_Not_Disturb', duration: 0 })).toBe(false);
    expect(check?.({ status: 'Do_Not_Disturb', duration: 1441 })).toBe(false);
    expect(check?.({ status: 'do_not_disturb' })).toBe(false);
    expect(check?.({ status: 'Offline' })).toBe(false);
  });
});

describe('settings', () => {
  const ajv = compiler();
  const shown = leaves(definitions.UserSettings ?? {}, '');
  const taken = leaves(definitions.UserSettingsUpdate ?? {}, '');

  it('are told in ten sections, and most are taken', () => {
    const sections: Record<string, number> = {};
    for (const path of shown.keys()) {
      const section = path.split('.')[0] ?? '';
      sections[section] = (sections[section] ?? 0) + 1;
    }
    expect(sections).toEqual({
      audio_conferencing: 28,
      email_notification: 7,
      feature: 34,
      in_meeting: 117,
      profile: 2,
      recording: 35,
      schedule_meeting: 29,
      telephony: 5,
      tsp: 7,
      whiteboard: 2,
    });
    expect([shown.size, taken.size]).toEqual([266, 223]);
  });

  it('mark what cannot be written, and leave it out of the writing', () => {
    const readOnly = [...shown].filter(([, schema]) => schema.readOnly).map(([path]) => path);
    const conferencing = readOnly.filter((path) => path.startsWith('audio_conferencing.'));
    expect(conferencing).toHaveLength(23);
    expect(readOnly.filter((path) => !path.startsWith('audio_conferencing.'))).toEqual([
      'feature.cn_meeting',
      'feature.in_meeting',
      'in_meeting.ai_companion_questions.auto_enable',
      'in_meeting.ai_companion_questions.enable',
      'in_meeting.ai_companion_questions.who_can_ask_questions',
      'in_meeting.meeting_summary_with_ai_companion.auto_enable',
      'in_meeting.meeting_summary_with_ai_companion.enable',
      'in_meeting.meeting_summary_with_ai_companion.who_will_receive_summary',
      'in_meeting.transfer_meetings_between_devices',
      'in_meeting.language_interpretation.languages',
      'in_meeting.unchecked_data_center_regions',
      'schedule_meeting.continuous_meeting_chat.auto_add_invited_external_users',
      'schedule_meeting.continuous_meeting_chat.can_add_external_users',
      'schedule_meeting.continuous_meeting_chat.enable',
      'schedule_meeting.continuous_meeting_chat.support_instant_meetings',
      'schedule_meeting.continuous_meeting_chat.support_scheduled_meetings',
      'telephony.telephony_regions.allowed_values',
      'tsp.global_dial_in_countries.allowed_countries.code',
      'tsp.global_dial_in_countries.allowed_countries.name',
      'whiteboard.in_meeting_advanced_whiteboard',
      'whiteboard.out_meeting_advanced_whiteboard',
    ]);
    for (const path of readOnly) expect(taken.has(path), path).toBe(false);
    expect([...taken.keys()].filter((path) => !shown.has(path))).toEqual(['in_meeting.auto_answer']);
  });

  it('mark what is out of date', () => {
    expect([...shown].filter(([, schema]) => schema.deprecated).map(([path]) => path)).toEqual([
      'feature.zoom_huddles',
      'feature.cn_meeting',
      'feature.in_meeting',
      'feature.zoom_iq_for_sales',
      'in_meeting.attendee_on_hold',
      'in_meeting.share_dual_camera',
      'recording.recording_highlight',
      'schedule_meeting.continuous_meeting_chat.auto_add_invited_external_users',
      'schedule_meeting.continuous_meeting_chat.can_add_external_users',
    ]);
  });

  it('refuse a wrong value in any section, and webinar sizes that are not sold', () => {
    const check = ajv.getSchema('zoom#/operations/userSettingsUpdate/body');
    expect(check?.({ in_meeting: { chat: true } })).toBe(true);
    expect(check?.({ in_meeting: { chat: 'yes' } })).toBe(false);
    expect(check?.({ recording: { auto_delete_cmr_days: 31 } })).toBe(false);
    expect(check?.({ meeting_security: { encryption_type: 'none' } })).toBe(false);
    expect(check?.({ feature: { webinar_capacity: 501 } })).toBe(true);
    expect(check?.({ feature: { webinar_capacity: 502 } })).toBe(false);
    const read = ajv.getSchema('zoom#/operations/userSettings/responses/200');
    expect(read?.({ feature: { webinar_capacity: 502, new_of_tomorrow: 1 } })).toBe(true);
  });

  it('read the authentication view as a list and as an object', () => {
    const read = ajv.getSchema('zoom#/operations/userSettings/responses/200');
    const list = [{ id: 'a', name: 'Signed in', type: 'enforce_login', visible: true }];
    expect(read?.({ meeting_authentication: true, authentication_options: list })).toBe(true);
    const nested = {
      recording_authentication: { recording_authentication: true, authentication_options: list },
    };
    expect(read?.({ authentication_options: nested })).toBe(true);
    expect(read?.({ authentication_options: [{ type: 'anyone' }] })).toBe(false);
  });
});
