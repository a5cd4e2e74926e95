import type { Operation } from '../../../shared/zoom/operations.gen.ts';
import { type Headers, header } from '../http/answer.ts';
import { parseRetryAfter } from '../http/retry-after.ts';
import type { Clock } from '../ports.ts';

type Label = Operation['label'];

/** What one answer said about Zoom's account-wide limits; null where it said nothing. */
export interface LimitInfo {
  readonly label: Label;
  readonly type: 'per-second' | 'daily' | null;
  readonly limit: number | null;
  readonly remaining: number | null;
  /** From Retry-After, epoch milliseconds. */
  readonly retryAt: number | null;
}

/** The next 00:00 GMT, when Zoom's daily limits start anew, as epoch milliseconds. */
export function nextMidnight(now: number): number {
  return (Math.floor(now / 86_400_000) + 1) * 86_400_000;
}

/** Reads the rate-limit headers of an answer; anything unreadable counts as not sent. */
export function readLimits(label: Label, headers: Headers, now: number): LimitInfo {
  const type = header(headers, 'x-ratelimit-type') ?? '';
  return {
    label,
    type: /^qps/i.test(type) ? 'per-second' : /^daily/i.test(type) ? 'daily' : null,
    limit: count(header(headers, 'x-ratelimit-limit')),
    remaining: count(header(headers, 'x-ratelimit-remaining')),
    retryAt: parseRetryAfter(header(headers, 'retry-after') ?? '', now),
  };
}

function count(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,9}$/.test(text.trim()) ? Number(text) : null;
}

interface Lane {
  limit: number;
  left: number;
  /** Start and end of the time that `left` is about, epoch milliseconds. */
  since: number;
  until: number;
  readonly waiting: (() => void)[];
  stopTimer: (() => void) | null;
}

export type Pacer = ReturnType<typeof createPacer>;

/** Longest that one answer may hold a lane back, milliseconds; longer waits belong to the caller. */
const longestHold = 10_000;

/**
 * Keeps calls within Zoom's per-second limits. Each label has its own count, known only from the headers of answers
 * (it is shared by all users and apps of the account); until the first such answer nothing is held back.
 */
export function createPacer(clock: Clock) {
  const lanes = new Map<Label, Lane>();

  function release(lane: Lane): void {
    lane.stopTimer?.();
    lane.stopTimer = null;
    const now = clock.now();
    // A wall clock set back would otherwise hold calls until it has caught up.
    if (now >= lane.until || now < lane.since) {
      lane.left = lane.limit;
      lane.since = now;
      lane.until = now + 1000;
    }
    while (lane.left > 0 && lane.waiting.length > 0) {
      lane.left -= 1;
      lane.waiting.shift()?.();
    }
    if (lane.waiting.length > 0) {
      lane.stopTimer = clock.setTimeout(() => release(lane), Math.max(1, lane.until - now));
    }
  }

  return {
    /** Resolves when a call of this label may go out, first come first served; resolves at once when `signal` aborts. */
    turn(label: Label, signal?: AbortSignal): Promise<void> {
      const lane = lanes.get(label);
      if (!lane || signal?.aborted) return Promise.resolve();
      return new Promise((done) => {
        const go = () => {
          signal?.removeEventListener('abort', leave);
          done();
        };
        const leave = () => {
          const place = lane.waiting.indexOf(go);
          if (place >= 0) lane.waiting.splice(place, 1);
          done();
        };
        signal?.addEventListener('abort', leave, { once: true });
        lane.waiting.push(go);
        release(lane);
      });
    },

    /** Learns from an answer; `refused` means the second was used up whatever the headers say. */
    saw(limits: LimitInfo, refused: boolean): void {
      if (limits.type !== 'per-second' && !refused) return;
      const now = clock.now();
      const left = refused ? 0 : limits.remaining;
      if (left === null) return;
      const known = lanes.get(limits.label);
      const limit = Math.max(1, limits.limit ?? known?.limit ?? 1);
      const hold = refused && limits.retryAt !== null ? limits.retryAt - now : 0;
      const until = now + Math.min(Math.max(1000, hold), longestHold);
      if (!known) {
        lanes.set(limits.label, { limit, left, since: now, until, waiting: [], stopTimer: null });
        return;
      }
      const current = now >= known.since && now < known.until;
      known.limit = limit;
      // Answers may arrive out of order: within the same second only the lowest count is news.
      if (current && left >= known.left && !refused) return;
      known.left = left;
      known.since = now;
      known.until = current && !refused ? known.until : until;
    },
  };
}
