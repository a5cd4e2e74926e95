import { createAlarm } from '../../core/lib/alarm.ts';
import type { Clock } from '../../core/ports.ts';

/** Whoever is away is looked for so often, in ms; a system that has said nothing yet, too. */
const lookEvery = { away: 5_000, unknown: 30_000 } as const;
/** A system that says so often in a row that the last input was just now says so whatever happens. */
const mostZeros = 10;

/** Since when there was no input (epoch ms); null: somebody is here; undefined: nothing tells. */
export type TellIdle = (since: number | null | undefined) => void;

interface Polled {
  readonly clock: Clock;
  /** Since how many ms there is no input. */
  read(): number;
}

/** Looks as seldom as can be: when there may at the earliest have been no input for `after` ms. Returns how to stop, and to look now. */
export function watchPolled({ clock, read }: Polled, after: number, tell: TellIdle) {
  let told: number | null | undefined | 'nothing' = 'nothing';
  let zeros = 0;
  let isTrue = false;
  const alarm = createAlarm(clock, look);

  function look(): void {
    const now = clock.now();
    const idle = read();
    isTrue ||= idle > 0;
    zeros = isTrue ? 0 : zeros + 1;
    become(answer(idle, now));
    alarm.set(now + waitAfter(idle));
  }

  function answer(idle: number, now: number): number | null | undefined {
    if (zeros >= mostZeros) return undefined;
    if (idle < after) return null;
    return typeof told === 'number' ? told : now - idle;
  }

  function waitAfter(idle: number): number {
    if (idle >= after) return lookEvery.away;
    return isTrue ? after - idle : Math.min(after - idle, lookEvery.unknown);
  }

  function become(next: number | null | undefined): void {
    if (next === told) return;
    told = next;
    tell(next);
  }

  alarm.set(clock.now());
  return { look, stop: () => alarm.set(undefined) };
}
