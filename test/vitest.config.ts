import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** `unit` starts no server, `contract` does; both belong to `npm test`. `trust` is what takes longer than a developer waits. */
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  resolve: {
    // The npm package downloads Electron when it is imported; code under test that touches it runs in end-to-end tests.
    alias: { electron: fileURLToPath(new URL('support/electron-stub.ts', import.meta.url)) },
  },
  test: {
    // An unhandled rejection fails the run; so does a test file without tests.
    passWithNoTests: false,
    setupFiles: ['test/support/seed.ts'],
    // Ends what hangs. It is no limit of time for a slow machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 50_000 } },
    projects: [
      { extends: true, test: { name: 'unit', include: ['test/unit/**/*.test.ts'] } },
      { extends: true, test: { name: 'contract', include: ['test/contract/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'trust',
          include: ['test/trust/**/*.test.ts'],
          testTimeout: 600_000,
          maxConcurrency: 29,
        },
      },
    ],
  },
});
