import { describe, expect, it } from 'vitest';
import { tooLarge, trim } from '../../../../electron/core/edits/stored.ts';

describe('what is kept of edits', () => {
  it('stays small: the newest saves that fit, and no huge edits', () => {
    const big = (id: string) => ({
      id,
      at: 1,
      changes: [{ key: 'settings:a' as const, after: 'x'.repeat(40_000) }],
    });
    expect(trim([big('a'), big('b'), big('c')], 10).map((one) => one.id)).toEqual(['a', 'b']);
    expect(tooLarge({}, 'settings:a', 'x'.repeat(30_000))).toBe(true);
    const full = {
      'settings:a': { value: 'x'.repeat(19_000) },
      'settings:b': { value: 'x'.repeat(19_000) },
      'settings:c': { value: 'x'.repeat(19_000) },
    } as const;
    expect(tooLarge(full, 'settings:d', 'x'.repeat(10_000))).toBe(true);
    expect(tooLarge(full, 'settings:c', 'x'.repeat(10_000))).toBe(false);
  });
});
