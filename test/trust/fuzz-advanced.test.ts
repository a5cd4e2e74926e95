import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { rawLines } from '../../renderer/screens/advanced/answer/raw.ts';
import { foldedAtFirst, seenLines, treeOf } from '../../renderer/screens/advanced/answer/tree.ts';
import { isTallyError } from '../../shared/errors.ts';
import { isObject, parseJson, readJson } from '../../shared/json.ts';
import { serve } from '../support/scripted-server.ts';
import { advancedAt } from '../support/trust/advanced-at.ts';
import { answersTo, type RandomAnswer } from '../support/trust/answers.ts';

/** Random answers on the way of the Advanced screen: what is hidden and kept, the tree, the lines as they came, the history. */

const reads = ['user', 'users', 'userSettings', 'userPresenceStatus', 'userZak', 'userAssistants'] as const;

/** A token that Zoom never tells in such a place. */
const secret = 'sesame-2f7c91d4';

/** The same answer with a secret deep in it, where it is an object. */
function withSecret({ body, ...rest }: RandomAnswer): RandomAnswer {
  const json = parseJson(body);
  if (!isObject(json)) return { ...rest, body };
  return { ...rest, body: JSON.stringify({ ...json, further: [{ access_token: secret }] }) };
}

const asked = fc
  .constantFrom(...reads)
  .chain((operation) =>
    fc.record({ operation: fc.constant(operation), answer: answersTo(operation), hides: fc.boolean() }),
  );

it('each is shown as it came but for its secrets, kept as it was shown, and opens as a tree', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tally-fuzz-'));
  let next: RandomAnswer = { status: 200, headers: {}, body: '{}' };
  const at = await serve((response) => {
    const { status, headers, body } = next;
    response.writeHead(status, {
      ...headers,
      ...(status !== 204 && { 'content-length': Buffer.byteLength(body) }),
    });
    response.end(status === 204 ? undefined : body);
  });
  const advanced = advancedAt(at, folder);
  let trees = 0;
  try {
    await fc.assert(
      fc.asyncProperty(asked, async ({ operation, answer, hides }) => {
        next = hides ? withSecret(answer) : answer;
        const call = randomUUID();
        const path = operation === 'users' ? {} : { userId: 'me' };
        const input = { operation, path, query: {} };
        const sent = await advanced.send({ call, input, anyway: true, confirmed: '' });
        if (!sent.ok) {
          expect(isTallyError(sent.error)).toBe(true);
          return;
        }
        const { http, error } = sent.value;
        expect(error === undefined || isTallyError(error), JSON.stringify(error)).toBe(true);
        const body = http?.body ?? '';
        expect(body).not.toContain(secret);
        expect(rawLines(body, 80).join('')).toBe(body);
        const json = http?.form === 'json' ? readJson(body) : undefined;
        if (http?.form === 'json') {
          const lines = treeOf(json ?? null);
          expect(seenLines(lines, foldedAtFirst(lines)).length).toBeGreaterThan(0);
          trees += 1;
        }
        expect(await advanced.history.get(call)).toMatchObject({ ok: true, value: { answer: sent.value } });
      }),
      { numRuns: 1_500, endOnFailure: true },
    );
    expect(trees).toBeGreaterThan(300);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files)
      expect(readFileSync(join(file.parentPath, file.name), 'utf8')).not.toContain(secret);
  } finally {
    await advanced.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});
