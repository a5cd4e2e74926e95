import fc from 'fast-check';
import { expect, it } from 'vitest';
import { editProblems } from '../../electron/core/settings/check.ts';
import { nest, pathOf, type Values, viewOf } from '../../electron/core/settings/values.ts';
import { sameUnordered } from '../../shared/json.ts';
import { type SettingKey, type SettingLeaf, type SettingValue, settingViews } from '../../shared/settings.ts';
import { isSecretSetting } from '../../shared/zoom/secrets.ts';
import { settingLeaves, settingTwins } from '../../shared/zoom/settings.gen.ts';
import { type SettingsRig, withSettings } from '../support/settings-rig.ts';

const leaves = new Map(settingLeaves.map((leaf) => [leaf.key, leaf]));

/** What can be read and written; what costs licences has rules of its own, and tables are written in another way. */
const writable = settingLeaves.filter(
  ({ key, access, type }) => access === 'both' && type !== 'table' && !key.startsWith('settings:feature.'),
);

const words = ['', 'a', 'example.com', '*.example.org', 'Ünïcode 👩‍🚀', 'مرحبا', '__proto__', 'null'];

function arbitraryOf({
  type,
  choices,
  min,
  max,
  minLength = 0,
  maxLength,
  maxItems,
  from,
}: SettingLeaf): fc.Arbitrary<SettingValue> {
  const values = choices?.map((choice) => choice.value) ?? [];
  const text = fc
    .oneof(fc.constantFrom(...words), fc.string({ unit: 'grapheme', maxLength: 20 }))
    .filter((one) => [...one].length >= minLength && [...one].length <= (maxLength ?? 1_000));
  switch (type) {
    case 'switch':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...values);
    case 'number':
      return fc.integer({ min: min ?? 0, max: max ?? 1_000 });
    case 'text':
      return text;
    default: {
      const entry: fc.Arbitrary<string | number> =
        values.length > 0 ? fc.constantFrom(...values) : text.filter((one) => one.trim() !== '');
      if (from)
        return fc.uniqueArray(
          entry.map((name) => ({ code: 'XX', name })),
          { selector: ({ name }) => name },
        );
      return fc.uniqueArray(entry, { maxLength: Math.min(maxItems ?? 5, 5) });
    }
  }
}

/** Settings that need each other: chance alone would hardly ever choose both. */
const related = writable.filter(
  ({ key, needs }) => needs || writable.some((leaf) => leaf.needs?.some((need) => need.key === key)),
);

/** Values of some settings. */
const someValues = (most: number, among: readonly SettingLeaf[] = writable): fc.Arbitrary<Values> =>
  fc
    .subarray([...among], { maxLength: most })
    .chain((some) => fc.tuple(...some.map((leaf) => fc.tuple(fc.constant(leaf.key), arbitraryOf(leaf)))))
    .map((entries) => Object.fromEntries(entries));

const tables = ['meeting_authentication', 'recording_authentication'] as const;
const tableChanges = fc.record({
  on: fc.boolean(),
  name: fc.constantFrom('Us', 'Signed in', '名前'),
  domains: fc.constantFrom('example.com', 'example.com,example.org'),
  visible: fc.boolean(),
  chosen: fc.nat(),
});

/** Puts settings in their places at the practice Zoom, past all of its rules. */
async function place(rig: SettingsRig, values: Values): Promise<void> {
  for (const view of settingViews) {
    const own = (Object.entries(values) as [SettingKey, SettingValue][]).filter(
      ([key]) => viewOf(key) === view,
    );
    if (own.length === 0) continue;
    if (view === 'settings') await rig.patch({ settings: nest(own) });
    else await rig.elsewhere(nest(own), view);
  }
}

/** No switch is on at Zoom without what it needs. */
function consistent(values: Values, placed: Values): Values {
  const all = { ...values, ...placed };
  const off = writable.filter(
    ({ key, needs }) => all[key] === true && needs?.some((need) => !sameUnordered(all[need.key], need.value)),
  );
  return { ...placed, ...Object.fromEntries(off.map(({ key }) => [key, false])) };
}

/** As Zoom has them: the same at both places of a setting that is at two. The present one counts. */
function inStep(values: Values): Values {
  const next: Record<SettingKey, SettingValue> = { ...values };
  for (const [former, present] of settingTwins) {
    const value = values[present] ?? values[former];
    if (value !== undefined) Object.assign(next, { [former]: value, [present]: value });
  }
  return next;
}

/** Nobody is shown both places of a setting to change. */
function atOnePlace(edits: Values): Values {
  const both = settingTwins.filter(([former, present]) => former in edits && present in edits);
  const idle = new Set<string>(both.map(([former]) => former));
  return Object.fromEntries(Object.entries(edits).filter(([key]) => !idle.has(key)));
}

async function everything(rig: SettingsRig): Promise<Values> {
  const { values, phase } = await rig.open();
  expect(phase).toBe('ready');
  return values;
}

/** Edits that Zoom should take: what the catalogue has nothing against, and nothing that only holds together by a need. */
function takeable(values: Values, edits: Values): Values {
  const real = Object.entries(edits).filter(
    ([key, value]) => !sameUnordered(values[key as SettingKey], value),
  );
  let rest: Values = Object.fromEntries(real);
  for (;;) {
    const wrong = editProblems(leaves, values, rest, () => true);
    if (Object.keys(wrong).length === 0) return rest;
    rest = Object.fromEntries(Object.entries(rest).filter(([key]) => !(key in wrong)));
  }
}

function differing(a: Values, b: Values): readonly string[] {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)] as SettingKey[]);
  return [...keys].filter((key) => !sameUnordered(a[key], b[key])).sort();
}

/** Whether one of the settings that were edited has a secret among these values. */
function hasSecret(values: Values, edits: Values): boolean {
  return Object.keys(edits).some((key) =>
    isSecretSetting(key, values[key as SettingKey], leaves.get(key as SettingKey)),
  );
}

/** Dotted names of the leaves in a body. */
function leavesOf(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [path];
  return Object.entries(value).flatMap(([name, child]) => leavesOf(child, path ? `${path}.${name}` : name));
}

it('edit, save and read back gives the edited settings, and undo the former ones, by exactly the changed keys', async () => {
  await withSettings({}, async (rig) => {
    await rig.patch({ locked: [] });
    await fc.assert(
      fc.asyncProperty(
        someValues(writable.length),
        fc.tuple(someValues(8), someValues(5, related)).map(([some, more]): Values => ({ ...some, ...more })),
        fc.option(tableChanges),
        async (settings, wish, change) => {
          await rig.control('DELETE', '/requests');
          rig.restart({});
          await place(rig, inStep(consistent(await everything(rig), settings)));
          const before = await everything(rig);
          const view = tables[(change?.chosen ?? 0) % 2] ?? 'meeting_authentication';
          const edits: Record<SettingKey, SettingValue> = { ...takeable(before, atOnePlace(wish)) };
          if (change) Object.assign(edits, takeable(before, editedTable(before, view, change)));
          for (const [key, value] of Object.entries(edits)) rig.edit(key as SettingKey, value);
          expect(rig.view()).toMatchObject({ edits, invalid: {}, conflicts: {} });

          const sent = (await rig.patches()).length;
          const saved = await rig.save();
          expect({ problem: saved.problem, edits: saved.edits, kept: saved.kept }).toEqual({
            problem: undefined,
            edits: {},
            kept: {},
          });
          const after = { ...before, ...inStep(edits) };
          expect(differing(await everything(rig), after)).toEqual([]);
          expectKeys((await rig.patches()).slice(sent), edits);
          if (Object.keys(edits).length === 0) return;
          expect(saved.history[0]?.changes.map(({ key }) => key).sort()).toEqual(Object.keys(edits).sort());

          const between = (await rig.patches()).length;
          // Passcodes are in no file: only the app that changed them can put them back.
          if (!hasSecret(before, edits) && !hasSecret(edits, edits)) rig.restart();
          const undone = await rig.undo();
          expect(undone.problem).toBeUndefined();
          expect(differing(await everything(rig), before)).toEqual([]);
          expectKeys((await rig.patches()).slice(between), edits, true);
        },
      ),
      { numRuns: 60 },
    );
  });
}, 60_000);

function editedTable(
  before: Values,
  view: (typeof tables)[number],
  change: { on: boolean; name: string; domains: string; visible: boolean; chosen: number },
): Values {
  const table: SettingKey = `${view}:authentication_options`;
  const options = before[table] as readonly Record<string, SettingValue>[];
  const chosen = change.chosen % options.length;
  const next = options.map((option, index) => ({
    ...option,
    default_option: index === chosen,
    ...(index === chosen && { name: change.name, domains: change.domains, visible: change.visible }),
  }));
  return { [`${view}:${view}`]: change.on, [table]: next };
}

/** The PATCHes hold each changed setting once, and no other; there is one for each view, but for an undo with a switch. */
function expectKeys(
  patches: Awaited<ReturnType<SettingsRig['patches']>>,
  edits: Values,
  mayBeTwo = false,
): void {
  expect(patches.every(({ status }) => status === 204)).toBe(true);
  const isTable = (key: string) => key.endsWith(':authentication_options');
  const plain = patches.filter(({ body }) => !('authentication_option' in (body as object)));
  const views = plain.map(({ option }) => option ?? 'settings');
  expect(views.length - new Set(views).size).toBeLessThanOrEqual(mayBeTwo ? 1 : 0);
  const keys = plain.flatMap(({ option, body }) =>
    leavesOf(body).map((path) => `${option ?? 'settings'}:${path}`),
  );
  expect(keys.sort()).toEqual(
    Object.keys(edits)
      .filter((key) => !isTable(key))
      .sort(),
  );
  const changedTables = new Set(
    patches.filter((one) => !plain.includes(one)).map(({ option }) => `${option}:authentication_options`),
  );
  expect([...changedTables]).toEqual(Object.keys(edits).filter(isTable));
  expect(keys.every((key) => pathOf(key as SettingKey) !== '')).toBe(true);
}
