import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/unit/**/*.test.ts', 'test/contract/**/*.test.ts'],
    // An unhandled rejection fails the run; so does a test file without tests.
    passWithNoTests: false,
  },
  resolve: {
    // The npm package downloads Electron when it is imported; code under test that touches it runs in end-to-end tests.
    alias: { electron: fileURLToPath(new URL('test/unit/support/no-electron.ts', import.meta.url)) },
  },
});
