import { expect, test } from 'vitest';
import { loadedWith } from '../../../scripts/package/tray-first.ts';

const chunks = (runtimeIn: string) =>
  new Map([
    ['index.cjs', { imports: ['clock.cjs', runtimeIn], moduleIds: ['electron/main.ts'] }],
    ['clock.cjs', { imports: ['index.cjs', runtimeIn], moduleIds: ['electron/desktop/clock.ts'] }],
    ['runtime.cjs', { imports: [], moduleIds: ['runtime'] }],
    ['app.cjs', { imports: ['clock.cjs'], moduleIds: ['electron/desktop/app.ts'] }],
  ]);

test('what an entry loads at once is followed through all chunks, also in a circle', () => {
  expect(loadedWith('index.cjs', chunks('runtime.cjs'))).toEqual([
    'electron/main.ts',
    'electron/desktop/clock.ts',
    'runtime',
  ]);
});

test('an app that came along with what both need is found', () => {
  expect(loadedWith('index.cjs', chunks('app.cjs'))).toContain('electron/desktop/app.ts');
});
