/** The words of a query; each of them has to be found. Quotes are parted from, as ‘ ’ and ' are the same to who types. */
export function termsOf(query: string): string[] {
  return query.split(/[\s"'“”‘’]+/u).filter(Boolean);
}

/** A text in parts, of which every second one is a match. Joined they are the text again. */
export function highlight(text: string, terms: readonly string[]): string[] {
  if (terms.length === 0) return [text];
  const longestFirst = [...terms].sort((a, b) => b.length - a.length);
  const escaped = longestFirst.map((term) => term.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  return text.split(new RegExp(`(${escaped.join('|')})`, 'giu'));
}
