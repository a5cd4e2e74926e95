import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isObject, type Json, type JsonObject } from '../../shared/json.ts';
import type { SettingKey, SettingValue } from '../../shared/settings.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { recordedAs } from '../support/recorded.ts';
import { accounts, openAccount } from '../support/recorded-account.ts';
import { spoiledFrom } from '../support/trust/answers.ts';
import type { AnswerTo } from '../support/trust/fuzzed-tally.ts';
import { textsOf } from '../support/trust/screens.tsx';

const now = Date.UTC(2026, 0, 15, 9);

/** Words that stand on a screen only when a program has not looked at what it got. */
const senseless = /\bundefined\b|\bNaN\b|\[object |\bInvalid Date\b/;

/** What a newer Zoom, or an older one, may have in the place of a value. */
function otherwise(value: Json): readonly Json[] {
  const common: Json[] = [null, '', { mode: 'new', since: { year: 2027 } }, [value, value], [[value]]];
  if (typeof value === 'boolean') return [...common, String(value), value ? 1 : 0, 'partly'];
  if (typeof value === 'number') return [...common, String(value), 576_460_752_303_423_500, -1, 1.5];
  if (typeof value === 'string') return [...common, `${value}_v2`, 7, true];
  if (Array.isArray(value)) return [...common, [...value, ...value], [...value, null, 7, { id: 1 }]];
  return [...common, Object.entries(value ?? {})];
}

/** One value of an answer otherwise, under another name, gone, or with a companion. */
function changed(value: Json, at: readonly number[], how: number): Json {
  const [step = 0, ...rest] = at;
  if (!isObject(value) || Object.keys(value).length === 0 || at.length === 0) {
    const ways = otherwise(value);
    return ways[how % ways.length] ?? null;
  }
  const entries = Object.entries(value);
  const index = step % entries.length;
  const [name = '', inner = null] = entries[index] ?? [];
  const others = entries.filter((_, one) => one !== index);
  if (how % 11 === 0) return Object.fromEntries(others);
  if (how % 11 === 1) return Object.fromEntries([...others, [`${name}_renamed`, inner]]);
  if (how % 11 === 2) return Object.fromEntries([...entries, [`${name}_of_tomorrow`, { is: inner }]]);
  return { ...value, [name]: changed(inner, rest, how) };
}

const changes = fc.array(
  fc.record({ at: fc.array(fc.nat(300), { minLength: 1, maxLength: 5 }), how: fc.nat(1_000) }),
  { minLength: 1, maxLength: 12 },
);
const spoiled = (name: string) => {
  const { text, body } = recordedAs(name);
  const otherwiseTold = changes.map((all) =>
    JSON.stringify(all.reduce<Json>((so, { at, how }) => changed(so, at, how), body as Json)),
  );
  return fc.oneof({ weight: 3, arbitrary: otherwiseTold }, { weight: 1, arbitrary: spoiledFrom(text) });
};

/** Opens an account with these answers in the place of its own, changes something on each screen, and looks. */
async function looked(name: keyof typeof accounts, user: string, settings: string): Promise<void> {
  const clock = createFakeClock(now);
  clock.skipWaits(15_000);
  let first = true;
  const instead: AnswerTo = (id, query) => {
    const told = (body: string) => ({ status: 200, headers: {}, body });
    // Whose account it is has to be known once.
    if (id === 'user' && first) first = false;
    else if (id === 'user') return told(user);
    return id === 'userSettings' && !query.has('option') ? told(settings) : undefined;
  };
  const app = await openAccount(clock, accounts[name], { instead, isWhole: false });
  try {
    await app.change();
    for (const [screen, text] of textsOf(app.tally.snapshot(), clock.now())) {
      const at = text.search(senseless);
      expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 100), screen).toBe('');
    }
  } finally {
    await app.close();
  }
}

describe('recorded answers, otherwise than they were', () => {
  it.each([
    ['basic', 'user-basic', 'settings-basic'],
    ['business', 'user-whole', 'settings-business'],
  ] as const)(
    'of the %s account are shown as they are, and nothing crashes',
    async (name, user, settings) => {
      await fc.assert(
        fc.asyncProperty(spoiled(user), spoiled(settings), (one, other) => looked(name, one, other)),
        { numRuns: 40, endOnFailure: true },
      );
    },
    60_000,
  );
});

describe('what is sent back', () => {
  const regions = 'settings:in_meeting.data_center_regions';
  const languages = 'settings:in_meeting.language_interpretation.custom_languages';
  const odd: SettingValue[] = ['US', 'US', 'XX', 7, null, { code: 'EU', since: 2027 }];

  it.each<[SettingKey, SettingValue[], string]>([
    [regions, ['DE', ...odd], 'NL'],
    [languages, ['Ladin', ...odd], 'Romansh'],
  ])('of the list %s has what Tally does not know', async (key, told, added) => {
    const clock = createFakeClock(now);
    clock.skipWaits(15_000);
    const [section = '', ...path] = key.slice('settings:'.length).split('.');
    const settings = structuredClone(recordedAs('settings-business').body) as Record<string, JsonObject>;
    const [name = '', leaf] = path;
    const group = settings[section] as Record<string, Json>;
    group[name] = leaf === undefined ? told : { ...(group[name] as JsonObject), enable: true, [leaf]: told };
    group.custom_data_center_regions = true;
    const bodies: Json[] = [];
    const instead: AnswerTo = (id, query, body) => {
      if (id === 'userSettingsUpdate') bodies.push(JSON.parse(body) as Json);
      if (id !== 'userSettings' || query.has('option')) return undefined;
      return { status: 200, headers: {}, body: JSON.stringify(settings) };
    };
    const app = await openAccount(clock, accounts.business, { instead });
    app.tally.run({ type: 'settings.edit', key, value: [...told, added] as never });
    app.tally.run({ type: 'settings.save' });
    await app.ended('saving', ({ settings }) => settings?.saving === false && bodies.length > 0);
    await app.close();
    expect(app.tally.snapshot().settings?.invalid).toEqual({});
    const sent = leaf === undefined ? [...told, added] : { [leaf]: [...told, added] };
    expect(bodies).toEqual([{ [section]: { [name]: sent } }]);
  });
});
