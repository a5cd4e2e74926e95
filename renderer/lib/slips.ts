/** A word may have a slip from so many letters on, two slips from so many, and so on. */
const lengths = [3, 8, 11];
/** Shorter words have to be meant as a whole: the beginnings of others are too much like them. */
const beginnings = 4;

/**
 * How many slips of the finger there are in what was typed, if each of its words is meant to be one of the text's or the
 * beginning of one; undefined where one cannot be. A slip is a letter that is wrong, missing, too many or changed places with
 * its neighbour. The longer a word, the more of them it may have, and its first letter is always right.
 */
export function editsTo(terms: readonly string[], text: string): number | undefined {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  let sum = 0;
  for (const term of terms) {
    const edits = Math.min(...words.map((word) => editsBetween(term.toLowerCase(), word)));
    if (edits > lengths.filter((length) => term.length >= length).length) return undefined;
    sum += edits;
  }
  return sum;
}

/** Edits between a term and a word, or its beginning that is nearest; infinite where the first letters differ. */
function editsBetween(term: string, word: string): number {
  if (term[0] !== word[0]) return Number.POSITIVE_INFINITY;
  let before: number[] = [];
  let last = Array.from({ length: word.length + 1 }, (_, at) => at);
  for (let row = 1; row <= term.length; row += 1) {
    const next = [row];
    for (let at = 1; at <= word.length; at += 1) {
      const same = term[row - 1] === word[at - 1];
      const swapped = row > 1 && at > 1 && term[row - 1] === word[at - 2] && term[row - 2] === word[at - 1];
      next[at] = Math.min(
        (last[at] ?? 0) + 1,
        (next[at - 1] ?? 0) + 1,
        (last[at - 1] ?? 0) + (same ? 0 : 1),
        swapped ? (before[at - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [before, last] = [last, next];
  }
  return term.length < beginnings ? (last.at(-1) ?? 0) : Math.min(...last);
}
