/** The value below which the share `q` (0 to 1) of the values lies, interpolated between neighbours. Throws on no values. */
function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) throw new Error('No values to take a quantile of');
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)] as number;
  const above = sorted[Math.ceil(place)] as number;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);
export const p95 = (values: readonly number[]): number => quantile(values, 0.95);

/** Three digits after the point: finer is noise. */
export const rounded = (value: number): number => Math.round(value * 1000) / 1000;

export interface Grown {
  readonly count: number;
  /** From the click to the painted screen, for the first time and then, ms. */
  readonly first: number;
  readonly again: number;
  /** Of the main process, MB. */
  readonly memory: number;
}

/** One line of the result; all numbers in `unit`. */
export interface Figure {
  readonly figure: string;
  readonly unit: 'ms' | 'MB' | 'µs' | 'KB' | 'a second';
  /** What the aim is about. */
  readonly value: number;
  /** How far the middle half of what it was taken from lies apart; absent where it is one value. */
  readonly spread?: number;
  /** The same of the smallest program that does the job, measured in turns with Tally. */
  readonly baseline: number;
  readonly baselineSpread?: number;
  /** Tally to baseline. */
  readonly ratio: number;
  readonly aim: string;
  readonly met: boolean;
  /** Of each program. */
  readonly runs: number;
  /** At 1, 10 and 100 % of what somebody may have gathered, of the figures that are about growth. */
  readonly growth?: readonly Grown[];
  readonly [detail: string]: string | number | boolean | undefined | readonly Grown[];
}

/** What every figure has: both sides by the same share of their values, the median unless told. */
export function compared(
  tally: readonly number[],
  baseline: readonly number[],
  share: (values: readonly number[]) => number = median,
): Pick<Figure, 'value' | 'spread' | 'baseline' | 'baselineSpread' | 'ratio' | 'runs'> {
  const [value, other] = [share(tally), share(baseline)];
  return {
    value: rounded(value),
    spread: spread(tally),
    baseline: rounded(other),
    baselineSpread: spread(baseline),
    // Finer than a tenth is noise, and nothing can be divided by zero.
    ratio: rounded(value / Math.max(other, 0.1)),
    runs: tally.length,
  };
}

/** How far the middle half of the values lies apart. */
export const spread = (values: readonly number[]): number =>
  rounded(quantile(values, 0.75) - quantile(values, 0.25));
