import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hostileFiles, walkers } from '../support/media-mutations.ts';

/** 24,000 spoiled pictures and videos, the same number for each reader of their structure and of what they hide. */

const readers = Object.keys(walkers) as (keyof typeof walkers)[];

describe('a spoiled file', () => {
  it.each(readers)('gets a verdict from the reader of %s', async (walker) => {
    await fc.assert(hostileFiles(walker), { numRuns: 2_000 });
  });
});
