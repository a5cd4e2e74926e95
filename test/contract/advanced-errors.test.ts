import { describe, expect, it } from 'vitest';
import type { CallAnswer } from '../../shared/advanced.ts';
import { type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import catalogue from '../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { type AdvancedRig, withAdvanced } from '../support/advanced-rig.ts';
import { errorRecipes } from '../support/error-recipes.ts';
import type { Answer, Rig } from '../support/practice-client.ts';

const ids = Object.keys(operations) as OperationId[];

interface Listed {
  readonly http: number;
  readonly code: number;
  readonly message?: string;
  readonly when: string;
}

const common = catalogue.commonErrors as readonly Listed[];
const listedOf = (id: OperationId) => catalogue.operations[id].errors as readonly Listed[];
const sentence = ({ when }: Listed) => `${when.charAt(0).toUpperCase()}${when.slice(1)}.`;

/** The recipes' calls, made by hand in the advanced panel; what came of each is added to `told`. */
function throughAdvanced(rig: AdvancedRig, told: CallAnswer[]): Rig {
  return {
    ...rig,
    async call(id, given = {}, token) {
      const advanced = rig.advanced(token);
      const sent = await rig.send(advanced, await rig.input(id, given, advanced));
      const headers = new Headers();
      if (!sent.ok) return { status: 0, headers, json: undefined, code: undefined, message: undefined };
      told.push(sent.value);
      const { http } = sent.value;
      const json = http?.form === 'json' ? JSON.parse(http.body) : undefined;
      return { status: http?.status ?? 0, headers, json, code: json?.code, message: json?.message };
    },
  };
}

/** The one refusal among the answers, or the one that the valid call gets when it is refused in the same words. */
async function refusal(
  rig: AdvancedRig,
  id: OperationId,
  told: readonly CallAnswer[],
  same: Pick<Answer, 'status' | 'json'>,
): Promise<CallAnswer> {
  const refused = told.filter(({ error }) => error);
  if (refused.length === 1 && refused[0]) return refused[0];
  expect(told).toEqual([]);
  await rig.fault(
    { kind: 'status', status: same.status, body: JSON.stringify(same.json) },
    { operationId: id },
    4,
  );
  const { advanced, input } = await rig.validInput(id);
  const sent = await rig.send(advanced, input);
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return sent.value;
}

/** Held against the catalogue: what Zoom said, and among the meanings what the catalogue has for it. */
function expectExplained(id: OperationId, { http, code }: Listed, answer: CallAnswer): void {
  const said = JSON.parse(answer.http?.body ?? '{}') as { code: number; message: string };
  expect([answer.http?.status, said.code]).toEqual([http, code]);
  expect(answer.error).toBeDefined();
  const possible = [...listedOf(id), ...common].filter((one) => one.http === http && one.code === code);
  expect(answer.meanings.length).toBeGreaterThan(0);
  for (const meaning of answer.meanings) expect(possible.map(sentence)).toContain(meaning);
  const exact = possible.filter(({ message }) => message === said.message);
  if (exact.length > 0) expect(answer.meanings).toEqual([...new Set(exact.map(sentence))]);
}

describe('every error that the catalogue lists is explained by it', () => {
  const explained = new Set<string>();

  it.each(ids)('%s', async (id) => {
    for (const listed of listedOf(id)) {
      const key = `${listed.http}/${listed.code}`;
      if (explained.has(`${id} ${key}`)) continue;
      const recipes = errorRecipes(id, key);
      for (const recipe of recipes) {
        await withAdvanced(recipe.options ?? { limits: false }, async (rig) => {
          const told: CallAnswer[] = [];
          const answer = await recipe.run(throughAdvanced(rig, told));
          const same = answer.status === 0 ? bare(listed) : answer;
          expectExplained(id, listed, await refusal(rig, id, told, same));
        });
      }
      if (recipes.length === 0) {
        await withAdvanced({}, async (rig) => {
          expectExplained(id, listed, await refusal(rig, id, [], bare(listed)));
        });
      }
      explained.add(`${id} ${key}`);
    }
  });

  it('none left out', () => {
    const all = ids.flatMap((id) => listedOf(id).map(({ http, code }) => `${id} ${http}/${code}`));
    expect(explained).toEqual(new Set(all));
  });

  it.each(common)('for every operation: $http/$code $message', async (listed) => {
    await withAdvanced({ limits: false }, async (rig) => {
      expectExplained('user', listed, await refusal(rig, 'user', [], bare(listed)));
    });
  });
});

function bare({ http, code, message = 'No.' }: Listed): Pick<Answer, 'status' | 'json'> {
  return { status: http, json: { code, message } };
}

it.each(['-259589436269574300', '1.5', '1e300'])(
  'a refusal with %s in the place of Zoom’s number is shown, and read back from the history',
  (code) =>
    withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const body = `{"code":${code},"message":"No."}`;
      await rig.fault({ kind: 'status', status: 400, body }, { operationId: 'user' });
      const sent = await rig.send(advanced, await rig.input('user', {}));
      if (!sent.ok) throw new Error(JSON.stringify(sent.error));
      const answer = sent.value;
      expect(answer).toMatchObject({ http: { body }, error: { zoom: { code: null, message: 'No.' } } });
      expect(await advanced.history.get(answer.call)).toMatchObject({ ok: true, value: { answer } });
    }),
);
