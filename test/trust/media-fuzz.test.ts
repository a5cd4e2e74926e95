import fc from 'fast-check';
import { describe, it } from 'vitest';
import { hostileFiles, walkers } from '../support/media-mutations.ts';

/** 10,000 spoiled pictures and videos, the same number for each reader of their structure. */

const readers = Object.keys(walkers) as (keyof typeof walkers)[];

describe('a spoiled file', () => {
  it.each(readers)('gets a verdict from the reader of %s', async (walker) => {
    await fc.assert(hostileFiles(walker), { numRuns: 10_000 / readers.length });
  });
});
