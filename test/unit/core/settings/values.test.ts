import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  flatten,
  isSettingKey,
  nest,
  pathOf,
  tidy,
  viewOf,
} from '../../../../electron/core/settings/values.ts';
import { sameUnordered } from '../../../../shared/json.ts';
import type { SettingKey, SettingValue } from '../../../../shared/settings.ts';

// A name that reaches a prototype is left out; the test of hostile answers has it.
const name = fc.stringMatching(/^[a-z_]{1,12}$/).filter((one) => one !== '__proto__');
const leaf = fc.oneof(fc.boolean(), fc.integer(), fc.string(), fc.constant(null), fc.array(fc.string()));
const settings = fc.dictionary(
  name,
  fc.dictionary(name, fc.oneof(leaf, fc.dictionary(name, leaf, { minKeys: 1 })), { minKeys: 1 }),
);

describe('settings by their names', () => {
  it('are as many as there are leaves, and nest to what they came from', () => {
    fc.assert(
      fc.property(settings, (document) => {
        const values = flatten('settings', document);
        const entries = Object.entries(values) as [SettingKey, SettingValue][];
        expect(nest(entries)).toEqual(JSON.parse(JSON.stringify(document)));
        for (const [key] of entries) {
          expect(isSettingKey(key)).toBe(true);
          expect(`${viewOf(key)}:${pathOf(key)}`).toBe(key);
        }
      }),
    );
  });

  it('come of any answer without an exception, and never reach a prototype', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.anything()), (answer) => {
        const values = flatten('meeting_security', answer);
        nest(Object.entries(values) as [SettingKey, SettingValue][]);
        expect(JSON.parse(JSON.stringify(values))).toEqual(values);
      }),
    );
    const hostile = JSON.parse(
      '{"__proto__":{"polluted":true},"in_meeting":{"__proto__":{"polluted":true},"a.b":1,"constructor":{"x":1},"list":[{"__proto__":{"polluted":1},"a":1}]}}',
    );
    const values = flatten('settings', hostile);
    expect(values).toEqual({
      'settings:in_meeting.constructor.x': 1,
      'settings:in_meeting.list': [{ a: 1 }],
    });
    const body = nest(Object.entries(values) as [SettingKey, SettingValue][]);
    expect(Object.keys(body)).toEqual(['in_meeting']);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    expect(({} as { x?: unknown }).x).toBeUndefined();
  });

  it('leave out what is too deep, too long or too many', () => {
    let deep: unknown = true;
    for (let depth = 0; depth < 50_000; depth += 1) deep = { a: deep };
    let nested: unknown = 1;
    for (let depth = 0; depth < 50_000; depth += 1) nested = [nested];
    const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, index) => [`n${index}`, true]));
    const values = flatten('settings', { deep, nested, long: 'x'.repeat(1_000_000), ok: 1, many });
    expect(values['settings:ok']).toBe(1);
    expect(Object.keys(values).length).toBeLessThanOrEqual(3_000);
    expect(Object.keys(values).some((key) => /deep|nested|long/.test(key))).toBe(false);
  });

  it('are those of the view alone, in either of Zoom’s shapes', () => {
    expect(flatten('meeting_security', { in_meeting: { chat: true } })).toEqual({});
    const flat = { recording_authentication: true, authentication_options: [{ id: 'a' }] };
    const both = { authentication_options: { recording_authentication: flat, meeting_authentication: {} } };
    expect(flatten('recording_authentication', both)).toEqual(flatten('recording_authentication', flat));
    expect(Object.keys(flatten('recording_authentication', flat))).toHaveLength(2);
  });
});

describe('comparing', () => {
  it('does not mind the order of fields and of entries, and minds all else', () => {
    const value = fc.jsonValue().map((one) => tidy(one) ?? null);
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(sameUnordered(a, structuredClone(a))).toBe(true);
        expect(sameUnordered(a, b)).toBe(sameUnordered(b, a));
        expect(sameUnordered([a, b], [b, a])).toBe(true);
        expect(sameUnordered({ a, b }, { b, a })).toBe(true);
        expect(sameUnordered([a], [a, b])).toBe(false);
        expect(sameUnordered(a, undefined)).toBe(false);
      }),
    );
    expect(sameUnordered('1', 1)).toBe(false);
    expect(sameUnordered(['a,b'], ['a', 'b'])).toBe(false);
    expect(sameUnordered(['"a"'], ['a'])).toBe(false);
  });
});
