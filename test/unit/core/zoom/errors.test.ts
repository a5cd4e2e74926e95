import { describe, expect, it } from 'vitest';
import { fileError, judge } from '../../../../electron/core/zoom/errors.ts';
import { readLimits } from '../../../../electron/core/zoom/limits.ts';
import type { TallyError } from '../../../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../../../shared/zoom/operations.gen.ts';

const now = Date.UTC(2026, 0, 15, 9);
const midnight = Date.UTC(2026, 0, 16);
const token = 'secret-token';

interface Given {
  readonly http?: number;
  /** An object is sent as JSON, a text as it is; null: none that could be read. */
  readonly body?: object | string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

function verdictOn(id: OperationId, { http = 400, body = '', headers = {} }: Given) {
  const operation: Operation = operations[id];
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = { status: http, headers, body: body === null ? null : Buffer.from(text), damage: null };
  return judge({ operation, token }, answer, readLimits(operation.label, headers, now), now);
}

function errorOf(id: OperationId, given: Given): TallyError {
  const verdict = verdictOn(id, given);
  if (verdict.ok) throw new Error('it counted as a success');
  return verdict.error;
}

const says = (code: number, message = 'Zoom says so.') => ({ code, message });

describe('an answer that says it worked', () => {
  it.each<[string, OperationId, Given, unknown]>([
    ['an object', 'user', { http: 200, body: { id: 'x' } }, { id: 'x' }],
    ['a list where there may be one', 'getMeetingSummaryTemplates', { http: 200, body: [] }, []],
    ['anything, to a change', 'userUpdate', { http: 204, body: [1] }, [1]],
    ['nothing, to a change', 'userUpdate', { http: 204, body: '' }, null],
    ['blanks, to a change', 'userUpdate', { http: 204, body: ' \r\n' }, null],
    ['a code 0 with words', 'user', { http: 200, body: says(0) }, says(0)],
    ['a code without words', 'user', { http: 200, body: { code: 300 } }, { code: 300 }],
    ['words without a code', 'user', { http: 200, body: { message: 'Hi.' } }, { message: 'Hi.' }],
  ])('is taken: %s', (_, id, given, data) => {
    expect(verdictOn(id, given)).toStrictEqual({ ok: true, data });
  });

  it('keeps what Zoom’s support asks for', () => {
    const headers = { 'x-zm-trackingid': `v=2.0;${token}` };
    expect(verdictOn('user', { http: 200, body: {}, headers })).toMatchObject({ trackingId: 'v=2.0;…' });
  });

  it.each<[string, OperationId, Given, Partial<TallyError>]>([
    ['no list was asked for', 'user', { http: 200, body: [] }, { action: 'retry' }],
    ['a text', 'user', { http: 200, body: '"text"' }, { action: 'retry' }],
    ['a number for a list', 'getMeetingSummaryTemplates', { http: 200, body: '7' }, { action: 'retry' }],
    ['nothing, to a question', 'user', { http: 200, body: '' }, { what: 'Zoom’s answer couldn’t be read.' }],
    [
      'HTML, to a change',
      'userUpdate',
      { http: 204, body: '<p>' },
      { what: 'Zoom took the change, but its answer couldn’t be read.', action: 'none' },
    ],
  ])('is not believed: %s', (_, id, given, expected) => {
    expect(errorOf(id, given)).toMatchObject({ kind: 'bad-answer', ...expected });
  });

  it('is a refusal where Zoom gives a code and words for it', () => {
    expect(errorOf('user', { http: 200, body: says(1001) })).toMatchObject({ kind: 'not-found' });
  });
});

describe('an answer that is no success', () => {
  const scopes = [...operations.user.scopes.granular, ...operations.user.scopes.classic];

  it.each<[string, OperationId, Given, Partial<TallyError>]>([
    [
      'a missing scope',
      'user',
      { body: says(4711, 'Invalid access token, does not contain scopes:[user:read:user, user:read].') },
      {
        kind: 'missing-scope',
        what: 'Your Zoom app is missing a permission for this.',
        scopes: ['user:read:user', 'user:read'],
      },
    ],
    ['scope as one', 'user', { body: says(4711, 'scope [user:read]') }, { scopes: ['user:read'] }],
    ['scopes and blanks', 'user', { body: says(4711, 'scopes : [a:b  c:d]') }, { scopes: ['a:b', 'c:d'] }],
    ['no scopes named', 'user', { body: says(4711, 'No.') }, { scopes }],
    [
      'odd scopes',
      'user',
      { body: says(4711, 'scopes:[1user, us er!, ok:read]') },
      { scopes: ['us', 'ok:read'] },
    ],
    ['a code of a token', 'user', { body: says(124) }, { kind: 'not-signed-in' }],
    ['401', 'user', { http: 401 }, { kind: 'not-signed-in', what: 'Zoom no longer accepts this sign-in.' }],
    ['5xx', 'user', { http: 503 }, { kind: 'zoom-down', what: 'Zoom is having problems right now.' }],
    [
      '5xx with a time',
      'user',
      { http: 503, headers: { 'retry-after': '30' } },
      { kind: 'zoom-down', retryAt: now + 30_000 },
    ],
    [
      '407',
      'user',
      { http: 407 },
      { kind: 'network', what: 'The proxy of your network asks for a password.' },
    ],
    [
      'a redirect',
      'user',
      { http: 300, body: {} },
      {
        kind: 'bad-answer',
        what: 'Zoom answered in an unknown way.',
        why: 'It pointed to another address, which is never followed.',
      },
    ],
    ['a redirect with code 0', 'user', { http: 302, body: says(0) }, { kind: 'bad-answer' }],
    ['another success', 'user', { http: 202, body: {} }, { kind: 'bad-answer' }],
    [
      'HTML',
      'user',
      { http: 404, body: '<html>' },
      {
        kind: 'bad-answer',
        what: 'The reply didn’t come from Zoom.',
        why: 'A proxy or a firewall may stand between this computer and Zoom.',
        action: 'check-connection',
      },
    ],
    [
      'nobody in the Zoom app',
      'updatePresenceStatus',
      { body: says(5301) },
      {
        kind: 'not-in-zoom-client',
        what: 'You aren’t signed in to a Zoom app on any device.',
        why: 'Zoom changes a status only while one of its apps is signed in.',
      },
    ],
    [
      'a body that was cut off',
      'user',
      { http: 404, body: null },
      { what: 'The reply didn’t come from Zoom.' },
    ],
    [
      '404',
      'user',
      { http: 404, body: says(7) },
      { kind: 'not-found', what: 'Zoom doesn’t know this person or thing.' },
    ],
    ['404 that is a refusal', 'user', { http: 404, body: says(1102) }, { kind: 'refused' }],
    ['a code of what is gone', 'user', { body: says(1001) }, { kind: 'not-found' }],
    [
      '409',
      'user',
      { http: 409, body: says(7) },
      { kind: 'conflict', what: 'This is already taken in Zoom.' },
    ],
    ['a code of what is taken', 'userCreate', { body: says(1005) }, { kind: 'conflict' }],
    ['413 of a file', 'uploadVBuser', { http: 413 }, { kind: 'file', what: 'Zoom didn’t accept the file.' }],
    ['415 of a file', 'uploadVBuser', { http: 415 }, { kind: 'file' }],
    ['a code of files', 'uploadVBuser', { body: says(-1) }, { kind: 'file' }],
    ['415 of something else', 'userUpdate', { http: 415 }, { kind: 'refused' }],
    ['403', 'user', { http: 403 }, { kind: 'forbidden', what: 'Your Zoom account doesn’t allow this.' }],
    ['200 without words', 'userUpdate', { body: says(200, '') }, { kind: 'forbidden' }],
    [
      'fields',
      'userUpdate',
      { body: { ...says(300), errors: [{ field: 'dept', message: 'Too long.' }] } },
      { kind: 'invalid-input', what: 'Zoom didn’t accept what was entered.' },
    ],
    [
      '300 that names a field',
      'userEmail',
      { body: says(300, 'Email is required') },
      { kind: 'invalid-input' },
    ],
    [
      '300 that ends with a dot',
      'userEmail',
      { body: says(300, 'Email is required.') },
      { kind: 'invalid-input' },
    ],
    [
      '300 on something required',
      'userEmail',
      { body: says(300, 'It is required. Ask.') },
      { kind: 'refused' },
    ],
    ['300 that cites it', 'userEmail', { body: says(300, 'Not: Validation failed') }, { kind: 'refused' }],
    [
      'another code with such words',
      'userEmail',
      { body: says(301, 'Email is required.') },
      { kind: 'refused' },
    ],
    [
      'what is unknown',
      'user',
      { body: says(7) },
      { kind: 'refused', what: 'Zoom refused this.', why: 'Zoom says so.' },
    ],
  ])('%s', (_, id, given, expected) => {
    expect(errorOf(id, given)).toMatchObject(expected);
  });

  it.each<[string, OperationId, Given]>([
    ['no words', 'user', { http: 403, body: { code: 7 } }],
    ['empty words', 'user', { http: 403, body: says(7, '') }],
    ['an unknown success', 'user', { http: 202, body: {} }],
  ])('gives no reason where there is none: %s', (_, id, given) => {
    expect(errorOf(id, given)).not.toHaveProperty('why');
  });

  it('keeps the first fifty fields, and no token', () => {
    const errors = Array.from({ length: 60 }, (_, at) => ({ field: `f${at}`, message: `${token} is bad` }));
    const { zoom } = errorOf('userUpdate', { body: { code: '300', message: token, errors } });
    expect(zoom).toMatchObject({ http: 400, code: 300, message: '…' });
    expect(zoom?.fields).toHaveLength(50);
    expect(zoom?.fields[0]).toEqual({ field: 'f0', message: '… is bad' });
  });

  it('cuts and cleans what Zoom says', () => {
    const message = ` one\u0007\r\ntwo ${'x'.repeat(600)}`;
    expect(errorOf('user', { body: says(7, message) }).why).toBe(`one two ${'x'.repeat(492)}`);
    expect(errorOf('user', { body: says(7, 'sent to ?zak=eyJhbGciOiJIUzI1NiJ9.e30.abc ') }).why).toBe(
      'sent to ?…',
    );
  });

  it.each([[[]], [[300]], [{}], [null], [true], [1.5], [2 ** 60], ['1e3'], ['12345678901']])(
    'takes %j for no code',
    (code) => {
      expect(errorOf('user', { body: { code, message: 'No.' } }).zoom?.code).toBeNull();
    },
  );
});

describe('a limit', () => {
  const daily = { 'x-ratelimit-type': 'Daily-limit' };
  const second = { 'x-ratelimit-type': 'QPS' };
  const wait = { 'retry-after': '90' };

  it.each<[string, OperationId, Given, Partial<TallyError>]>([
    [
      'of the second',
      'user',
      { http: 429, headers: second },
      { kind: 'rate-limit', what: 'Zoom is getting too many calls at once.' },
    ],
    ['of the second, by its code', 'user', { body: says(429) }, { kind: 'rate-limit' }],
    ['with a time', 'user', { http: 429, headers: wait }, { kind: 'rate-limit', retryAt: now + 90_000 }],
    [
      'of the day',
      'user',
      { http: 429, headers: daily },
      { kind: 'daily-limit', what: 'Zoom’s limit for today is used up.', retryAt: midnight },
    ],
    [
      'of the day, with a time',
      'user',
      { http: 429, headers: { ...daily, ...wait } },
      { kind: 'daily-limit', retryAt: now + 90_000 },
    ],
    [
      'of the day, by its words',
      'user',
      { http: 429, body: says(429, 'Used up per day.') },
      { kind: 'daily-limit' },
    ],
    ['of what is allowed thrice a day', 'userEmailUpdate', { http: 429 }, { kind: 'daily-limit' }],
    [
      'of such, though of the second',
      'userEmailUpdate',
      { http: 429, headers: second },
      { kind: 'rate-limit' },
    ],
    [
      'of the minute',
      'updatePresenceStatus',
      { http: 429 },
      {
        kind: 'minute-limit',
        what: 'Zoom takes this change only once a minute.',
        retryAt: now + 60_000,
      },
    ],
    [
      'of the minute, longer',
      'updatePresenceStatus',
      { http: 429, headers: wait },
      { retryAt: now + 90_000 },
    ],
    [
      'of the minute, with a type',
      'updatePresenceStatus',
      { http: 429, headers: second },
      { kind: 'minute-limit' },
    ],
    [
      'of the second, by its words',
      'updatePresenceStatus',
      { http: 429, body: says(429, 'maximum per-second rate limit') },
      { kind: 'rate-limit' },
    ],
    [
      'of the day, for a status',
      'updatePresenceStatus',
      { http: 429, headers: daily },
      { kind: 'daily-limit' },
    ],
  ])('%s', (_, id, given, expected) => {
    expect(errorOf(id, given)).toMatchObject(expected);
  });
});

describe('a file that could not be sent', () => {
  it.each([
    [{ kind: 'changed' as const }, 'The file changed while it was sent.'],
    [{ kind: 'unreadable' as const, code: 'ENOENT' }, 'The file is no longer there.'],
    [{ kind: 'unreadable' as const, code: 'EACCES' }, 'The file couldn’t be read.'],
  ])('%j', (trouble, what) => {
    expect(fileError(trouble as Parameters<typeof fileError>[0])).toMatchObject({ kind: 'file', what });
  });
});
