import { describe, expect, it } from 'vitest';
import { readCatalogue } from '../../../../scripts/generate/catalogue.ts';
import { commonErrors, factsOfCatalogue } from '../../../../scripts/reference/ours.ts';

const catalogue = readCatalogue('shared/zoom/openapi.yaml');
const facts = factsOfCatalogue(catalogue);

describe('the facts of the catalogue', () => {
  it('have every operation with its scopes and statuses', () => {
    expect([...facts.values()].map(({ id }) => id)).toEqual(catalogue.entries.map(({ id }) => id));
    expect(facts.get('GET /users/me/zak')).toMatchObject({
      label: 'Light',
      scopes: { classic: ['user_zak:read'] },
      success: ['200'],
    });
    expect(facts.get('POST /users')?.errors).toContain('409 1005');
  });

  it('have of a body what is sent and of an answer what is read', () => {
    const answer = facts.get('GET /users/{userId}/settings')?.answer;
    const body = facts.get('PATCH /users/{userId}/settings')?.body;
    const onlyRead = 'in_meeting.language_interpretation.languages';
    const onlySent = 'authentication_option.action';
    expect([answer?.has(onlyRead), body?.has(onlyRead)]).toEqual([true, false]);
    expect([answer?.has(onlySent), body?.has(onlySent)]).toEqual([false, true]);
  });

  it('have what is required of parameters, bodies and answers', () => {
    expect(facts.get('GET /users/email')?.parameters.get('query email')).toEqual({
      type: 'string',
      required: true,
    });
    expect(facts.get('POST /users')?.body.get('user_info.email')).toMatchObject({ required: true });
    expect(facts.get('GET /users/{userId}')?.answer.get('email')).toMatchObject({ required: true });
    expect(facts.get('GET /users/{userId}')?.answer.get('dept')).not.toHaveProperty('required');
  });

  it('know the errors that any operation may answer; that of a limit has no code of its own', () => {
    expect(commonErrors(catalogue)).toContain('401 124');
    expect(commonErrors(catalogue)).toContain('429');
  });
});
