import * as z from 'zod';
import type { QuietView } from '../../../shared/outwards.ts';
import type { Snapshot } from '../../../shared/state.ts';
import type { Clock, DesktopQuiet, Files, QuietWatch } from '../ports.ts';
import { afterSet, isOurs, nextQuiet, type QuietPhase, quietPhases } from './quiet-steps.ts';

/** What the desktop did not take back is asked for again after so long, in ms. */
const again = 30_000;

/** Beside the command, as it is the computer's, too. */
const key = 'quiet';

export interface QuietDeps {
  readonly clock: Pick<Clock, 'setTimeout'>;
  readonly files: Pick<Files, 'kept' | 'keep'>;
  readonly quiet: DesktopQuiet;
  changed(): void;
}

interface Kept {
  readonly on: boolean;
  readonly phase: QuietPhase;
}

type Told = boolean | undefined;

/**
 * Has the desktop's do not disturb follow the status, and tells whoever goes by it of the person's own alone. What is changed is
 * written down before: after a crash the next start puts it back.
 */
export function createQuiet({ clock, files, quiet, changed }: QuietDeps) {
  let kept = readQuiet(files.kept('outwards', key));
  // Lent to the process that has ended since.
  if (quiet.kind !== 'kept' && isOurs(kept.phase)) keep({ ...kept, phase: 'idle' });
  let isWatched = false;
  let watch: QuietWatch | undefined;
  let wanted: boolean | undefined;
  let seen: boolean | undefined;
  let isTold = false;
  let isRefused = false;
  let isSetting = false;
  let setting: Promise<void> | undefined;
  let cancel = () => {};
  let stopped = false;
  const listeners = new Set<(quiet: Told) => void>();

  function keep(next: Kept): void {
    if (next.on === kept.on && next.phase === kept.phase) return;
    kept = next;
    files.keep('outwards', key, next);
  }

  const own = (): Told => seen && !isOurs(kept.phase);

  function tell(): void {
    if (isTold) for (const listener of [...listeners]) listener(own());
    changed();
  }

  function told(now: Told): void {
    seen = now;
    isTold = true;
    // What is asked for right now says itself what came of it.
    if (!isSetting) step();
    tell();
  }

  /** Watches while somebody needs to know, and asks the desktop for what the status wants. */
  function look(): void {
    if (stopped) return;
    if (kept.on || isOurs(kept.phase) || isSetting || listeners.size > 0) open();
    else close();
    if (isTold && !isSetting) step();
  }

  function open(): void {
    if (isWatched) return;
    isWatched = true;
    watch = quiet.watch(told);
  }

  function close(): void {
    watch?.stop();
    watch = undefined;
    isWatched = false;
    seen = undefined;
    isTold = false;
  }

  function step(): void {
    if (!watch) return;
    const { phase, set } = nextQuiet(kept.phase, { wanted: kept.on ? wanted : false, seen });
    keep({ ...kept, phase });
    if (set === undefined) return;
    isSetting = true;
    setting = ask(watch, set);
  }

  async function ask(asked: QuietWatch, set: boolean): Promise<void> {
    cancel();
    const { taken, seen: now } = await asked.set(set);
    isSetting = false;
    seen = now;
    isRefused = !taken;
    keep({ ...kept, phase: afterSet(set, taken, now) });
    if (stopped) return;
    if (taken) look();
    else if (isOurs(kept.phase)) cancel = clock.setTimeout(look, again);
    tell();
  }

  return {
    view(): QuietView {
      const { on } = kept;
      if (quiet.kind === 'none') return { on, problem: 'never' };
      if (on && isTold && seen === undefined) return { on, problem: 'untold' };
      return { on, ...(isRefused && { problem: 'refused' }) };
    },
    set(on: boolean): void {
      isRefused = false;
      keep({ on, phase: kept.phase === 'left' ? 'idle' : kept.phase });
      look();
      changed();
    },
    /** As `watchQuiet` of the system, but for what Tally has done itself. */
    watch(listener: (quiet: Told) => void): () => void {
      listeners.add(listener);
      look();
      if (isTold) listener(own());
      return () => {
        listeners.delete(listener);
        look();
      };
    },
    /** The status may be another one. */
    look({ presence, account }: Pick<Snapshot, 'presence' | 'account'>): void {
      const { status } = presence.current;
      const isGone = account.phase === 'none' || account.phase === 'failed';
      if (status === 'Unknown') wanted = isGone ? false : undefined;
      else wanted = status === 'Do_Not_Disturb';
      look();
    },
    /** Puts back what was there before. What the person has made of it is still known at the next start. */
    async stop(): Promise<void> {
      stopped = true;
      cancel();
      await setting;
      wanted = false;
      if (isTold && isOurs(kept.phase)) step();
      await setting;
      close();
    },
  };
}

function readQuiet(json: unknown): Kept {
  const schema = z.object({ on: z.boolean().catch(false), phase: z.enum(quietPhases).catch('idle') });
  return schema.safeParse(json).data ?? { on: false, phase: 'idle' };
}
