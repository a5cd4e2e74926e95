import { describe, expect, it } from 'vitest';
import { type ErrorKind, isTallyError, type TallyError } from '../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import catalogue from '../../shared/zoom/schemas.gen.json' with { type: 'json' };
import { type ClientRig, type Outcome, withClient } from '../support/client-rig.ts';
import { errorRecipes } from '../support/error-recipes.ts';
import { validCalls } from '../support/valid-calls.ts';

const ids = Object.keys(operations) as OperationId[];
const minute = 60_000;
const nextMidnight = Date.UTC(2026, 0, 16);

interface Listed {
  readonly http: number;
  readonly code: number;
  readonly message?: string;
}

/** What an answer means to the person, by "status/code: message"; the first line that fits. */
const meanings: readonly (readonly [RegExp, ErrorKind])[] = [
  [/^429\/429: Too many concurrent/, 'rate-limit'],
  [/^429\/429: .*\bdaily rate limit\b/, 'daily-limit'],
  [/^429\/429: .*\bper-second rate limit\b/, 'rate-limit'],
  [/^429\/429: .*update the presence status/, 'minute-limit'],
  [/^409\/1005: /, 'conflict'],
  [/^404\/1102: /, 'refused'],
  [/^404\//, 'not-found'],
  [/^400\/1001: /, 'not-found'],
  [/^400\/5301: .*\bupdate\b/, 'not-in-zoom-client'],
  [/^400\/5301: .*\bread\b/, 'refused'],
  [/^400\/5411: /, 'forbidden'],
  [/^400\/(120|-1): /, 'file'],
  [/^400\/200: (Only an account administrator can |No permission to )/, 'forbidden'],
  [/^400\/200: (Current account must be (?:a )?paid|The user must either be a Licensed)/, 'forbidden'],
  [/^400\/200: The status of an administrator /, 'forbidden'],
  [/^400\/300: (Validation Failed\.|Invalid parameter: )/, 'invalid-input'],
  [/^400\/300: (Email|Vanity name) is required\./, 'invalid-input'],
  [/^400\/\d+: /, 'refused'],
];

/** The client's one failure among the outcomes. */
function failureOf(outcomes: readonly Outcome[]): TallyError {
  const errors = outcomes.flatMap((outcome) => (outcome.ok ? [] : [outcome.error]));
  if (errors.length !== 1 || !errors[0]) throw new Error(`${errors.length} calls failed`);
  return errors[0];
}

/** Holds an error against the answer that caused it, found by its tracking id. */
function expectUnderstood(rig: ClientRig, error: TallyError, id: OperationId, key: string): void {
  const answer = rig.wire.find(
    ({ headers }) => headers['x-zm-trackingid'] === (error.zoom?.trackingId ?? 'none'),
  );
  const said: { code: number; message: string; errors?: unknown[] } = JSON.parse(answer?.text ?? '{}');
  const whole = `${key}: ${said.message}`;
  expect(`${answer?.status}/${said.code}`).toBe(key);
  expect(error.zoom, whole).toMatchObject({
    operation: id,
    http: answer?.status,
    code: said.code,
    message: said.message,
    fields: said.errors ?? [],
  });
  const kind = meanings.find(([pattern]) => pattern.test(whole))?.[1];
  expect(`${whole} -> ${error.kind}`).toBe(`${whole} -> ${kind}`);
  expect(isTallyError(error)).toBe(true);
  expect(rig.internal).toEqual([]);

  const now = rig.clock.now();
  if (kind === 'daily-limit') expect(error.retryAt).toBe(nextMidnight);
  else if (kind === 'minute-limit') expect(error.retryAt).toBe(now + minute);
  else if (kind === 'rate-limit') expect(error.retryAt).toBeGreaterThan(now);
  else expect(error).not.toHaveProperty('retryAt');
}

/** Brings the error about by state and input. A recipe that needs a request no client of ours makes is answered alike by a fault. */
async function byRecipe(id: OperationId, key: string, recipe: ReturnType<typeof errorRecipes>[number]) {
  await withClient(recipe.options ?? { limits: false }, async (rig) => {
    const answer = await recipe.run(rig);
    if (rig.outcomes.length === 0) {
      const body = JSON.stringify(answer.json);
      await rig.fault({ kind: 'status', status: answer.status, body }, { operationId: id });
      await rig.valid(id);
    }
    expectUnderstood(rig, failureOf(rig.outcomes), id, key);
  });
}

async function byFault(id: OperationId, key: string, { http, code, message = 'No.' }: Listed) {
  await withClient({}, async (rig) => {
    await rig.fault({ kind: 'status', status: http, code, message }, { operationId: id });
    await rig.valid(id);
    expectUnderstood(rig, failureOf(rig.outcomes), id, key);
    expect(await rig.requests({ operationId: id }, 1)).toEqual([http]);
  });
}

describe('every error the catalogue lists is understood', () => {
  const understood = new Set<string>();

  it.each(ids)('%s', async (id) => {
    for (const listed of catalogue.operations[id].errors as readonly Listed[]) {
      const key = `${listed.http}/${listed.code}`;
      if (understood.has(`${id} ${key}`)) continue;
      const recipes = errorRecipes(id, key);
      for (const recipe of recipes) await byRecipe(id, key, recipe);
      if (recipes.length === 0) await byFault(id, key, listed);
      understood.add(`${id} ${key}`);
    }
  });

  it('none left out', () => {
    const listed = ids.flatMap((id) =>
      catalogue.operations[id].errors.map(({ http, code }) => `${id} ${http}/${code}`),
    );
    expect(understood).toEqual(new Set(listed));
  });
});

describe('a missing permission', () => {
  /** For other people than the token's owner only the scopes of administrators count. */
  const enough = (id: OperationId, kind: 'granular' | 'classic') => {
    const { scopes, adminOnly }: Operation = operations[id];
    const others = !adminOnly && (validCalls[id].path?.userId ?? 'me') !== 'me';
    return scopes[kind].filter((scope) => !others || scope.endsWith(':admin'));
  };

  it.each(ids)('%s: names the scopes of which one is needed, and does not refresh', async (id) => {
    for (const [code, kind, scope] of [
      [4711, 'granular', 'meeting:read:meeting'],
      [4700, 'classic', 'meeting:read'],
    ] as const) {
      // Nobody knows a granular scope of one operation, so none is said to be missing.
      if (operations[id].scopes[kind].length === 0) continue;
      await withClient({}, async (rig) => {
        await rig.patch({ scopes: [scope] });
        const outcome = await rig.zoom(id, validCalls[id]);
        expect(outcome).toMatchObject({
          ok: false,
          error: {
            kind: 'missing-scope',
            action: 'add-scope',
            scopes: enough(id, kind),
            zoom: { operation: id, http: 400, code, trackingId: rig.wire[0]?.headers['x-zm-trackingid'] },
          },
        });
        expect(await rig.requests({ operationId: id }, 1)).toEqual([400]);
        expect((await rig.state()).refreshes).toBe(0);
      });
    }
  });
});

describe('the minute of a status', () => {
  it('is over by the time the client names, though Zoom says nothing of it', async () => {
    await withClient({}, async (rig) => {
      const set = (status: 'Away' | 'Available') => rig.zoom('updatePresenceStatus', { body: { status } });
      expect(await set('Away')).toMatchObject({ ok: true });
      rig.clock.jump(minute - 1);
      const refused = await set('Available');
      expect(refused).toMatchObject({ error: { kind: 'minute-limit', action: 'wait' } });
      const retryAt = refused.ok ? 0 : (refused.error.retryAt ?? 0);
      expect(retryAt - rig.clock.now()).toBe(minute);
      rig.clock.jump(retryAt - rig.clock.now());
      expect(await set('Available')).toMatchObject({ ok: true });
      expect(await rig.requests({ operationId: 'updatePresenceStatus' }, 3)).toEqual([204, 429, 204]);
    });
  });
});
