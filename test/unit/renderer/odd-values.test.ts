import { describe, expect, it } from 'vitest';
import type { SettingLeaf, SettingValue } from '../../../shared/settings.ts';
import { rowWords } from '../../support/setting-row.tsx';

const choices = [
  { value: 'host', title: 'Only the host' },
  { value: 'all', title: 'Everyone' },
];

const odd: readonly SettingValue[] = [
  [false, { mode: 'new', nested: { a: [1] } }, null],
  { mode: 'new', nested: { a: [1] } },
  [[{ mode: 'new' }]],
  { name: { mode: 'new' } },
];

describe.each<Partial<SettingLeaf>>([
  { type: 'switch' },
  { type: 'choice', choices },
  { type: 'choice', choices, access: 'read' },
  { type: 'number' },
  { type: 'text' },
  { type: 'list' },
  { type: 'list', choices },
  { type: 'list', access: 'read' },
  { type: 'table' },
  { type: 'table', key: 'meeting_authentication:authentication_options' },
])('a setting of %j', (leaf) => {
  it.each(odd.map((value) => [value] as const))(
    'shows %j with all that is in it, and no object as “object”',
    (value) => {
      const text = rowWords(leaf, value, true);
      expect(text).not.toMatch(/\[object|undefined/);
      expect(rowWords(leaf, value)).not.toMatch(/\[object|undefined/);
    },
  );
});

describe('a value of another shape', () => {
  it('is shown as Zoom told it', () => {
    const text = rowWords({ type: 'choice', choices }, [false, { mode: 'new' }, 3]);
    expect(text).toContain('Off, new, 3');
    expect(rowWords({ type: 'list', choices }, ['host', { mode: 'new' }, true])).toMatch(/new.*On/s);
  });

  it('names no way to sign in by what every object inherits', () => {
    const entry = { id: 'a', name: { text: 'Ours' }, type: 'constructor', domains: ['x.example'] };
    const text = rowWords({ type: 'table', key: 'meeting_authentication:authentication_options' }, [entry]);
    expect(text).toContain('{"text":"Ours"}');
    expect(text).toContain('constructor');
  });
});
