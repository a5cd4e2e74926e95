import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect } from '@playwright/test';
import { type Practice, startPractice } from '../../../electron/practice/server.ts';
import { type LaunchOptions, type RunningTally, startTally } from './launch.ts';
import { type Panel, startPanel } from './panel.ts';
import { createZoomControl, type ZoomControl } from './zoom.ts';

export { expect };

interface Fixtures {
  readonly panel: Panel;
  readonly practice: Practice;
  readonly zoom: ZoomControl;
  readonly launch: (options?: LaunchOptions) => Promise<RunningTally>;
  /** Console lines that this test provokes; each must really come. */
  readonly expectConsole: (...lines: RegExp[]) => void;
  /** The lines named so far. */
  readonly expected: RegExp[];
}

/**
 * The real app on the real Electron, a real panel on the bus and a real practice Zoom. A test fails on an unexpected console
 * error, an error of the page, or anything Tally's main process wrote that is not Chromium's usual chatter.
 */
export const test = base.extend<Fixtures>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from the pattern
  panel: async ({}, use) => {
    const panel = await startPanel();
    await use(panel);
    await panel.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above
  practice: async ({}, use) => {
    const practice = await startPractice();
    await use(practice);
    await practice.close();
  },
  zoom: async ({ practice }, use) => use(createZoomControl(practice)),
  // biome-ignore lint/correctness/noEmptyPattern: as above
  expected: async ({}, use) => use([]),
  expectConsole: async ({ expected }, use) => use((...lines) => void expected.push(...lines)),
  launch: async ({ practice, expected }, use) => {
    const problems: string[] = [];
    const running: RunningTally[] = [];
    const folders: string[] = [];
    await use(async (options = {}) => {
      const userData = options.userData ?? mkdtempSync(join(tmpdir(), 'tally-e2e-'));
      folders.push(userData);
      const tally = await startTally({ ...options, userData }, practice, problems);
      running.push(tally);
      return tally;
    });
    for (const tally of running) await tally.quit();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
    const unexpected = problems.filter((line) => !expected.some((pattern) => pattern.test(line)));
    expect(unexpected, 'nothing unexpected was written to a console').toEqual([]);
    const missing = expected.filter((pattern) => !problems.some((line) => pattern.test(line)));
    expect(missing, 'what was expected on a console came').toEqual([]);
  },
});
