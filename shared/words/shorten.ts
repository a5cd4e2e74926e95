/** Characters of a name or an address that menus and tooltips show. */
const longestName = 60;

/** They turn what stands behind them, or make of two names one that looks the same. Joiners stay: emoji and Persian need them. */
const unseen = /[\p{Bidi_Control}\u200b\u2060\ufeff]+/gu;

/** On one line, without what cannot be seen. */
export const plain = (words: string) => words.replace(/\p{Cc}+/gu, ' ').replace(unseen, '');

/** On one line and not too long: menus and tooltips show a label whole, however wide that makes them. */
export function shorten(words: string, longest = longestName): string {
  const line = [...plain(words)];
  return line.length > longest ? `${line.slice(0, longest - 1).join('')}…` : line.join('');
}
