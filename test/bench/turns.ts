import type { Panel } from '../support/desktop/panel.ts';
import { type Figure, median, quantile, rounded } from './numbers.ts';
import { type App, isDisturbed, quiet } from './processes.ts';

export type Progress = (words: string) => void;

/** Rounds begun for each that is counted, at most. */
const mostTries = 4;

export type Which = 'tally' | 'hello';

/**
 * Measures both, now one first and now the other, so that whatever else the machine does falls on both alike. A round that
 * somebody else's Electron has disturbed is done again.
 */
export async function inTurns(
  rounds: number,
  panel: Panel,
  progress: Progress,
  starts: Readonly<Record<Which, () => App>>,
  measure: (app: App, which: Which) => Promise<number>,
): Promise<Record<Which, number[]>> {
  const samples: Record<Which, number[]> = { tally: [], hello: [] };
  for (let tries = 0; samples.tally.length < rounds; tries++) {
    if (tries === rounds * mostTries) throw new Error('another program keeps running the same Electron');
    await quiet();
    let disturbed = false;
    const round: Record<Which, number> = { tally: 0, hello: 0 };
    for (const which of tries % 2 === 0 ? (['hello', 'tally'] as const) : (['tally', 'hello'] as const)) {
      const app = starts[which]();
      try {
        round[which] = await measure(app, which);
        disturbed ||= isDisturbed();
      } finally {
        await app.stop();
      }
      await panel.waitForNoItem();
    }
    if (!disturbed) for (const which of ['tally', 'hello'] as const) samples[which].push(round[which]);
    const words = `Tally ${round.tally.toFixed(1)}, baseline ${round.hello.toFixed(1)}`;
    progress(`${words} (${disturbed ? 'disturbed, not counted' : `${samples.tally.length} of ${rounds}`})`);
  }
  return samples;
}

/**
 * How much more than the baseline: the median of the differences within a round, as a busy machine slows whole rounds down.
 * `spread` is the range of the middle half of them.
 */
export function overhead(
  figure: string,
  unit: 'ms' | 'MB',
  tally: readonly number[],
  hello: readonly number[],
  most: number,
): Figure {
  const differences = tally.map((value, round) => value - (hello[round] as number));
  const value = median(differences);
  return {
    figure,
    unit,
    value: rounded(value),
    baseline: rounded(median(hello)),
    ratio: rounded(median(tally) / median(hello)),
    aim: `<= ${most} over hello-tray`,
    met: value <= most,
    runs: tally.length,
    tally: rounded(median(tally)),
    spread: rounded(quantile(differences, 0.75) - quantile(differences, 0.25)),
  };
}
