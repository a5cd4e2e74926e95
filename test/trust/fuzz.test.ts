import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judge } from '../../electron/core/zoom/errors.ts';
import { readLimits } from '../../electron/core/zoom/limits.ts';
import { isTallyError } from '../../shared/errors.ts';
import { type Operation, type OperationId, operations } from '../../shared/zoom/operations.gen.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { answersTo } from '../support/trust/answers.ts';
import { startFuzzedTally } from '../support/trust/fuzzed-tally.ts';
import { textsOf } from '../support/trust/screens.tsx';

/** 10,000 random answers from Zoom: through the judge of every operation, and through the whole app to every screen. */

const ids = Object.keys(operations) as OperationId[];
const now = Date.UTC(2026, 0, 15, 9);
/** Half of the 10,000 go through the judge alone, the same number for each operation. */
const judged = Math.ceil(5_000 / ids.length);
/** The app asks Zoom about twelve times to show all its screens. */
const rounds = 450;

/** Words that stand on a screen only when a program has not looked at what it got. */
const senseless = /\bundefined\b|\bNaN\b|\[object |\bInvalid Date\b/;

describe('an answer to', () => {
  it.each(ids)('%s becomes a result or one well-formed error', (id) => {
    const operation: Operation = operations[id];
    fc.assert(
      fc.property(answersTo(id), ({ status, headers, body }) => {
        const answer = { status, headers, body: new TextEncoder().encode(body), damage: null };
        const limits = readLimits(operation.label, headers, now);
        const verdict = judge({ operation, token: 'the-token' }, answer, limits, now);
        if (verdict.ok) expect(operation.success).toContain(status);
        else expect(isTallyError(verdict.error), JSON.stringify(verdict)).toBe(true);
      }),
      { numRuns: judged },
    );
  });
});

describe('the app', () => {
  it('shows every screen, and nothing senseless on it, whatever Zoom answers', async () => {
    const asked = fc.record(
      Object.fromEntries(ids.map((id) => [id, fc.array(answersTo(id), { minLength: 1, maxLength: 4 })])),
    );
    let answers = 0;
    await fc.assert(
      fc.asyncProperty(asked, fc.nat(4), async (zoom, known) => {
        const clock = createFakeClock(now);
        clock.skipWaits(15_000);
        const fuzzed = await startFuzzedTally(clock, zoom, known > 0);
        try {
          await fuzzed.lookAtEverything();
          const snapshot = fuzzed.tally.snapshot();
          for (const [screen, text] of textsOf(snapshot, clock.now())) {
            const at = text.search(senseless);
            expect(at < 0 ? '' : text.slice(Math.max(0, at - 200), at + 100), screen).toBe('');
          }
        } finally {
          answers += fuzzed.answered();
          await fuzzed.close();
        }
      }),
      { numRuns: rounds, endOnFailure: true },
    );
    expect(answers).toBeGreaterThan(5_000);
  });
});
