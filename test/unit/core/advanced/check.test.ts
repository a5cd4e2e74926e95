import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { problemsOf } from '../../../../electron/core/advanced/check.ts';
import { type CallFile, type CallInput, hiddenText, type Json } from '../../../../shared/advanced.ts';
import { type Operation, type OperationId, operations } from '../../../../shared/zoom/operations.gen.ts';
import { validCalls } from '../../../support/valid-calls.ts';

const ids = Object.keys(operations) as OperationId[];

function input(operation: OperationId, more: Partial<CallInput> = {}): CallInput {
  return { operation, path: {}, query: {}, ...more };
}

/** Each problem in a line: where, whether it blocks, and the words. */
function told(given: CallInput, file?: CallFile): string[] {
  return problemsOf(given, file).map(
    ({ place, pointer, blocks, message }) => `${place}${pointer}${blocks ? ' blocks' : ''}: ${message}`,
  );
}

const png: CallFile = { id: 'f', name: 'a.png', size: 100, type: 'image/png' };

describe('a call that fits the catalogue', () => {
  it.each(ids)('%s has no problem', (id) => {
    const { path, query, body, file } = validCalls[id];
    const destructive = (operations[id] as Operation).danger === 'destructive';
    const given = input(id, {
      path: { ...(destructive && { userId: 'me' }), ...path } as Record<string, Json>,
      query: { ...query } as Record<string, Json>,
      ...(body !== undefined && { body: JSON.parse(JSON.stringify(body)) }),
      ...(file && { file: 'f' }),
    });
    expect(told(given, file && png)).toEqual([]);
  });
});

describe('what cannot be sent', () => {
  it.each<[CallInput, string[]]>([
    [input('userDelete'), ['path/userId blocks: “userId” is missing.']],
    [input('userAssistantDelete'), ['path/assistantId blocks: “assistantId” is missing.']],
    [input('user', { path: { userId: '' } }), ['path/userId blocks: This is empty.']],
    [input('user', { path: { userId: 7 } }), ['path/userId blocks: This must be a text.']],
    [input('user', { path: { userId: '..' } }), ['path blocks: “userId” can’t be “..”.']],
    [input('user', { path: { userId: '\ud800' } }), ['path blocks: “userId” contains half a character.']],
    [input('user', { path: { user: 'me' } }), ['path/user blocks: This call has no parameter “user”.']],
    [
      input('user', { query: { login: {} } }),
      [
        'query/login: Tally knows no parameter “login” here; Zoom may ignore it.',
        'path blocks: “login” is neither a text nor a number.',
      ],
    ],
    [input('userEmail'), ['query/email blocks: “email” is missing.']],
    [input('users', { query: { page_size: 1.5 } }), ['query/page_size blocks: This must be a whole number.']],
    [
      input('userUpdate', { query: { remove_tsp_credentials: 'yes' }, body: {} }),
      ['query/remove_tsp_credentials blocks: This must be true or false or null.'],
    ],
    [input('user', { body: {} }), ['body blocks: This call takes no fields.']],
    [input('userUpdate', { body: [] }), ['body blocks: This must be an object, in braces.']],
    [input('userUpdate', { body: { pmi: '1' } }), ['body/pmi blocks: This must be a whole number.']],
    [
      input('userUpdate', { body: { phone_numbers: [{ number: 1 }] } }),
      ['body/phone_numbers/0/number blocks: This must be a text.'],
    ],
    [
      input('userUpdate', { body: { host_key: hiddenText, dept: 'Art' } }),
      [
        'body/host_key: Only digits are possible.',
        'body/host_key blocks: This was secret and isn’t kept. Type it again.',
      ],
    ],
    [input('user', { file: 'f' }), ['file blocks: This call takes no file.']],
    [input('userPicture'), ['file blocks: A file is missing.']],
    [
      input('userPicture', { file: 'old' }),
      ['file blocks: This file isn’t at hand any more. Choose it again.'],
    ],
  ])('%j', (given, lines) => {
    expect(told(given)).toEqual(lines);
  });
});

describe('what only Zoom can judge', () => {
  it.each<[CallInput, CallFile | undefined, string[]]>([
    [input('userUpdate'), undefined, ['body: Zoom expects fields here.']],
    [
      input('user', { query: { login: 1 } }),
      undefined,
      ['query/login: Tally knows no parameter “login” here; Zoom may ignore it.'],
    ],
    [
      input('users', { query: { page_size: 2001 } }),
      undefined,
      ['query/page_size: This must be at most 2000.'],
    ],
    [
      input('users', { query: { status: 'all' } }),
      undefined,
      ['query/status: This must be one of active, inactive, pending.'],
    ],
    [
      input('userCreate', { body: { user_info: { type: 1 } } }),
      undefined,
      ['body/action: “action” is missing.', 'body/user_info/email: “email” is missing.'],
    ],
    [
      input('updatePresenceStatus', { body: { status: 'Gone', duration: 0 } }),
      undefined,
      [
        'body/status: This must be one of Available, Away, Do_Not_Disturb, Do_No_Disturb, In_Calendar_Event, Presenting, In_A_Zoom_Meeting, On_A_Call, Busy, Out_of_Office.',
        'body/duration: This must be at least 1.',
      ],
    ],
    [
      input('userEmailUpdate', { path: { userId: 'me' }, body: { email: 'robin', 'a/b': 1 } }),
      undefined,
      [
        'body/email: This isn’t an email address.',
        'body/a~1b: Tally knows no field “a/b” here; Zoom may ignore it.',
      ],
    ],
    [
      input('userSettingsUpdate', { body: { in_meeting: { chatt: true } } }),
      undefined,
      ['body/in_meeting/chatt: Tally knows no field “chatt” here; Zoom may ignore it.'],
    ],
    [
      input('userPassword', { path: { userId: 'me' }, body: { password: 'x' } }),
      undefined,
      ['body/password: At least 8 characters are needed.'],
    ],
    [input('userPicture', { file: 'f' }), { ...png, size: 0 }, ['file: The file is empty.']],
    [
      input('userPicture', { file: 'f' }),
      { ...png, type: 'image/gif' },
      ['file: Zoom takes JPG or PNG here, and this is none.'],
    ],
    [
      input('uploadVBuser', { file: 'f' }),
      { id: 'f', name: 'a.txt', size: 15 * 1024 * 1024 + 1 },
      [
        'file: Zoom takes JPG, PNG, GIF, MP4 or MOV here, and this is none.',
        'file: Zoom takes at most 15 MB; this file has 15.8 MB.',
      ],
    ],
  ])('%j', (given, file, lines) => {
    expect(told(given, file)).toEqual(lines);
  });
});

it('whatever comes, the words are Tally’s own and every place is one of the input', () => {
  const json = fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<Json>;
  const named = (names: readonly string[]) =>
    fc.dictionary(fc.oneof(fc.constantFrom('userId', ...names), fc.string()), json, { maxKeys: 4 });
  const any = fc.constantFrom(...ids).chain((operation) => {
    const { pathParams, queryParams }: Operation = operations[operation];
    const fields = [
      'action',
      'user_info',
      'status',
      'duration',
      'password',
      'feature',
      'in_meeting',
      'pmi',
      'email',
    ];
    return fc.record(
      {
        operation: fc.constant(operation),
        path: named(pathParams),
        query: named(queryParams),
        body: fc.oneof(json, named(fields)),
        file: fc.constant('f'),
      },
      { requiredKeys: ['operation', 'path', 'query'] },
    ) as fc.Arbitrary<CallInput>;
  });
  fc.assert(
    fc.property(any, fc.boolean(), (given, withFile) => {
      for (const { place, pointer, message } of problemsOf(given, withFile ? png : undefined)) {
        expect(message).toMatch(/^[A-Z“].*\.$/su);
        expect(message).not.toMatch(/must NOT|must match|must have|allowed values|undefined/);
        expect(pointer).toMatch(/^(\/.*)?$/s);
        expect(['path', 'query', 'body', 'file']).toContain(place);
      }
    }),
    { numRuns: 300 },
  );
});
