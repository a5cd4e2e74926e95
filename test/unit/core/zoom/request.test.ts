import { describe, expect, it } from 'vitest';
import { prepare } from '../../../../electron/core/zoom/request.ts';
import { type Operation, type OperationId, operations } from '../../../../shared/zoom/operations.gen.ts';

type Input = Parameters<typeof prepare>[1];
const prepared = (id: OperationId, input: Input, options?: { anyQuery: boolean }) =>
  prepare(operations[id] as Operation, input, options);
const file = { name: 'a.png', type: 'image/png', size: 3, open: async function* () {} };

describe('a request', () => {
  it.each<[string, OperationId, Input, string | [target: string, json: string]]>([
    ['for oneself', 'user', {}, '/users/me'],
    ['for oneself, where nobody is named', 'user', { path: { userId: undefined } }, '/users/me'],
    ['with no groups', 'user', { path: null, query: null }, '/users/me'],
    ['for another', 'user', { path: { userId: 'jo@x.org' } }, '/users/jo%40x.org'],
    ['for a number', 'user', { path: { userId: 5 } }, '/users/5'],
    [
      'for a large number',
      'user',
      { path: { userId: 12345678901234567890n } },
      '/users/12345678901234567890',
    ],
    ['for three dots', 'user', { path: { userId: '...' } }, '/users/...'],
    ['about a fixed path', 'userZak', {}, '/users/me/zak'],
    [
      'about what is below a person',
      'userAssistantDelete',
      { path: { userId: 'me', assistantId: 'a/b' } },
      '/users/me/assistants/a%2Fb',
    ],
    [
      'with a query',
      'users',
      { query: { page_size: 30, status: undefined, role_id: 'a&b=c' } },
      '/users?page_size=30&role_id=a%26b%3Dc',
    ],
    [
      'with yes and no',
      'user',
      { query: { search_by_unique_id: false } },
      '/users/me?search_by_unique_id=false',
    ],
    ['with nothing in its query', 'users', { query: { status: undefined } }, '/users'],
    [
      'with a list',
      'delUserVB',
      { query: { file_ids: ['a', 2, true] } },
      '/users/me/settings/virtual_backgrounds?file_ids=a%2C2%2Ctrue',
    ],
    [
      'with fields',
      'updatePresenceStatus',
      { body: { status: 'Away', duration: 5 } },
      ['/users/me/presence_status', '{"status":"Away","duration":5}'],
    ],
    [
      'with numbers that no double holds',
      'updatePresenceStatus',
      { body: { a: 12345678901234567890n } },
      ['/users/me/presence_status', '{"a":12345678901234567890}'],
    ],
  ])('is written down: %s', (_, id, input, expected) => {
    const [target, json = null] = [expected].flat();
    expect(prepared(id, input)).toEqual({ ok: true, target, json, file: null });
  });

  it('takes parameters of the query that nobody knows where that is wanted', () => {
    const query = { 'é c': 'x' };
    expect(prepared('users', { query }, { anyQuery: true })).toMatchObject({
      ok: true,
      target: '/users?%C3%A9%20c=x',
    });
  });

  it('takes its file along, an empty one too', () => {
    expect(prepared('userPicture', { file })).toEqual({
      ok: true,
      target: '/users/me/picture',
      json: null,
      file,
    });
    const empty = { ...file, size: 0 };
    expect(prepared('userPicture', { file: empty })).toMatchObject({ ok: true, file: empty });
  });
});

describe('what is refused before anything is sent', () => {
  const itself: { status?: unknown } = {};
  itself.status = itself;

  it.each<[OperationId, Input, string]>([
    ['user', { path: 'me' }, 'The path parameters aren’t a list of names and values.'],
    ['user', { path: ['me'] }, 'The path parameters aren’t a list of names and values.'],
    ['user', { query: 5 }, 'The query parameters aren’t a list of names and values.'],
    ['user', { path: { user: 'x' } }, `“${operations.user.title}” has no parameter “user”.`],
    ['userZak', { path: { userId: 'me' } }, `“${operations.userZak.title}” has no parameter “userId”.`],
    ['users', { query: { color: 'red' } }, `“${operations.users.title}” has no parameter “color”.`],
    ['userDelete', {}, '“userId” is missing.'],
    ['userAssistantDelete', { path: { userId: 'me' } }, '“assistantId” is missing.'],
    ['user', { path: { userId: '' } }, '“userId” is missing.'],
    ['user', { path: { userId: '.' } }, '“userId” can’t be “.”.'],
    ['user', { path: { userId: '..' } }, '“userId” can’t be “..”.'],
    ['user', { path: { userId: {} } }, '“userId” is neither a text nor a number.'],
    ['user', { path: { userId: null } }, '“userId” is neither a text nor a number.'],
    [
      'users',
      { query: { page_size: Number.POSITIVE_INFINITY } },
      '“page_size” is neither a text nor a number.',
    ],
    ['delUserVB', { query: { file_ids: [['a']] } }, '“file_ids” is neither a text nor a number.'],
    ['user', { path: { userId: '\ud800' } }, '“userId” contains half a character.'],
    ['user', { body: {} }, `“${operations.user.title}” takes no fields.`],
    ['updatePresenceStatus', { body: 'Away' }, 'The fields aren’t an object.'],
    ['updatePresenceStatus', { body: null }, 'The fields aren’t an object.'],
    ['updatePresenceStatus', { body: { duration: Number.NaN } }, '“duration” isn’t a number.'],
    ['updatePresenceStatus', { body: { a: [{ b: Number.NEGATIVE_INFINITY }] } }, '“b” isn’t a number.'],
    ['updatePresenceStatus', { body: itself }, 'The fields can’t be written as JSON.'],
    ['userPicture', {}, `“${operations.userPicture.title}” needs a file.`],
    ['user', { file }, `“${operations.user.title}” takes no file.`],
    ['userPicture', { file: { ...file, size: -1 } }, 'The size of the file is unknown.'],
    ['userPicture', { file: { ...file, size: 1.5 } }, 'The size of the file is unknown.'],
    ['userPicture', { file: { ...file, size: 2 ** 53 } }, 'The size of the file is unknown.'],
  ])('%s with %j', (id, input, what) => {
    expect(prepared(id, input)).toEqual({
      ok: false,
      error: expect.objectContaining({ kind: 'invalid-input', what }),
    });
  });

  it('is told from what is wrong with Tally itself', () => {
    const broken = {
      get path(): never {
        throw new Error('inside');
      },
    };
    expect(() => prepared('user', broken)).toThrow('inside');
  });
});
