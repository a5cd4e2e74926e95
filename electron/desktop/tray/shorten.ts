/** Characters of a name or an address that menus and tooltips show. */
const longestName = 60;

/** On one line and not too long: menus and tooltips show a label whole, however wide that makes them. */
export function shorten(words: string, longest = longestName): string {
  const line = [...words.replace(/\p{Cc}+/gu, ' ')];
  return line.length > longest ? `${line.slice(0, longest - 1).join('')}…` : line.join('');
}
