import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import usual from '../vitest.config.ts';

/** Set by run.ts: the tests that must notice, a space between them. */
const { MUTATION_TESTS: tests = '' } = process.env;
const listed = tests.split(' ');

/** As listed: a run ends with the first test that fails, so those that are most likely to come first. */
class Listed extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => listed.findIndex((test) => moduleId.endsWith(test));
    return files.toSorted((a, b) => place(a) - place(b));
  }
}

/** The quick tests as `npm test` runs them, except that a property is not tried for long: it is tried again for each change. */
export default defineConfig({
  ...usual,
  test: {
    include: listed,
    setupFiles: ['test/mutation/hasty.ts'],
    sequence: { sequencer: Listed },
    // What hangs is noticed sooner than in npm test; few of these tests take a tenth of it, and none half.
    testTimeout: 5_000,
  },
});
