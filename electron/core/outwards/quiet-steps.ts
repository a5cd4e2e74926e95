/**
 * What has become of the desktop's do not disturb while the status asks for it. `idle`: it doesn't. `switching`: Tally is about to
 * switch it on, which it was not. `on`: Tally has. `left`: it is as the person has set it, before or since, and stays so.
 */
export const quietPhases = ['idle', 'switching', 'on', 'left'] as const;
export type QuietPhase = (typeof quietPhases)[number];

export interface QuietLook {
  /** Whether the status asks for it; undefined: nobody knows yet. */
  readonly wanted: boolean | undefined;
  /** Whether the desktop shows no notifications; undefined: nothing tells. */
  readonly seen: boolean | undefined;
}

export interface QuietStep {
  readonly phase: QuietPhase;
  /** What the desktop is to be asked for; absent: nothing. */
  readonly set?: boolean;
}

/** Whether what the desktop shows is Tally's doing. */
export const isOurs = (phase: QuietPhase): boolean => phase === 'switching' || phase === 'on';

/** What follows on what is seen and wanted. Asking for the same again and again is not among it, unless it failed. */
export function nextQuiet(phase: QuietPhase, { wanted, seen }: QuietLook): QuietStep {
  if (wanted === undefined) return { phase };
  if (!wanted) {
    if (!isOurs(phase) || seen === false) return { phase: 'idle' };
    return seen ? { phase, set: false } : { phase };
  }
  if (seen === undefined || phase === 'left') return { phase };
  switch (phase) {
    case 'idle':
      return seen ? { phase: 'left' } : { phase: 'switching', set: true };
    case 'switching':
      return seen ? { phase: 'on' } : { phase, set: true };
    case 'on':
      return { phase: seen ? 'on' : 'left' };
  }
}

/** What follows when the desktop was asked to be `set`, `taken` or not, and shows `seen` since. */
export function afterSet(set: boolean, taken: boolean, seen: boolean | undefined): QuietPhase {
  if (!set) return taken || seen === false ? 'idle' : 'on';
  if (seen === undefined) return taken ? 'on' : 'switching';
  return seen ? 'on' : 'left';
}
