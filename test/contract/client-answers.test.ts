import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../electron/core/zoom/errors.ts';
import { readLimits } from '../../electron/core/zoom/limits.ts';
import { isTallyError, type TallyError } from '../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { oddAnswers } from '../support/odd-answers.ts';
import { clientAt, reply, startServer } from '../support/scripted-server.ts';

const file = {
  name: 'a.png',
  type: 'image/png',
  size: 1,
  open: async function* () {
    yield new Uint8Array(1);
  },
};
const inputs: Partial<Record<OperationId, object>> = {
  userPicture: { file },
  uploadVBuser: { file },
  userDelete: { path: { userId: 'u1' } },
};

async function answerTo(id: OperationId, http: number, body: unknown, headers: Record<string, string> = {}) {
  const server = await startServer(reply(http, body, headers));
  return clientAt(server.url).client.call(id, inputs[id] ?? {});
}

describe('odd answers', () => {
  it.each(oddAnswers.map((fixture) => [fixture.name, fixture] as const))('%s', async (_, fixture) => {
    const { id, http, body, error, code, message } = fixture;
    const input = { ...inputs[id] };
    if (['userEmailUpdate', 'userPassword'].includes(id)) Object.assign(input, { path: { userId: 'u1' } });
    const server = await startServer(reply(http, body, { 'x-zm-trackingid': 'v=2.0;rid=WEB_9' }));
    const result = await clientAt(server.url).client.call(id, input);
    expect(result).toMatchObject({
      ok: false,
      error: {
        ...error,
        zoom: {
          operation: id,
          http,
          code,
          trackingId: 'v=2.0;rid=WEB_9',
          ...(message === undefined ? {} : { message }),
        },
      },
    });
    expect(!result.ok && isTallyError(result.error)).toBe(true);
  });

  it('lists the complaints about fields and drops what is none', async () => {
    const errors = [
      { field: 'status', message: 'Invalid field.' },
      7,
      null,
      { field: 3 },
      { field: 'duration' },
    ];
    const result = await answerTo('updatePresenceStatus', 400, {
      code: 300,
      message: 'Validation Failed.',
      errors,
    });
    expect(result).toMatchObject({
      error: {
        zoom: {
          fields: [
            { field: 'status', message: 'Invalid field.' },
            { field: 'duration', message: '' },
          ],
        },
      },
    });
  });

  it.each<[string, OperationId, number, unknown]>([
    ['204 without a body', 'updatePresenceStatus', 204, ''],
    ['201 without a body', 'userPicture', 201, ''],
    ['a user whose data has code 0', 'user', 200, { id: 'u1', code: 0, message: 'fine' }],
    ['a byte order mark', 'user', 200, '\ufeff{"id":"u1"}'],
    ['JSON called text', 'user', 200, '{"id":"u1"}'],
  ])('takes %s for a success', async (_, id, http, body) => {
    const result = await answerTo(id, http, body, { 'content-type': 'text/plain' });
    expect(result.ok).toBe(true);
  });

  it('blanks out a token that a server echoes, and cuts long and broken texts', async () => {
    const message = `Bearer token-0 is wrong\r\n\u0000${'x'.repeat(2000)}`;
    const result = await answerTo('userUpdate', 400, { code: 1, message });
    expect(JSON.stringify(result)).not.toContain('token-0');
    expect(result).toMatchObject({
      error: { zoom: { message: expect.stringMatching(/^Bearer … is wrong x+$/) } },
    });
    expect((result as { error: TallyError }).error.zoom?.message.length).toBeLessThanOrEqual(500);
  });

  it('never leaves anything untyped, whatever bytes, status and headers come', () => {
    const body = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => new TextEncoder().encode(text)),
      fc
        .record(
          {
            code: fc.oneof(
              fc.integer(),
              fc.constantFrom(124, 200, 300, 429, 4700, 4711, 5301, 0, -1),
              fc.string(),
            ),
            message: fc.oneof(fc.string(), fc.constant('does not contain scopes:[a:b]'), fc.jsonValue()),
            error_message: fc.anything(),
            errors: fc.oneof(
              fc.jsonValue(),
              fc.array(fc.record({ field: fc.jsonValue(), message: fc.jsonValue() })),
            ),
          },
          { requiredKeys: [] },
        )
        .map((value) =>
          new TextEncoder().encode(
            JSON.stringify(value, (_, entry) => (typeof entry === 'bigint' ? 0 : entry)) ?? '',
          ),
        ),
    );
    const headers = fc.dictionary(
      fc.constantFrom(
        'retry-after',
        'x-ratelimit-type',
        'x-ratelimit-limit',
        'x-ratelimit-remaining',
        'x-zm-trackingid',
      ),
      fc.oneof(
        fc.string(),
        fc.constantFrom('QPS', 'Daily-limit', '10', '2026-01-16T00:00:00Z'),
        fc.array(fc.string()),
      ),
    );
    const all: Operation[] = Object.values(operations);
    const now = Date.UTC(2026, 0, 15, 9);
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.integer({ min: 200, max: 599 }),
        body,
        headers,
        (operation, status, bytes, sent) => {
          const limits = readLimits(operation.label, sent, now);
          const verdict = judge(
            { operation, token: 'tok' },
            { status, headers: sent, body: bytes, damage: null },
            limits,
            now,
          );
          if (verdict.ok) {
            expect(operation.success).toContain(status);
          } else {
            expect(isTallyError(verdict.error)).toBe(true);
            expect(verdict.error.zoom?.http).toBe(status);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
