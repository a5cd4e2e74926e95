import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, it } from 'vitest';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import catalogue from '../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { errorRecipes } from '../support/error-recipes.ts';
import { type Answer, type Rig, withPractice } from '../support/practice-client.ts';
import { validCalls } from '../support/valid-calls.ts';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(catalogue, 'zoom');

const ids = Object.keys(operations) as OperationId[];

/** Whose token a valid call needs: its own user's wherever that is enough. */
function tokenFor(rig: Rig, id: OperationId): string {
  const isForOthers = operations[id].adminOnly || (validCalls[id].path?.userId ?? 'me') !== 'me';
  return isForOthers ? rig.practice.adminAccessToken : rig.practice.accessToken;
}

async function validInput(rig: Rig, id: OperationId) {
  if (id !== 'delUserVB') return validCalls[id];
  return { query: { file_ids: (await rig.state()).me.backgrounds[0]?.id ?? '' } };
}

describe('every operation of the catalogue', () => {
  const answered = new Set<OperationId>();

  it.each(ids)('%s: a valid call gets its success status and a body that fits its schema', async (id) => {
    await withPractice({}, async (rig) => {
      const answer = await rig.call(id, await validInput(rig, id), tokenFor(rig, id));
      const operation: Operation = operations[id];
      expect({ status: answer.status, json: answer.json }).toMatchObject({
        status: expect.toSatisfy((status) => operation.success.includes(status)),
      });
      expect(answer.headers.get('x-zm-trackingid')).toMatch(/^v=2\.0;clid=us02;rid=WEB_[0-9a-f]{32}$/);
      expect(answer.headers.get('x-ratelimit-category')).toBe(operation.label);
      const schema = (catalogue.operations[id].responses as Record<string, unknown>)[String(answer.status)];
      if (schema) {
        const check = ajv.getSchema(`zoom#/operations/${id}/responses/${answer.status}`);
        expect(check?.(answer.json), JSON.stringify(check?.errors)).toBe(true);
      } else if (answer.status === 204) {
        expect(answer.json).toBeUndefined();
      }
      answered.add(id);
    });
  });

  it('answers all of them', () => {
    expect(`${answered.size} of ${ids.length}`).toBe(`${ids.length} of ${ids.length}`);
  });
});

/** One error that the catalogue lists for an operation. */
interface Listed {
  readonly http: number;
  readonly code: number;
  readonly message?: string;
  readonly when: string;
}

/**
 * Errors that nothing a caller does can bring about here; a test that needs one arms a `status` fault. By operation, status
 * and code, with how many of that code.
 */
const onlyByFault = [
  'userCreate 400/1000',
  'userCreate 400/11321',
  'userCreate 400/2016',
  'userCreate 400/2035',
  'userCreate 400/2036',
  'userCreate 400/2037',
  'userCreate 400/3412',
  'userCreate 404/4130',
  'userEmail 404/1001',
  'userSettingsUpdate 400/1242',
  'userZak 400/1001',
  'userZak 400/1001',
  'userUpdate 400/300',
  'userUpdate 400/2039',
  'userUpdate 400/3412',
  'userStatus 400/3412',
];

function fits(listed: Listed, message: string | undefined): boolean {
  if (listed.message === undefined) return true;
  const pattern = listed.message.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '.+');
  return new RegExp(`^${pattern}$`).test(message ?? '');
}

/** Those of the listed errors that none of the produced messages stands for; each message stands for one. */
function notProduced(listed: readonly Listed[], produced: readonly (string | undefined)[]): Listed[] {
  const left = [...new Set(produced)];
  const worded = listed.filter((one) => one.message !== undefined);
  const free = listed.filter((one) => one.message === undefined);
  return [...worded, ...free].filter((one) => {
    const found = left.findIndex((message) => fits(one, message));
    if (found >= 0) left.splice(found, 1);
    return found < 0;
  });
}

describe('every error the catalogue lists', () => {
  const missing: string[] = [];

  it.each(ids)('%s: comes about by state or input', async (id) => {
    const listed = catalogue.operations[id].errors as readonly Listed[];
    const groups = new Map<string, Listed[]>();
    for (const error of listed) {
      const key = `${error.http}/${error.code}`;
      groups.set(key, [...(groups.get(key) ?? []), error]);
    }
    for (const [key, errors] of groups) {
      const messages: (string | undefined)[] = [];
      for (const recipe of errorRecipes(id, key)) {
        const answer = await withPractice(recipe.options ?? { limits: false }, recipe.run);
        expect(`${answer.status}/${answer.code}: ${answer.message}`).toMatch(`${key}: `);
        messages.push(answer.message);
      }
      missing.push(...notProduced(errors, messages).map(() => `${id} ${key}`));
    }
  });

  it('but for those that only a fault makes', () => {
    expect([...missing].sort()).toEqual([...onlyByFault].sort());
  });

  it('which a fault makes, changing nothing', async () => {
    for (const one of onlyByFault) {
      const [id, status, code] = one.split(/[ /]/) as [OperationId, string, string];
      await withPractice({}, async (rig) => {
        const before = (await rig.state()).users;
        await rig.fault(
          { kind: 'status', status: Number(status), code: Number(code), message: 'No.' },
          { operationId: id },
        );
        const answer: Answer = await rig.call(id, await validInput(rig, id), tokenFor(rig, id));
        expect({ status: answer.status, code: answer.code }).toEqual({
          status: Number(status),
          code: Number(code),
        });
        expect((await rig.state()).users).toEqual(before);
      });
    }
  });
});
