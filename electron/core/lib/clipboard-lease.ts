import { clipboardMs } from '../../../shared/zak.ts';
import type { Clipboard, Clock } from '../ports.ts';
import { createAlarm } from './alarm.ts';

interface ClipboardLeaseDeps {
  readonly clock: Clock;
  readonly clipboard: Clipboard;
  /** It is out of the clipboard; `left`: something else was copied since. */
  ended?(outcome: 'cleared' | 'left'): void;
}

/** A secret in the clipboard, for a minute. */
export function createClipboardLease({ clock, clipboard, ended }: ClipboardLeaseDeps) {
  /** What the clipboard holds, unless somebody has copied something else since. */
  let held: { readonly secret: string } | undefined;
  let stopped = false;
  const alarm = createAlarm(clock, () => void clear());

  async function clear(): Promise<void> {
    alarm.set(undefined);
    if (!held) return;
    const { secret } = held;
    held = undefined;
    const outcome = await clipboard.clear(secret);
    // A newer one that was copied meanwhile has its own time.
    if (held === undefined) ended?.(outcome);
  }

  return {
    /** Copies it in place of a former one; resolves with the instant at which it is taken back, epoch ms. Undefined: not copied. */
    async copy(secret: string): Promise<number | undefined> {
      if (!(await clipboard.copy(secret))) return undefined;
      const until = clock.now() + clipboardMs;
      held = { secret };
      // Quit while it was copied: what stop() has cleared must not come back.
      if (stopped) await clear();
      else alarm.set(until);
      return until;
    },
    /** Takes it back now. */
    clear,
    /** Looks at the clock again, as after sleep. */
    wake: alarm.check,
    /** Takes it back, and ends: what is being copied right now is taken back, too. */
    async stop(): Promise<void> {
      stopped = true;
      await clear();
    },
  };
}
