import { defineConfig } from 'vitest/config';
import usual from '../vitest.config.ts';

/** Set by run.ts: the tests that must notice, a space between them. */
const { MUTATION_TESTS: tests = '' } = process.env;

/** The quick tests as `npm test` runs them, except that a property is not tried for long: it is tried again for each change. */
export default defineConfig({
  ...usual,
  test: { include: tests.split(' '), setupFiles: ['test/mutation/hasty.ts'], testTimeout: 60_000 },
});
