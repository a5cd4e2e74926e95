const cr = 13;
const lf = 10;
const space = 32;
const tab = 9;
const colon = 58;
const semicolon = 59;
/** A line has at most so many bytes; of a longer one the rest is left out. */
const longestLine = 1024 * 1024;
const longestName = 64;

/**
 * The lines of a calendar, unfolded: those whose name (in upper case) is wanted. Lines end with CRLF, LF or CR. They are unfolded as
 * bytes, since some programs fold in the middle of a character; and what begins with no name goes on with the line before, since
 * some fold without a space. No more than one of them is in memory.
 */
export function* linesOf(bytes: Uint8Array, isWanted: (name: string) => boolean): Generator<string> {
  const decoder = new TextDecoder();
  let parts: Uint8Array[] = [];
  let length = 0;
  for (const part of unendedLines(bytes)) {
    const isFolded = part[0] === space || part[0] === tab;
    const name = isFolded ? undefined : nameOf(part);
    if (name !== undefined) {
      if (length > 0) yield decoder.decode(joined(parts, length));
      parts = isWanted(name) ? [part] : [];
      length = parts.length > 0 ? part.length : 0;
    } else if (length > 0 && length < longestLine) {
      const more = isFolded ? part.subarray(1) : part;
      parts.push(more);
      length += more.length;
    }
  }
  if (length > 0) yield decoder.decode(joined(parts, length));
}

/** What is between the ends of lines, where there is something. */
function* unendedLines(bytes: Uint8Array): Generator<Uint8Array> {
  let from = 0;
  for (let at = 0; at <= bytes.length; at += 1) {
    if (at < bytes.length && bytes[at] !== lf && bytes[at] !== cr) continue;
    if (at > from) yield bytes.subarray(from, at);
    from = at + 1;
  }
}

/** The name with which a line begins, in upper case; undefined where it begins with none. */
function nameOf(line: Uint8Array): string | undefined {
  for (let at = 0; at < line.length && at < longestName; at += 1) {
    const byte = line[at] ?? 0;
    if (byte === colon || byte === semicolon)
      return at === 0 ? undefined : String.fromCharCode(...line.subarray(0, at)).toUpperCase();
    if (!isNamePart(byte)) return undefined;
  }
  return undefined;
}

/** Letters, digits, `-`, and what some write all the same: `_` and `.`, the latter after the name of a group. */
function isNamePart(byte: number): boolean {
  const lower = byte | 32;
  const isLetter = lower >= 97 && lower <= 122;
  return isLetter || (byte >= 48 && byte <= 57) || byte === 45 || byte === 46 || byte === 95;
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const [first] = parts;
  if (parts.length === 1 && first) return first;
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
