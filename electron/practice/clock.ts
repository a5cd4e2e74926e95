/** A day in milliseconds. */
export const day = 86_400_000;

/** The practice Zoom's time: real time plus an offset that tests move. Instants are epoch milliseconds. */
export interface PracticeClock {
  now(): number;
  /** Moves on by so many milliseconds; a negative number moves back. */
  advance(ms: number): void;
  /** Moves to an instant; time runs on from there. */
  set(at: number): void;
}

export function createClock(base: () => number): PracticeClock {
  let offset = 0;
  return {
    now: () => base() + offset,
    advance: (ms) => {
      offset += ms;
    },
    set: (at) => {
      offset = at - base();
    },
  };
}

/** Zoom writes instants without milliseconds: 2026-01-31T08:00:00Z. */
export function zoomTime(at: number): string {
  return new Date(at).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** The next midnight in GMT, when Zoom's daily limits start anew. */
export function nextMidnight(at: number): number {
  return Math.floor(at / day) * day + day;
}
