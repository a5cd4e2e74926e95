import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Leaves } from '../../../../electron/core/settings/check.ts';
import {
  compare,
  readSnapshot,
  snapshotName,
  writeSnapshot,
} from '../../../../electron/core/settings/snapshot.ts';
import { flatten } from '../../../../electron/core/settings/values.ts';
import type { SettingKey, SettingLeaf } from '../../../../shared/settings.ts';

const leaf = (key: SettingKey, facts: Partial<SettingLeaf> = {}): readonly [SettingKey, SettingLeaf] => [
  key,
  { key, section: 's', title: 't', help: 'h.', type: 'switch', access: 'both', ...facts },
];
const leaves: Leaves = new Map([
  leaf('settings:a'),
  leaf('settings:b', { access: 'read' }),
  leaf('settings:code', { type: 'text', secret: true }),
]);
const now = Date.UTC(2026, 4, 1, 12);

describe('a snapshot', () => {
  it('is read as it was written, whatever the settings are', () => {
    const document = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue());
    fc.assert(
      fc.property(document, fc.emailAddress({ size: 'small' }), (settings, email) => {
        const values = flatten('settings', settings);
        const read = readSnapshot('a.json', writeSnapshot(values, email, now, new Map()));
        if (!read.ok) throw new Error(read.error.what);
        expect(read.value).toMatchObject({ name: 'a.json', at: now, from: email });
        expect(
          compare(read.value, values, new Map(), {}).differences.filter(
            ({ key }) => !/pass|token|secret|pin/.test(key),
          ),
        ).toEqual([]);
      }),
    );
  });

  it('holds no passcode, known or new', () => {
    const values = {
      'settings:a': true,
      'settings:code': 'CANARY-1',
      'settings:new.h323_password': 'CANARY-2',
      'settings:new.host_pin': 'CANARY-3',
      'settings:new.password_needed': true,
      'settings:new.text': 'Join https://zoom.us/j/1?pwd=CANARY-4',
      'settings:new.list': ['https://zoom.us/j/1?a=b&pwd=CANARY-5'],
    } as const;
    const text = writeSnapshot(values, 'a@example.com', now, leaves);
    expect(text).not.toContain('CANARY');
    expect(JSON.parse(text).values).toEqual({ 'settings:a': true, 'settings:new.password_needed': true });
  });

  it('has a name that every system takes', () => {
    expect(snapshotName('a/b\\c:"<x>@example.com', now)).toBe(
      'Zoom settings a b c x @example.com 2026-05-01.json',
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (from) => {
        expect(snapshotName(from, now)).toMatch(/^[^/\\:*?"<>|\p{Cc}]{1,130}\.json$/u);
      }),
    );
  });

  it('never throws, whatever is in the file', () => {
    const head = { tally: 'settings', version: 1, savedAt: '2026-05-01T12:00:00.000Z', from: 'x' };
    const text = fc.oneof(
      fc.string(),
      fc.json(),
      fc.jsonValue().map((values) => JSON.stringify({ ...head, values })),
      fc.dictionary(fc.string(), fc.jsonValue()).map((values) => JSON.stringify({ ...head, values })),
    );
    fc.assert(
      fc.property(text, (content) => {
        const read = readSnapshot('x', content);
        if (!read.ok) expect(read.error).toMatchObject({ kind: 'file', what: expect.stringMatching(/\.$/) });
      }),
    );
    const deep = `${'['.repeat(4_000)}${']'.repeat(4_000)}`;
    const file = `{"tally":"settings","version":1,"savedAt":"2026-05-01T12:00:00Z","from":"x","values":{"settings:a":${deep}}}`;
    expect(readSnapshot('x', file)).toMatchObject({
      ok: false,
      error: { what: expect.stringMatching(/damaged/) },
    });
    const many = Object.fromEntries(Array.from({ length: 3_001 }, (_, n) => [`settings:n${n}`, 1]));
    expect(readSnapshot('x', JSON.stringify({ ...head, values: many })).ok).toBe(false);
  });

  it('is compared with what Zoom has, and says what cannot be applied', () => {
    const values = {
      'settings:a': false,
      'settings:b': false,
      'settings:code': 'x',
      'settings:new': 1,
      'settings:odd': [1],
    } as const;
    const file = {
      'settings:a': 'on',
      'settings:b': true,
      'settings:code': 'y',
      'settings:new': 2,
      'settings:odd': [2],
    } as const;
    const compared = compare({ name: 'n', at: 1, from: 'f', values: file }, values, leaves, {});
    expect(compared.differences).toHaveLength(5);
    expect(compared.fixed).toEqual({
      'settings:a': 'This is either on or off.',
      'settings:b': expect.stringMatching(/^Read-only\. Zoom’s API has no way/),
      'settings:code': 'Passcodes aren’t taken from files.',
      'settings:odd': expect.stringMatching(/doesn’t know/),
    });
    const one = { name: 'n', at: 1, from: 'f', values: { 'settings:a': true } } as const;
    expect(compare(one, values, leaves, { 'settings:a': 1 }).fixed).toEqual({
      'settings:a': expect.stringMatching(/locked/),
    });
    expect(compare(one, {}, leaves, {}).fixed).toEqual({
      'settings:a': expect.stringMatching(/doesn’t offer/),
    });
  });
});
