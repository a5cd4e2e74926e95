import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'test/e2e',
  globalTeardown: './test/e2e/support/search-everything.ts',
  outputDir: 'out/test-results',
  // One D-Bus session has one tray panel.
  workers: 1,
  forbidOnly: true,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json', { outputFile: 'out/e2e.json' }]],
});
