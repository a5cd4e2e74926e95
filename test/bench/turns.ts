import type { Panel } from '../support/desktop/panel.ts';
import { compared, type Figure, median, rounded, spread } from './numbers.ts';
import { type App, isDisturbed, quiet } from './processes.ts';

export type Progress = (words: string) => void;

/** Rounds begun for each that is counted, at most. */
const mostTries = 4;

export type Which = 'tally' | 'hello';

/** What is measured of an app in one round: one value, or several by name. */
type Sample = number | Readonly<Record<string, number>>;

const told = (sample: Sample): string =>
  (typeof sample === 'number' ? [sample] : Object.values(sample))
    .map((value) => value.toFixed(1))
    .join(' and ');

interface Turns {
  /** Rounds that are counted. */
  readonly rounds: number;
  /** Rounds before these that are not: the first ones find the disk cold. */
  readonly warmUps?: number;
  readonly panel: Panel;
  readonly progress: Progress;
  readonly starts: Readonly<Record<Which, () => App>>;
}

/**
 * Measures both, now one first and now the other, so that whatever else the machine does falls on both alike. A round that
 * somebody else's Electron has disturbed is done again.
 */
export async function inTurns<T extends Sample = number>(
  { rounds, warmUps = 0, panel, progress, starts }: Turns,
  measure: (app: App, which: Which) => Promise<T>,
): Promise<Record<Which, T[]>> {
  const wanted = rounds + warmUps;
  const samples: Record<Which, T[]> = { tally: [], hello: [] };
  for (let tries = 0; samples.tally.length < wanted; tries++) {
    if (tries === wanted * mostTries) throw new Error('another program keeps running the same Electron');
    await quiet();
    let disturbed = false;
    const round: Partial<Record<Which, T>> = {};
    for (const which of inOrder(tries)) {
      const app = starts[which]();
      try {
        round[which] = await measure(app, which);
        disturbed ||= isDisturbed();
      } finally {
        await app.stop();
      }
      await panel.waitForNoItem();
    }
    const { tally, hello } = round as Record<Which, T>;
    if (!disturbed) {
      samples.tally.push(tally);
      samples.hello.push(hello);
    }
    const words = `Tally ${told(tally)}, baseline ${told(hello)}`;
    progress(`${words} (${disturbed ? 'disturbed, not counted' : `${samples.tally.length} of ${wanted}`})`);
  }
  return { tally: samples.tally.slice(warmUps), hello: samples.hello.slice(warmUps) };
}

/**
 * Has both run at once, which takes half the time: for what an app does whether or not another one has the processor. `measure`
 * is called when both are `ready`.
 */
export async function sideBySide(
  { rounds, warmUps = 0, panel, progress, starts }: Turns,
  ready: (which: Which) => Promise<unknown>,
  measure: (apps: Readonly<Record<Which, App>>) => Promise<Record<Which, number>>,
): Promise<Record<Which, number[]>> {
  const samples: Record<Which, number[]> = { tally: [], hello: [] };
  const wanted = rounds + warmUps;
  for (let tries = 0; samples.tally.length < wanted; tries++) {
    if (tries === wanted * mostTries) throw new Error('another program keeps running the same Electron');
    await quiet();
    const apps: Partial<Record<Which, App>> = {};
    try {
      for (const which of inOrder(tries)) {
        const before = panel.items().length;
        apps[which] = starts[which]();
        // The newest icon is the other app's until this one has registered.
        await panel.waitFor(() => panel.items().length > before, 'a further icon');
        await ready(which);
      }
      const round = await measure(apps as Record<Which, App>);
      if (!isDisturbed()) for (const which of inOrder(tries)) samples[which].push(round[which]);
      progress(
        `Tally ${round.tally.toFixed(1)}, baseline ${round.hello.toFixed(1)} (${samples.tally.length} of ${wanted})`,
      );
    } finally {
      for (const app of Object.values(apps)) await app.stop();
    }
    await panel.waitForNoItem();
  }
  return { tally: samples.tally.slice(warmUps), hello: samples.hello.slice(warmUps) };
}

/** Each is the first one in every other round. */
const inOrder = (round: number): readonly Which[] =>
  round % 2 === 0 ? ['hello', 'tally'] : ['tally', 'hello'];

/**
 * How much more than the baseline: the median of the differences within a round, as a busy machine slows whole rounds down.
 * `spread` is the range of the middle half of them.
 */
export function overhead(
  {
    figure,
    unit,
    most,
    over = 'hello-tray',
  }: { readonly figure: string; readonly unit: 'ms' | 'MB'; readonly most: number; readonly over?: string },
  { tally, hello }: Readonly<Record<Which, readonly number[]>>,
): Figure {
  const differences = tally.map((value, round) => value - (hello[round] as number));
  const value = median(differences);
  return {
    figure,
    unit,
    ...compared(tally, hello),
    value: rounded(value),
    aim: `<= ${most} over ${over}`,
    met: value <= most,
    tally: rounded(median(tally)),
    spread: spread(differences),
  };
}
