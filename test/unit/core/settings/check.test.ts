import { describe, expect, it } from 'vitest';
import { optionChanges, tableProblem } from '../../../../electron/core/settings/authentication.ts';
import {
  editProblems,
  type Leaves,
  leafAt,
  valueProblem,
  whyFixed,
} from '../../../../electron/core/settings/check.ts';
import type { SettingKey, SettingLeaf, SettingValue } from '../../../../shared/settings.ts';

const leafOf = (facts: Partial<SettingLeaf>): SettingLeaf => ({
  key: 'settings:a',
  section: 's',
  title: 'A thing',
  help: 'It helps.',
  type: 'switch',
  access: 'both',
  ...facts,
});
const choices = [
  { value: 'host', title: 'Only the host' },
  { value: 'all', title: 'Everyone' },
];

describe('a value', () => {
  it.each<[Partial<SettingLeaf>, SettingValue, string | undefined]>([
    [{ type: 'switch' }, true, undefined],
    [{ type: 'switch' }, 'true', 'This is either on or off.'],
    [{ type: 'choice', choices }, 'all', undefined],
    [{ type: 'choice', choices }, 'none', 'This isn’t one of the choices.'],
    [{ type: 'choice', choices: [{ value: 1, title: 'One' }] }, '1', 'This isn’t one of the choices.'],
    [{ type: 'number', min: 1, max: 10 }, 10, undefined],
    [{ type: 'number', min: 1, max: 10 }, 11, 'This must be from 1 to 10.'],
    [{ type: 'number', max: 10 }, 11, 'This must be at most 10.'],
    [{ type: 'number', min: 1 }, 0, 'This must be at least 1.'],
    [{ type: 'number' }, 1.5, 'This isn’t a whole number.'],
    [{ type: 'text', maxLength: 3 }, 'a👩b', undefined],
    [{ type: 'text', maxLength: 3 }, 'abcd', 'At most 3 characters are possible; these are 4.'],
    [{ type: 'text', minLength: 2 }, 'a', 'At least 2 characters are needed.'],
    [{ type: 'text' }, null, 'This isn’t a text.'],
    [{ type: 'list', maxItems: 2 }, ['a', 'b'], undefined],
    [{ type: 'list', maxItems: 2 }, ['a', 'b', 'c'], 'At most 2 entries are possible; these are 3.'],
    [{ type: 'list' }, ['a', 'a'], 'An entry is there twice.'],
    [{ type: 'list' }, [' '], 'An entry is empty.'],
    [{ type: 'list' }, [1], 'An entry isn’t a text.'],
    [{ type: 'list', minLength: 5 }, ['a.b'], '“a.b”: At least 5 characters are needed.'],
    [{ type: 'list', choices }, ['all'], undefined],
    [{ type: 'list', choices }, ['some'], 'An entry isn’t one of the choices.'],
    [{ type: 'list', from: 'settings:b' }, [{ code: 'US' }], undefined],
    [{ type: 'list', from: 'settings:b' }, ['US'], 'An entry isn’t one of the choices.'],
    [{ type: 'list', from: 'settings:b' }, [{ a: 1 }, { a: 1 }], 'An entry is there twice.'],
    [{ type: 'table' }, [], 'This list is only shown here.'],
  ])('of %j: %j', (facts, value, words) => {
    expect(valueProblem(leafOf(facts), value, undefined)).toBe(words);
  });

  it('may keep in a list what Zoom has in it already', () => {
    expect(valueProblem(leafOf({ type: 'list', choices }), ['all', 'new'], ['new'])).toBeUndefined();
    const odd = [{ id: 1 }, 'a', 'a', false];
    const list = leafOf({ type: 'list' });
    expect(valueProblem(list, [{ id: 1 }, 'a', 'a', false, 'b'], odd)).toBeUndefined();
    expect(valueProblem(list, ['a', 'a', 'a'], odd)).toBe('An entry is there twice.');
    expect(valueProblem(list, [{ id: 2 }], odd)).toBe('An entry isn’t a text.');
  });
});

it('cannot be changed where it is only read by Zoom’s reference, or a table', () => {
  expect(whyFixed(leafOf({ access: 'read' }))).toMatch(/^Read-only\. Zoom’s API has no way/);
  expect(whyFixed(leafOf({ type: 'table' }))).toMatch(/only shown/);
  expect(whyFixed(leafOf({ access: 'write' }))).toBeUndefined();
});

describe('a setting that the catalogue does not know', () => {
  const key = 'settings:new.thing';
  const at = (value: SettingValue, name: SettingKey = key) => leafAt(new Map(), { [name]: value }, name);

  it.each<[SettingValue, SettingLeaf['type']]>([
    [true, 'switch'],
    ['a', 'text'],
    [7, 'number'],
    [['a'], 'list'],
    [[], 'list'],
    [2 ** 53, 'table'],
    [0.5, 'table'],
    [[1], 'table'],
    [[{ id: 1 }], 'table'],
    [null, 'table'],
  ])('with %j is edited as a %s', (value, type) => {
    const leaf = at(value);
    expect(leaf).toMatchObject({ type, unknown: true, access: 'both' });
    expect(leaf && whyFixed(leaf)).toEqual(type === 'table' ? expect.stringMatching(/^Tally/) : undefined);
  });

  it('that is a secret by its name is edited only as a text', () => {
    expect(at(1234, 'settings:new.host_pin')).toMatchObject({ type: 'table', secret: true });
    expect(at('1234', 'settings:new.host_pin')).toMatchObject({ type: 'text', secret: true });
  });

  it('may be anything of its kind, and has to be told by Zoom', () => {
    const problems = (values: Record<SettingKey, SettingValue>, value: SettingValue, read = true) =>
      editProblems(new Map(), values, { [key]: value }, () => read)[key];
    expect(problems({ [key]: 1 }, 2)).toBeUndefined();
    expect(problems({ [key]: 1 }, 'x')).toBe('This isn’t a whole number.');
    expect(problems({}, 2)).toMatch(/doesn’t offer/);
    expect(problems({}, 2, false)).toBeUndefined();
  });
});

describe('what a setting needs', () => {
  const leaves: Leaves = new Map<SettingKey, SettingLeaf>([
    ['settings:group', leafOf({ key: 'settings:group', title: 'Group' })],
    ['settings:who', leafOf({ key: 'settings:who', title: 'Who', type: 'choice', choices })],
    [
      'settings:part',
      leafOf({
        key: 'settings:part',
        needs: [
          { key: 'settings:group', value: true },
          { key: 'settings:who', value: 'host' },
        ],
      }),
    ],
  ]);
  const check = (values: object, edits: object) =>
    editProblems(
      leaves,
      values as Record<SettingKey, SettingValue>,
      edits as Record<SettingKey, SettingValue>,
      () => true,
    );
  const part = 'settings:part';

  it('is told by its title, of what it will be after the save', () => {
    const values = { [part]: false, 'settings:group': false, 'settings:who': 'host' };
    expect(check(values, { [part]: true })).toEqual({ [part]: 'This needs “Group” to be on.' });
    expect(check(values, { [part]: true, 'settings:group': true })).toEqual({});
    expect(check({ ...values, 'settings:group': true }, { [part]: true, 'settings:who': 'all' })).toEqual({
      [part]: 'This needs “Who” to be “Only the host”.',
    });
  });

  it('is nothing to switch it off, and nothing that Zoom doesn’t tell of', () => {
    expect(check({ [part]: true, 'settings:group': false }, { [part]: false })).toEqual({});
    expect(check({ [part]: false }, { [part]: true })).toEqual({});
  });

  it('is that Zoom offers it', () => {
    expect(check({}, { [part]: true })[part]).toMatch(/doesn’t offer/);
  });
});

describe('ways of signing in', () => {
  const key = 'meeting_authentication:authentication_options';
  const a = { id: 'a', name: 'A', type: 'enforce_login', domains: '', default_option: true, visible: true };
  const b = { ...a, id: 'b', name: 'B', default_option: false };

  it('are changed one at a time, each with what is new of it', () => {
    expect(optionChanges([a, b], [a, b])).toEqual([]);
    const after = [
      { ...a, visible: false, default_option: false },
      { ...b, type: 'enforce_login_with_domains', domains: 'example.com', default_option: true },
    ];
    expect(tableProblem(key, [a, b], after)).toBeUndefined();
    expect(optionChanges([a, b], after)).toEqual([
      {
        action: 'update',
        id: 'b',
        type: 'enforce_login_with_domains',
        domains: 'example.com',
        default_option: true,
      },
      { action: 'hide', id: 'a' },
    ]);
  });

  it.each<[string, SettingValue]>([
    ['one is missing', [a]],
    ['one is new', [a, b, { ...b, id: 'c' }]],
    ['one is there twice', [a, a]],
    ['no default', [{ ...a, default_option: false }, b]],
    ['two defaults', [a, { ...b, default_option: true }]],
    ['no name', [a, { ...b, name: ' ' }]],
    ['a type of recordings', [a, { ...b, type: 'internally' }]],
    ['domains missing', [a, { ...b, type: 'enforce_login_with_domains' }]],
    ['a field more', [a, { ...b, extra: 1 }]],
    ['a field less', [a, { id: 'b' }]],
    ['a wrong type', [a, { ...b, visible: 'yes' }]],
    ['no list', 'x'],
  ])('cannot be so: %s', (_name, after) => {
    expect(tableProblem(key, [a, b], after)).toEqual(expect.any(String));
  });
});
