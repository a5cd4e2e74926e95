/** A text in pieces of at most `columns` characters, cut at line ends too, each to be drawn as one line. Joined they are the text. */
export function rawLines(text: string, columns: number): readonly string[] {
  const lines: string[] = [];
  let start = 0;
  let newline = -1;
  while (start < text.length) {
    // Looked for once a line: a body of megabytes may be a single one.
    if (newline < start) {
      const next = text.indexOf('\n', start);
      newline = next < 0 ? text.length : next;
    }
    const lineEnd = Math.min(newline + 1, text.length);
    let end = Math.min(lineEnd, start + columns);
    // A line end belongs to the line before it, however long that is.
    if (end === newline) end = lineEnd;
    // Nor may a character of two units be cut in half.
    if (end < text.length && /[\ud800-\udbff]/.test(text[end - 1] ?? '') && end - start > 1) end--;
    lines.push(text.slice(start, end));
    start = end;
  }
  return lines;
}

/** Places of the lines on which a text begins that is looked for, in any case; also where it runs over into the next. */
export function findInRaw(lines: readonly string[], query: string): readonly number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  const text = lines.join('').toLowerCase();
  const found: number[] = [];
  let line = 0;
  let end = lines[0]?.length ?? 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
    while (at >= end && line < lines.length - 1) {
      line++;
      end += lines[line]?.length ?? 0;
    }
    if (found.at(-1) !== line) found.push(line);
  }
  return found;
}
