import { defineConfig } from '@playwright/test';
import { makeItMorning } from './support/desktop/morning.ts';

makeItMorning();

/** `e2e` belongs to `npm test`; `trust` and `package` to `npm run test:trust`, `installed` to `npm run test:package`. */
export default defineConfig({
  globalTeardown: './support/desktop/search-everything.ts',
  outputDir: '../out/test-results',
  // Each has a desktop of its own, and most of a test is waiting.
  workers: 2,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: '../out/e2e.json' }]],
  projects: [
    { name: 'e2e', testDir: 'e2e' },
    // Both look at processes and times of the whole machine. What needs no app is in the files beside these that end in .test.ts, and is Vitest's.
    { name: 'trust', testDir: 'trust', testMatch: '**/*.spec.ts', timeout: 600_000, workers: 1 },
    { name: 'package', testDir: 'package', workers: 1 },
    { name: 'installed', testDir: 'installed', timeout: 600_000, workers: 1 },
  ],
});
