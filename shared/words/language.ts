import { longer, longerAround } from './longer.ts';

type Language = 'en' | 'x-long';

const { process, location } = globalThis as {
  readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> };
  readonly location?: { readonly search?: string };
};

/**
 * What Tally speaks: English. `x-long` is English with an accent on each letter, and longer: a test sees by it what is cut and what
 * no other language could have. Main is told by its environment, the window by its page's address, so that both know from the start.
 */
export const language: Language =
  (process?.env?.TALLY_LANG ?? /[?&]lang=([\w-]+)/.exec(location?.search ?? '')?.[1]) === 'x-long'
    ? 'x-long'
    : 'en';

type Say = (...values: never[]) => string;

/** The words of a screen, by what they mean: texts, and functions that make a whole text of values. */
interface Table {
  readonly [meaning: string]: string | Say | Table;
}

/** A screen's words in the language that Tally speaks. */
export function words<T extends Table>(table: T): T {
  return language === 'en' ? table : (lengthened(table) as T);
}

function lengthened(table: Table): Table {
  const entries = Object.entries(table).map(([meaning, text]) => {
    if (typeof text === 'string') return [meaning, longer(text)];
    return [meaning, typeof text === 'function' ? sayLonger(text) : lengthened(text)];
  });
  return Object.fromEntries(entries);
}

function sayLonger(say: Say): Say {
  return (...values) =>
    longer(
      say(...values),
      values.filter((value) => typeof value === 'string'),
    );
}

/** A text that is made elsewhere (in the catalogue of Zoom's operations and settings, in core), where it is shown. */
export const spoken = (text: string): string => (language === 'en' ? text : longerAround(text));

interface PluralForms {
  readonly one: string;
  readonly other: string;
}

/** The form of a whole text that goes with a count, as English has two. Not by Intl, whose rules of English take 3 MB. */
export function plural(count: number, { one, other }: PluralForms): string {
  return count === 1 ? one : other;
}
