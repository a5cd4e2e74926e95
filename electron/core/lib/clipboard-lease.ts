import { clipboardMs } from '../../../shared/zak.ts';
import type { Clipboard, Clock } from '../ports.ts';

export interface LentDeps {
  readonly clock: Clock;
  readonly clipboard: Clipboard;
  /** It is out of the clipboard; `left`: something else was copied since. */
  ended?(outcome: 'cleared' | 'left'): void;
}

/** A secret in the clipboard, for a minute. */
export interface Lent {
  /** Copies it in place of a former one; resolves with the instant at which it is taken back, epoch ms. */
  copy(secret: string): Promise<number>;
  /** Takes it back now. */
  clear(): Promise<void>;
  /** Looks at the clock again, as after sleep. */
  wake(): void;
  /** Takes it back, and ends: what is being copied right now is taken back, too. */
  stop(): Promise<void>;
}

/** No timer is longer than this: ends are instants, and the computer may sleep. */
const longestTimer = 30_000;

export function createLent({ clock, clipboard, ended }: LentDeps): Lent {
  /** What the clipboard holds, unless somebody has copied something else since. */
  let held: { readonly secret: string; readonly until: number } | undefined;
  let stopped = false;
  let cancelTimer = () => {};

  async function clear(): Promise<void> {
    cancelTimer();
    if (!held) return;
    const { secret } = held;
    held = undefined;
    const outcome = await clipboard.clear(secret);
    // A newer one that was copied meanwhile has its own time.
    if (held === undefined) ended?.(outcome);
  }

  function wake(): void {
    cancelTimer();
    if (!held) return;
    const left = held.until - clock.now();
    if (left <= 0) void clear();
    else if (!stopped) cancelTimer = clock.setTimeout(wake, Math.min(longestTimer, left));
  }

  return {
    async copy(secret) {
      await clipboard.copy(secret);
      const until = clock.now() + clipboardMs;
      held = { secret, until };
      // Quit while it was copied: what stop() has cleared must not come back.
      if (stopped) await clear();
      else wake();
      return until;
    },
    clear,
    wake,
    async stop() {
      stopped = true;
      await clear();
    },
  };
}
