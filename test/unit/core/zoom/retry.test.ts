import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstTry, nextStep, type Refused, type Tries } from '../../../../electron/core/zoom/retry.ts';
import { type ErrorKind, tallyError } from '../../../../shared/errors.ts';
import { type Operation, operations } from '../../../../shared/zoom/operations.gen.ts';

const now = Date.UTC(2026, 0, 15, 9);
const read = operations.user as Operation;
const replace = operations.updatePresenceStatus as Operation;
const change = operations.userUpdate as Operation;
const removal = operations.userPictureDelete as Operation;

const refused = (kind: ErrorKind, more: Partial<Refused> & { readonly retryIn?: number } = {}): Refused => ({
  error: tallyError(kind, 'It failed.', more.retryIn === undefined ? {} : { retryAt: now + more.retryIn }),
  reached: more.reached ?? 'yes',
  passing: more.passing ?? false,
});
const broken = refused('network', { reached: 'perhaps', passing: true });
const down = (retryIn: number) => refused('zoom-down', { passing: true, retryIn });
const unsent = refused('network', { reached: 'no', passing: true });

const tries = (more: Partial<Tries> = {}): Tries => ({ ...firstTry(now), ...more });
const step = (operation: Operation, failed: Refused, before = tries(), jitter = 0) =>
  nextStep(operation, failed, before, { now, jitter });

describe('after a try that failed', () => {
  it.each<[string, [Operation, Refused, Tries?], object]>([
    ['a refused token is replaced', [change, refused('not-signed-in')], { step: 'refresh' }],
    ['but once', [read, refused('not-signed-in'), tries({ refreshed: true })], { step: 'stop' }],
    ['too many calls: a second', [change, refused('rate-limit')], { step: 'wait', ms: 1_000 }],
    ['then two', [change, refused('rate-limit'), tries({ refusals: 1 })], { step: 'wait', ms: 2_000 }],
    ['not a fifth time', [read, refused('rate-limit'), tries({ refusals: 3 })], { step: 'stop' }],
    ['as long as Zoom says', [read, refused('rate-limit', { retryIn: 7_000 })], { ms: 7_000 }],
    ['ten seconds at most', [read, refused('rate-limit', { retryIn: 10_000 })], { step: 'wait', ms: 10_000 }],
    ['and no longer', [read, refused('rate-limit', { retryIn: 10_001 })], { step: 'stop' }],
    ['a limit of the minute is told', [replace, refused('minute-limit')], { step: 'stop' }],
    ['a broken read is repeated', [read, broken], { step: 'wait', ms: 500 }],
    ['and a broken replacement', [replace, broken], { step: 'wait', ms: 500 }],
    ['and a broken removal', [removal, broken], { step: 'wait', ms: 500 }],
    ['but no broken change', [change, broken], { step: 'stop', reached: 'perhaps' }],
    ['unless nothing was sent', [change, unsent], { step: 'wait', ms: 500 }],
    ['three tries', [read, broken, tries({ failures: 2 })], { step: 'stop' }],
    ['after ten seconds at most', [read, down(10_000)], { step: 'wait', ms: 10_000 }],
    ['and no later', [read, down(10_001)], { step: 'stop' }],
    ['45 s after the first', [read, broken, tries({ began: now - 44_500 })], { step: 'wait', ms: 500 }],
    ['and none later', [read, broken, tries({ began: now - 44_501 })], { step: 'stop' }],
    ['a refusal is final', [read, refused('forbidden')], { step: 'stop', reached: 'yes' }],
    ['what cannot pass is final', [read, { ...broken, passing: false }], { step: 'stop' }],
  ])('%s', (_, given, expected) => {
    expect(step(...given)).toMatchObject(expected);
  });

  it('remembers what it has done, and no more', () => {
    expect(step(read, refused('not-signed-in'), tries({ failures: 1 }))).toEqual({
      step: 'refresh',
      tries: tries({ failures: 1, refreshed: true }),
    });
    expect(step(read, refused('rate-limit'), tries({ refreshed: true }))).toEqual({
      step: 'wait',
      ms: 1_000,
      tries: tries({ refreshed: true, refusals: 1 }),
    });
    expect(step(read, broken, tries({ refusals: 1 }))).toMatchObject({
      tries: tries({ refusals: 1, failures: 1 }),
    });
  });

  it('waits up to half as long again, by chance', () => {
    expect(step(read, refused('rate-limit'), tries({ refusals: 1 }), 0.5)).toMatchObject({ ms: 2_500 });
    expect(step(read, broken, tries({ failures: 1 }), 0.99)).toMatchObject({ ms: 1_495 });
  });

  it('says when too many calls may be made again', () => {
    expect(step(read, refused('rate-limit'), tries({ refusals: 3 }))).toMatchObject({
      step: 'stop',
      error: { retryAt: now + 8_000 },
    });
  });

  it('remembers that an earlier try may have worked, and says so when Zoom then refuses', () => {
    const first = step(replace, broken);
    if (first.step !== 'wait') throw new Error('it was not tried again');
    expect(first.tries.perhapsDone).toBe(true);
    expect(step(replace, refused('not-found'), first.tries)).toMatchObject({
      reached: 'perhaps',
      error: { why: 'An earlier try broke off and may have worked.' },
    });
    expect(step(replace, unsent, { ...first.tries, failures: 2 })).toMatchObject({ reached: 'perhaps' });
    expect(step(read, broken)).toMatchObject({ tries: { perhapsDone: false } });
    expect(step(replace, unsent)).toMatchObject({ tries: { perhapsDone: false } });
  });

  it.each<[ErrorKind, boolean]>([
    ['not-found', true],
    ['conflict', true],
    ['refused', true],
    ['invalid-input', true],
    ['minute-limit', true],
    ['daily-limit', true],
    ['rate-limit', true],
    ['forbidden', false],
    ['network', false],
  ])('a %s after a try that broke off may mean that it had worked: %s', (kind, isHedged) => {
    const last = tries({ perhapsDone: true, refusals: 3, failures: 2 });
    const next = step(replace, refused(kind), last);
    if (next.step !== 'stop') throw new Error('it was tried again');
    expect(next.error.why !== undefined).toBe(isHedged);
  });

  it('waits at most ten seconds and ends, whatever fails how often', () => {
    const kinds = fc.constantFrom<ErrorKind>(
      'not-signed-in',
      'rate-limit',
      'network',
      'zoom-down',
      'refused',
    );
    const failure = fc.record({
      kind: kinds,
      reached: fc.constantFrom('no' as const, 'perhaps' as const, 'yes' as const),
      passing: fc.boolean(),
      retryIn: fc.option(fc.integer({ min: -5_000, max: 100_000 }), { nil: undefined }),
    });
    fc.assert(
      fc.property(
        fc.infiniteStream(failure),
        fc.constantFrom(read, replace, change),
        (failures, operation) => {
          let [at, state, count] = [now, firstTry(now), 0];
          for (const { kind, reached, passing, retryIn } of failures) {
            const error = tallyError(kind, 'No.', retryIn === undefined ? {} : { retryAt: at + retryIn });
            const next = nextStep(operation, { error, reached, passing }, state, { now: at, jitter: 0.5 });
            if (next.step === 'stop') break;
            if (next.step === 'wait') {
              expect(next.ms).toBeLessThanOrEqual(10_000);
              at += next.ms;
            }
            state = next.tries;
            count += 1;
          }
          expect(count).toBeLessThanOrEqual(1 + 3 + 2);
        },
      ),
    );
  });
});
