import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blankOf,
  type Field,
  fieldAt,
  fieldOf,
  fits,
  numberOf,
  textOf,
  variantOf,
} from '../../../../renderer/screens/advanced/form/fields.ts';
import {
  blankForm,
  dots,
  edit,
  editText,
  type FormState,
  formOf,
  inputOf,
  mend,
} from '../../../../renderer/screens/advanced/form/form.ts';
import { placeOf, readJson } from '../../../../renderer/screens/advanced/form/json-text.ts';
import {
  allOperations,
  leafCount,
  operationOf,
} from '../../../../renderer/screens/advanced/form/operation.ts';
import { drop, put } from '../../../../renderer/screens/advanced/form/pointer.ts';
import {
  problemsByPlace,
  problemsIn,
  tellable,
} from '../../../../renderer/screens/advanced/form/problems.ts';
import { keep, keptOf } from '../../../../renderer/screens/advanced/kept.ts';
import { type CallProblem, hiddenText, type Json } from '../../../../shared/advanced.ts';
import {
  type JsonObject,
  pointerTo,
  readJson as readValue,
  sameJson,
  stepsOf,
  valueAt,
  writeJson,
} from '../../../../shared/json.ts';
import type { OperationId } from '../../../../shared/zoom/operations.gen.ts';

/** Anything that JSON can hold, with names and texts that have hurt other programs. */
const anyJson = fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json);
const oddText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '007', '-', '1e3', '~1', 'a/b', '{}', 'null', '9007199254740993', dots),
);

/** Every place of a form that a person can fill in, with entry 0 or 1 of each list and one name of each free map. */
function pointersOf(field: Field, pointer = ''): string[] {
  switch (field.kind) {
    case 'object': {
      const own = field.fields.flatMap((one) => pointersOf(one, pointerTo(pointer, one.name)));
      return field.rest ? [...own, ...pointersOf(field.rest, pointerTo(pointer, 'a/~b'))] : own;
    }
    case 'list':
      return [pointer, ...[0, 1].flatMap((at) => pointersOf(field.item, pointerTo(pointer, at)))];
    default:
      return [pointer];
  }
}

/** What a person makes of a field: nothing, what is right for it, and what is not. */
function valueFor(field: Field): fc.Arbitrary<Json | undefined> {
  switch (field.kind) {
    case 'number':
      return fc.oneof(oddText.map(numberOf), fc.integer().map(String).map(numberOf));
    case 'switch':
      return fc.constantFrom(true, false, undefined);
    case 'choice':
      return fc.constantFrom(...field.choices.map(({ value }) => value), undefined);
    case 'list':
      return fc.constantFrom<Json | undefined>([blankOf(field.item)], [], undefined);
    case 'text':
    case 'secret':
      return fc.oneof(oddText, fc.constant(undefined));
    default:
      return fc.constantFrom(blankOf(field), undefined);
  }
}

type Step =
  | { readonly at: string; readonly value: Json | undefined }
  | { readonly text: string }
  | { readonly mend: true };

function typedSteps(root: Field): fc.Arbitrary<Step[]> {
  const places = pointersOf(root);
  const inForm = places.map((at) =>
    valueFor(fieldAt(root, at) as Field).map((value): Step => ({ at, value })),
  );
  const inText = fc
    .record({ path: anyJson, query: anyJson, body: anyJson }, { requiredKeys: [] })
    .chain((call) => fc.constantFrom(JSON.stringify(call), JSON.stringify(call, null, 1)))
    .map((text): Step => ({ text }));
  const broken = oddText.map((text): Step => ({ text }));
  const mended = fc.constant<Step>({ mend: true });
  const inBoth = inForm.length > 0 ? [fc.oneof(...inForm), fc.oneof(...inForm)] : [];
  return fc.array(fc.oneof(...inBoth, inText, broken, mended), { maxLength: 8 });
}

function take(state: FormState, step: Step): FormState {
  if ('mend' in step) return mend(state);
  return 'text' in step ? editText(state, step.text) : edit(state, step.at, step.value);
}

/** The call as its JSON text shows it. */
function shownIn(text: string): { path: unknown; query: unknown; body?: unknown } {
  const { path = {}, query = {}, ...rest } = readValue(text) as JsonObject;
  return { path, query, ...rest };
}

describe('form and JSON of a call', () => {
  it.each(allOperations.map(({ id }) => id))('stay one value whatever is edited where: %s', (id) => {
    const { root, secrets } = operationOf(id);
    fc.assert(
      fc.property(typedSteps(root), (steps) => {
        const state = steps.reduce(take, blankForm(id));
        if (state.broken) {
          // Nothing of the broken text gets into the form, and the form's value can be had back.
          expect(mend(state).broken).toBeUndefined();
          return;
        }
        const parsed = readValue(state.text) as Json;
        // A large integer may have come as a number: what it is written as counts.
        const values = readValue(writeJson(state.values)) as Json;
        expect(sameJson(parsed, values)).toBe(true);
        for (const pointer of pointersOf(root))
          expect(sameJson(valueAt(parsed, pointer), valueAt(values, pointer))).toBe(true);
        // What is sent is what the JSON shows, but for the dots.
        const { operation, ...sent } = inputOf(state);
        const covered = secrets.reduce<Json>(
          (so, at) => (state.secrets[at] === undefined ? so : put(so, at, dots)),
          sent as Json,
        );
        expect(sameJson(readValue(writeJson(covered)), shownIn(state.text))).toBe(true);
        expect(operation).toBe(id);
        for (const secret of Object.values(state.secrets))
          if (secret !== dots && secret.length > 3) expect(state.text).not.toContain(JSON.stringify(secret));
        // A call that is kept and opened again is the same call, less its passwords.
        const again = formOf(inputOf(state));
        const bare = secrets.reduce<Json | undefined>(drop, state.values) ?? {};
        const { path = {}, query = {}, ...rest } = bare as Record<string, Json>;
        expect(sameJson(shownIn(again.text), { path, query, ...rest })).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('has all that Zoom can be sent', () => {
    const settings = fieldAt(operationOf('userSettingsUpdate').root, '/body');
    expect(settings && leafCount(settings)).toBeGreaterThan(165);
    for (const { id, pathParams, queryParams, body } of allOperations) {
      const { root } = operationOf(id);
      for (const name of pathParams) expect(fieldAt(root, pointerTo('/path', name))?.required).toBe(true);
      for (const name of queryParams) expect(fieldAt(root, pointerTo('/query', name))).toBeDefined();
      expect(fieldAt(root, '/body') !== undefined).toBe(body === 'json');
    }
  });

  it('fills in “me”, but never where that could destroy something', () => {
    expect(inputOf(blankForm('userUpdate')).path).toEqual({ userId: 'me' });
    expect(inputOf(blankForm('userDelete')).path).toEqual({});
    expect(inputOf(blankForm('users'))).toEqual({ operation: 'users', path: {}, query: {} });
  });

  it('sends only what was touched, and a field can be untouched again', () => {
    const touched = edit(blankForm('userSettingsUpdate'), '/body/in_meeting/chat', false);
    expect(inputOf(touched).body).toEqual({ in_meeting: { chat: false } });
    expect(inputOf(edit(touched, '/body/in_meeting/chat', undefined)).body).toBeUndefined();
  });

  it('keeps entries of a list in their places when one of their fields is untouched', () => {
    const [first, second] = ['/body/assistants/0/email', '/body/assistants/1/email'];
    const empty = edit(blankForm('userAssistantCreate'), '/body/assistants', [{}, {}]);
    const two = edit(edit(empty, first, 'a@b.example'), second, 'c@d.example');
    expect(inputOf(edit(two, first, undefined)).body).toEqual({ assistants: [{}, { email: 'c@d.example' }] });
    expect(inputOf(edit(two, '/body/assistants/0', undefined)).body).toEqual({
      assistants: [{ email: 'c@d.example' }],
    });
  });
});

describe('passwords in a form', () => {
  const at = '/body/password';
  const typed = edit(edit(blankForm('userPassword'), '/path/userId', 'me'), at, 'Hunter-2!');

  it('are sent and never shown in the JSON', () => {
    expect(typed.text).not.toContain('Hunter');
    expect(JSON.parse(typed.text).body).toEqual({ password: dots });
    expect(inputOf(typed).body).toEqual({ password: 'Hunter-2!' });
  });

  it('cannot be typed as JSON, and go when their dots go', () => {
    expect(editText(typed, '{"body":{"password":"other"}}').broken?.message).toContain('form');
    expect(editText(blankForm('userPassword'), `{"body":{"password":"${dots}"}}`).broken).toBeDefined();
    const gone = editText(typed, '{"path":{"userId":"me"}}');
    expect(gone.secrets).toEqual({});
    expect(inputOf(gone).body).toBeUndefined();
    expect(inputOf(editText(typed, typed.text.replace('"me"', '"you"')))).toEqual({
      operation: 'userPassword',
      path: { userId: 'you' },
      query: {},
      body: { password: 'Hunter-2!' },
    });
  });

  it('are gone from a call that is opened again, and from what is kept while one looks elsewhere', () => {
    expect(inputOf(formOf(inputOf(typed))).body).toBeUndefined();
    keep('robin', 'userPassword', { form: typed });
    expect(keptOf('robin', 'userPassword').form).toMatchObject({
      values: { path: { userId: 'me' } },
      secrets: {},
    });
    expect(JSON.stringify(keptOf('robin', 'userPassword'))).not.toContain('Hunter');
  });

  it('and whatever else was hidden are gone from a call of the history', () => {
    const past = { in_meeting: { chat: true, note: hiddenText }, list: [1, null, hiddenText, [hiddenText]] };
    const again = formOf({ operation: 'userSettingsUpdate', path: {}, query: {}, body: past });
    expect(inputOf(again).body).toEqual({ in_meeting: { chat: true }, list: [1, null, []] });
  });
});

describe('the JSON of a call', () => {
  it.each([
    ['{"path": {"userId": "me",}}', 1],
    ['{\n  "path": {\n    "userId": "a"\n    "b": 1 }}', 4],
    ['{\n"body": 1e400}', 2],
    ['{"body": {"a": 1,\n"a": 2}}', 2],
    ['{"body": {}, "header": {}}', 1],
    ['{"path": []}', 1],
    ['[]', 1],
    ['', 1],
    ['// nothing\n{}', 1],
    ['{"body": {"__proto__": {"a": 1}}}', 1],
    [`${'['.repeat(5_000)}`, 1],
  ])('is refused with the line where it is wrong: %s', (text, line) => {
    const before = edit(blankForm('userUpdate'), '/body/company', 'Acme');
    const { broken, values } = editText(before, text);
    expect(broken?.line).toBe(line);
    expect(broken?.message).toMatch(/\w/);
    expect(values).toBe(before.values);
  });

  it('takes exactly what JSON.parse takes, but for what would be sent otherwise than it is written', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          oddText,
          fc.json().map((text) => text.slice(1)),
        ),
        (text) => {
          const read = readJson(text);
          if (read.ok) expect(sameJson(JSON.parse(text), JSON.parse(writeJson(read.value)))).toBe(true);
          else expect(read.problem.line).toBeGreaterThan(0);
        },
      ),
    );
  });

  it('keeps what is typed in the form while it is broken from being lost', () => {
    const broken = editText(blankForm('userUpdate'), '{"body": {"company": "Ac');
    expect(edit(broken, '/body/company', 'other')).toBe(broken);
  });

  it('knows where a value stands, or the nearest thing around one that is missing', () => {
    const text = '{\n  "body": {\n    "a/b": [1, 2]\n  }\n}';
    const there = placeOf(text, pointerTo(pointerTo('/body', 'a/b'), 1));
    expect(there && text.slice(there.offset, there.offset + there.length)).toBe('2');
    expect(placeOf(text, '/body/missing')?.line).toBe(2);
    expect(placeOf(text, '/path/userId')?.line).toBe(1);
  });
});

describe('problems of a call', () => {
  const problem = (pointer: string): CallProblem => ({
    place: 'body',
    pointer,
    message: pointer,
    blocks: false,
  });
  const checked = {
    operation: 'userUpdate',
    path: { userId: 'me' },
    query: {},
    body: { type: 'x' },
  } as const;
  const { operation: _, ...values } = checked;

  it('are told of what was filled in, and of what is missing once one wants to send', () => {
    const both = [problem('/type'), problem('/dept')];
    expect(tellable(both, checked, values, false)).toEqual([problem('/type')]);
    expect(tellable(both, checked, values, true)).toEqual(both);
    expect(tellable(both, checked, { ...values, body: { type: 'x', dept: '' } }, true)).toEqual([
      problem('/type'),
    ]);
    // “Fields are missing”, just when the first of them is typed.
    expect(tellable([problem('')], { ...checked, body: undefined } as never, values, false)).toEqual([]);
  });

  it('lie at their place or within it', () => {
    const all = problemsByPlace([problem('/feature/zoom_phone'), problem('/feature'), problem('/features')]);
    expect([...problemsIn(all, '/body/feature').keys()]).toEqual([
      '/body/feature/zoom_phone',
      '/body/feature',
    ]);
    expect(problemsIn(all, '/body/type')).toBe(problemsIn(all, '/body/dept'));
  });
});

describe('pointers', () => {
  it('lead to what was put there, whatever its name', () => {
    const names = fc.array(
      fc.string({ minLength: 1 }).filter((name) => name !== '__proto__'),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(names, anyJson, anyJson, (parts, value, before) => {
        const pointer = parts.reduce<string>(pointerTo, '');
        expect(stepsOf(pointer)).toEqual(parts);
        expect(sameJson(valueAt(put(before, pointer, value), pointer), value)).toBe(true);
      }),
    );
  });
});

describe('fields', () => {
  it('say what the values of an enum mean, where the catalogue does', () => {
    const wordsOf = (pointer: string, id: Parameters<typeof operationOf>[0]) => {
      const field = fieldAt(operationOf(id).root, pointer);
      return field?.kind === 'choice' ? field.choices.map(({ word }) => word) : [];
    };
    expect(wordsOf('/query/login_type', 'user')).toContain('101: single sign-on');
    expect(wordsOf('/query/login_type', 'user')).toContain('11: phone number');
    expect(wordsOf('/body/user_info/type', 'userCreate')).toContain('2: Licensed');
    expect(wordsOf('/body/action', 'userCreate')).toContain('autoCreate: makes a user with a password');
    expect(wordsOf('/body/zoom_one_type', 'userUpdate')).toEqual(
      expect.arrayContaining(['0: None', '576460752303423488: Education Enterprise Student']),
    );
    const unnamed = wordsOf('/body/plan_united_type', 'userUpdate').filter((word) => !word.includes(': '));
    expect(unnamed).toEqual([]);
    expect(wordsOf('/query/action', 'userDelete')).toEqual(['disassociate', 'delete']);
    expect(wordsOf('/body/schedule_meeting/audio_type', 'userSettingsUpdate')).toContain(
      'voip: Computer only',
    );
  });

  it('mark what is later than the reference', () => {
    const { root } = operationOf('updatePresenceStatus');
    const status = fieldAt(root, '/body/status');
    const later = status?.kind === 'choice' ? status.choices.filter(({ since }) => since) : [];
    expect(later.map(({ value }) => value)).toEqual(['Busy', 'Out_of_Office']);
    expect(fieldAt(operationOf('userUpdate').root, '/body/about_me')?.since).toBe('2022');
    const fieldsOf = (id: OperationId, pointer: string) => fieldAt(operationOf(id).root, pointer);
    expect(fieldsOf('users', '/query/license')?.since).toBe('2025');
    expect(fieldsOf('users', '/query/status')?.since).toBeUndefined();
    const type = fieldsOf('userUpdate', '/body/type');
    expect(type).toMatchObject({ since: undefined, choices: [{}, {}, { value: 4, since: '2025' }, {}] });
  });

  it('mark what only administrators may send', () => {
    const fieldsOf = (id: OperationId, pointer: string) => fieldAt(operationOf(id).root, pointer);
    expect(fieldsOf('userUpdate', '/body/zoom_one_type')?.administrators).toBe(true);
    expect(fieldsOf('userUpdate', '/body/division_ids')?.administrators).toBe(true);
    expect(fieldsOf('userUpdate', '/body/job_title')?.administrators).toBe(false);
    const action = fieldsOf('userStatus', '/body/action');
    const choices = action?.kind === 'choice' ? action.choices : [];
    expect(choices.map(({ value, administrators }) => [value, administrators])).toEqual([
      ['activate', true],
      ['deactivate', true],
      ['clock_in', false],
      ['clock_out', false],
    ]);
  });

  const variants = fieldOf(
    'value',
    {
      anyOf: [
        { type: 'integer' },
        { type: 'string' },
        { type: 'object', properties: { a: { type: 'string' } } },
        { type: 'object', properties: { b: { type: 'string' } }, required: ['b'] },
        { type: 'array', items: { $ref: '#/definitions/Name' } },
      ],
    },
    { definitions: { Name: { type: 'string', description: 'A name.' } } },
  );

  it('know which variant a value is one of', () => {
    if (variants.kind !== 'variants') throw new Error('no variants');
    const index = (value: Json) => variantOf(variants, value);
    expect([5, 'x', { a: '1' }, { b: '1' }, ['x'], true].map(index)).toEqual([0, 1, 2, 3, 4, -1]);
    for (const variant of variants.variants) expect(fits(variant, blankOf(variant))).toBe(true);
  });

  it('put allOf together, follow references and keep free maps', () => {
    const field = fieldOf(
      'both',
      {
        allOf: [
          { $ref: '#/definitions/One' },
          { type: 'object', properties: { two: { type: ['string', 'null'] } }, required: ['two'] },
        ],
        additionalProperties: { type: 'integer' },
      },
      { definitions: { One: { type: 'object', properties: { one: { type: 'boolean' } } } } },
    );
    expect(fieldAt(field, '/one')?.kind).toBe('switch');
    expect(fieldAt(field, '/two')).toMatchObject({ kind: 'text', nullable: true, required: true });
    expect(fieldAt(field, '/anything')?.kind).toBe('number');
  });

  it('show every number as it was typed, and take only those that JSON writes the same way', () => {
    fc.assert(
      fc.property(oddText, (text) => {
        const value = numberOf(text);
        if (typeof value === 'string') expect(value).toBe(text);
        else expect(textOf(value)).toBe(text.trim());
      }),
    );
    expect(['12', ' 12', '-1.5', '007', '1e3', '9007199254740993', ''].map(numberOf)).toEqual([
      12,
      12,
      -1.5,
      '007',
      '1e3',
      9_007_199_254_740_993n,
      '',
    ]);
  });
});
