import { plain, shorten } from './shorten.ts';

/** A name of somebody else's (a file, a person) within words of ours: its direction of writing stays its own (Unicode's FSI and PDI). */
export const isolated = (name: string) => `\u2068${shorten(name)}\u2069`;

/** Letters that are written from right to left: they take quotes, commas and numbers beside them along. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** The same as a quotation, however long, and isolated only where it has letters that need it. */
export function quoted(name: string): string {
  const text = plain(name);
  return rightToLeft.test(text) ? `“\u2068${text}\u2069”` : `“${text}”`;
}
