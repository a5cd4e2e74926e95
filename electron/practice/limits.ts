import { nextMidnight, type PracticeClock, zoomTime } from './clock.ts';
import { ZoomError } from './errors.ts';

export type Plan = 'free' | 'pro' | 'business';
type Label = 'Light' | 'Medium' | 'Heavy';

/** Calls a second and a day for the whole account (developers.zoom.us/docs/api/rate-limits, 2026). */
const allowances: Readonly<Record<Plan, Readonly<Record<Label, { second: number; day?: number }>>>> = {
  free: {
    Light: { second: 4, day: 6000 },
    Medium: { second: 2, day: 2000 },
    Heavy: { second: 1, day: 1000 },
  },
  pro: { Light: { second: 30 }, Medium: { second: 20 }, Heavy: { second: 10, day: 30_000 } },
  business: { Light: { second: 80 }, Medium: { second: 60 }, Heavy: { second: 40, day: 60_000 } },
};

export const limitMessages = {
  second: 'You have reached the maximum per-second rate limit for this API. Try again later.',
  day: 'You have reached the maximum daily rate limit for this API. Refer to the response header for details on when you can make another request.',
  concurrency: 'Too many concurrent requests. A request to disassociate this user has already been made.',
  userDay: (count: number, what: string) =>
    `You have exceeded the daily rate limit (${count}) of ${what}. You may resume these requests at GMT 00:00:00.`,
  minute:
    'Too many requests submitted to update the presence status of this user. Please wait for the request to be processed and try again later.',
} as const;

/** What may happen `count` times in `windowMs`, and what is said when it may not. */
interface Allowance {
  readonly key: string;
  readonly count: number;
  readonly windowMs: number;
  readonly label: Label;
  readonly message: string;
}

export interface Limits {
  /** Counts one call against the label's second and day; gives the headers of its answer, or throws the 429. */
  take(label: Label): Record<string, string>;
  /** Counts one use of the allowance; throws the 429 with Zoom's odd headers when there is none left. */
  use(allowance: Allowance): void;
  /** Throws the 429 as `use` does, counting nothing. */
  check(allowance: Allowance): void;
  clear(): void;
}

interface Rules {
  readonly plan: Plan;
  readonly on: boolean;
  /** Whether the 429 of a limit of single users carries a type, as Zoom's documentation says of all, or none, as was seen. */
  readonly typed: boolean;
}

export function createLimits(clock: PracticeClock, rules: () => Rules): Limits {
  const windows = new Map<string, { start: number; used: number }>();
  const uses = new Map<string, number[]>();

  const count = (key: string, start: number): number => {
    const known = windows.get(key);
    const window = known?.start === start ? known : { start, used: 0 };
    window.used += 1;
    windows.set(key, window);
    return window.used;
  };

  const recent = (key: string, windowMs: number): number[] => {
    const now = clock.now();
    const kept = (uses.get(key) ?? []).filter((at) => at > now - windowMs && at <= now);
    uses.set(key, kept);
    return kept;
  };

  const check: Limits['check'] = ({ key, count, windowMs, label, message }) => {
    const { on, typed } = rules();
    if (!on || recent(key, windowMs).length < count) return;
    // No Retry-After here, and usually no type: seen on Zoom's limits per user (devforum 18928).
    const headers = {
      'X-RateLimit-Category': label,
      ...(typed && { 'X-RateLimit-Type': 'QPS' }),
      'X-RateLimit-Limit': String(count),
      'X-RateLimit-Remaining': '0',
    };
    throw new ZoomError(429, 429, message, { headers });
  };

  return {
    take: (label) => {
      const { plan, on } = rules();
      const { second, day } = allowances[plan][label];
      const now = clock.now();
      const perSecond = count(`second ${label}`, Math.floor(now / 1000));
      const perDay = count(`day ${label}`, nextMidnight(now));
      const headers = (type: string, limit: number, used: number) => ({
        'X-RateLimit-Category': label,
        'X-RateLimit-Type': type,
        'X-RateLimit-Limit': String(limit),
        'X-RateLimit-Remaining': String(Math.max(0, limit - used)),
      });
      if (on && day !== undefined && perDay > day) {
        throw new ZoomError(429, 429, limitMessages.day, {
          headers: { ...headers('Daily-limit', day, perDay), 'Retry-After': zoomTime(nextMidnight(now)) },
        });
      }
      if (on && perSecond > second) {
        throw new ZoomError(429, 429, limitMessages.second, { headers: headers('QPS', second, perSecond) });
      }
      return headers('QPS', second, perSecond);
    },
    check,
    use: (allowance) => {
      check(allowance);
      recent(allowance.key, allowance.windowMs).push(clock.now());
    },
    clear: () => {
      windows.clear();
      uses.clear();
    },
  };
}
