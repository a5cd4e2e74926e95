import { beforeEach, expect, it, vi } from 'vitest';
import { openLicenses } from '../../../electron/desktop/licenses.ts';

const system = vi.hoisted(() => ({ done: [] as string[], problem: '' }));
vi.mock('electron', () => ({
  app: { isPackaged: false, getAppPath: () => '/tally' },
  shell: {
    async openPath(path: string) {
      system.done.push(`open ${path}`);
      return system.problem;
    },
    showItemInFolder: (path: string) => system.done.push(`show ${path}`),
  },
}));

beforeEach(() => {
  system.done.length = 0;
  system.problem = '';
});

const path = '/tally/out/THIRD-PARTY-NOTICES.txt';

it('opens the licenses in what the system reads texts with', async () => {
  await openLicenses();
  expect(system.done).toEqual([`open ${path}`]);
});

it('shows the file in its folder where nothing reads texts', async () => {
  system.problem = 'No program is found';
  await openLicenses();
  expect(system.done).toEqual([`open ${path}`, `show ${path}`]);
});
