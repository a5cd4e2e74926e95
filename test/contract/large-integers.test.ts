import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { treeOf } from '../../renderer/screens/advanced/answer/tree.ts';
import { fieldAt, numberOf } from '../../renderer/screens/advanced/form/fields.ts';
import { blankForm, edit, editText, formOf, inputOf } from '../../renderer/screens/advanced/form/form.ts';
import { operationOf } from '../../renderer/screens/advanced/form/operation.ts';
import { isObject, readJson, valueAt } from '../../shared/json.ts';
import { withAdvanced } from '../support/advanced-rig.ts';

const integer = fc.oneof(fc.bigInt(), fc.bigInt({ min: -(2n ** 65n), max: 2n ** 65n }));

describe('an integer beyond 2^53', () => {
  it('keeps its digits from the form to Zoom, and from the answer to the view and the history', async () => {
    await withAdvanced({ limits: false }, async (rig) => {
      const advanced = rig.advanced();
      await fc.assert(
        fc.asyncProperty(integer, fc.boolean(), async (given, inText) => {
          const digits = String(given);
          const blank = blankForm('userUpdate');
          const form = inText
            ? editText(blank, `{"path":{"userId":"me"},"query":{"n":${digits}},"body":{"n":[${digits}]}}`)
            : edit(edit(blank, '/query/n', numberOf(digits)), '/body/n', [numberOf(digits)]);
          expect(form.broken).toBeUndefined();
          expect(form.text).toContain(digits);
          // IPC clones it.
          const input = structuredClone(inputOf(form));
          for (const format of ['curl', 'fetch', 'http'] as const)
            expect(advanced.code(input, format)).toMatchObject({
              value: expect.stringContaining(digits),
            });
          await rig.fault(
            { kind: 'status', status: 200, body: `{"n":${digits}}` },
            { operationId: 'userUpdate' },
          );
          const sent = await rig.send(advanced, input);
          if (!sent.ok) throw new Error(JSON.stringify(sent.error));
          const { http, call } = sent.value;
          expect(treeOf(readJson(http?.body ?? '') ?? null)[1]?.text).toBe(digits);

          const [asked] = (await rig.state()).requests.slice(-1);
          expect(String(valueAt(asked?.body as never, '/n/0'))).toBe(digits);
          expect(asked?.query).toEqual({ n: digits });

          const entry = await advanced.history.get(call);
          if (!entry.ok) throw new Error(JSON.stringify(entry.error));
          expect(formOf(entry.value.input).text).toBe(formOf(input).text);
          expect(entry.value.answer.http?.body).toBe(`{"n":${digits}}`);
          const found = await advanced.history.list({ search: digits });
          expect(found.lines.map(({ id }) => id)).toContain(call);
        }),
        { numRuns: 30 },
      );
    });
  });

  it('is a plan as Zoom calls it, to be chosen, told and taken over', async () => {
    const plan = 144_115_188_075_855_872n;
    const field = fieldAt(operationOf('userUpdate').root, '/body/zoom_one_type');
    const choices = field?.kind === 'choice' ? field.choices : [];
    expect(choices.find(({ value }) => value === plan)).toMatchObject({
      word: `${plan}: Education Enterprise Plus`,
      since: '2025',
    });
    await withAdvanced({}, async (rig) => {
      const advanced = rig.advanced();
      const input = inputOf(edit(blankForm('userUpdate'), '/body/zoom_one_type', plan));
      expect(advanced.check(input)).toEqual([]);
      expect(
        advanced.check(inputOf(edit(blankForm('userUpdate'), '/body/zoom_one_type', plan + 1n))),
      ).toMatchObject([{ pointer: '/zoom_one_type', blocks: false }]);
      expect(await rig.send(advanced, input)).toMatchObject({ value: { http: { status: 204 } } });
      const user = await rig.send(advanced, await rig.input('user', {}));
      expect(user.ok && user.value.http?.body).toContain(`"zoom_one_type":${plan}`);
      const current = await advanced.current('userUpdate');
      const body = current.ok ? current.value.body : undefined;
      expect(isObject(body) && body.zoom_one_type).toBe(plan);
    });
  });
});
