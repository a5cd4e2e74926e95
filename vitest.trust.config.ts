import { mergeConfig } from 'vitest/config';
import usual from './vitest.config.ts';

const trust = mergeConfig(usual, { test: { testTimeout: 600_000, maxConcurrency: 29 } });
// mergeConfig would add these to the usual ones.
trust.test.include = ['test/trust/**/*.test.ts'];
export default trust;
