import { describe, expect, it } from 'vitest';
import { identify, notConnected } from '../../../../electron/core/accounts/account.ts';
import { tallyError } from '../../../../shared/errors.ts';

const person = { id: 'u1', email: 'jo@example.org' };
const noWay = tallyError('network', 'No way.');

describe('whose sign-in it is', () => {
  const told = async (data: object) =>
    identify({ call: async () => ({ ok: true, status: 200, data, limits: {} }) } as never);

  it.each([
    [{ display_name: 'Jo Doe', first_name: 'J', last_name: 'D' }, 'Jo Doe'],
    [{ display_name: 5, first_name: 'J', last_name: 'D' }, 'J D'],
    [{ display_name: '', first_name: 'J', last_name: '' }, 'J'],
    [{ first_name: ' ', last_name: ' ' }, 'jo@example.org'],
    [{ first_name: 5 }, 'jo@example.org'],
    [{ display_name: 'x'.repeat(1_001) }, 'x'.repeat(1_000)],
  ])('is said by a name: %j', async (names, name) => {
    const { id, email } = person;
    expect(await told({ id, email, ...names })).toEqual({ ok: true, value: { id, email, name } });
  });

  it('has an address no longer than is kept, and an id as it is', async () => {
    expect(await told({ ...person, id: 'i'.repeat(200), email: 'e'.repeat(1_001) })).toMatchObject({
      value: { id: 'i'.repeat(200), email: 'e'.repeat(1_000) },
    });
  });

  it.each([
    { id: undefined },
    { id: '' },
    { id: 5 },
    { id: 'i'.repeat(201) },
    { email: '' },
    { email: null },
  ])('is not known where it is not said: %j', async (change) => {
    expect(await told({ ...person, ...change })).toMatchObject({ ok: false, error: { kind: 'bad-answer' } });
  });

  it('is not known where Zoom does not answer', async () => {
    const refused = { ok: false, error: noWay, reached: 'no' } as const;
    expect(await identify({ call: async () => refused } as never)).toEqual(refused);
  });
});

describe('what cannot be asked of an account', () => {
  it('is said by why it is not connected', () => {
    expect(notConnected({ phase: 'failed', key: 'k', practice: false, error: noWay })).toBe(noWay);
    expect(notConnected({ phase: 'none' })).toEqual({
      kind: 'not-signed-in',
      what: 'Tally isn’t connected to Zoom yet.',
      action: 'sign-in',
    });
  });
});
