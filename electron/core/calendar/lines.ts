const cr = 13;
const lf = 10;
const space = 32;
const tab = 9;
const colon = 58;
const semicolon = 59;
/** A line has at most so many bytes, and pieces it was folded into; of a longer one the rest is left out. */
const longestLine = 1024 * 1024;
const mostPieces = 32_768;
const longestName = 64;

/** The beginning and the end of each piece of a line, one after the other. */
type Pieces = number[];

/**
 * Hands on the lines of a calendar, unfolded: those whose name (in upper case) is wanted. Lines end with CRLF, LF or CR. They are
 * unfolded as bytes, since some programs fold in the middle of a character; and what begins with no name goes on with the line
 * before, since some fold without a space. No more than one of them is in memory.
 */
export function readLines(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
  take: (line: string) => void,
): void {
  const decoder = new TextDecoder();
  /** What has a name, and is wanted. */
  let line: Pieces = [];
  function flush(): void {
    if (line.length > 0) take(decoder.decode(joined(bytes, line)));
    line = [];
  }
  readUnfolded(bytes, (pieces) => {
    const name = nameOf(bytes, pieces);
    if (name !== undefined) {
      flush();
      if (isWanted(name)) line = pieces;
    } else if (line.length > 0 && line.length < 2 * mostPieces) line.push(...pieces);
  });
  flush();
}

/** Lines with those after them that begin with a space or a tab, which are a part of them. */
function readUnfolded(bytes: Uint8Array, take: (pieces: Pieces) => void): void {
  let pieces: Pieces = [];
  let lineFeed = -1;
  let carriageReturn = -1;
  const next = (byte: number, from: number) => {
    const at = bytes.indexOf(byte, from);
    return at === -1 ? bytes.length : at;
  };
  for (let from = 0; from < bytes.length; ) {
    if (lineFeed < from) lineFeed = next(lf, from);
    if (carriageReturn < from) carriageReturn = next(cr, from);
    const end = Math.min(lineFeed, carriageReturn);
    const isFolded = pieces.length > 0 && (bytes[from] === space || bytes[from] === tab);
    if (end > from && !isFolded) {
      if (pieces.length > 0) take(pieces);
      pieces = [from, end];
    } else if (end > from && pieces.length < 2 * mostPieces) pieces.push(from + 1, end);
    from = end + 1;
  }
  if (pieces.length > 0) take(pieces);
}

/** The name with which a line begins, in upper case; undefined where it begins with none. It can be folded as well. */
function nameOf(bytes: Uint8Array, pieces: Pieces): string | undefined {
  const [from = 0, end = 0] = pieces;
  const isWhole = pieces.length === 2 || end - from >= longestName;
  const line = isWhole ? bytes.subarray(from, end) : joined(bytes, pieces.slice(0, 2 * longestName));
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

function joined(bytes: Uint8Array, pieces: Pieces): Uint8Array {
  const [from = 0, end = 0] = pieces;
  if (pieces.length === 2) return bytes.subarray(from, Math.min(end, from + longestLine));
  let length = 0;
  for (let at = 0; at < pieces.length; at += 2) length += (pieces[at + 1] ?? 0) - (pieces[at] ?? 0);
  const line = new Uint8Array(length);
  let filled = 0;
  for (let at = 0; at < pieces.length; at += 2) {
    line.set(bytes.subarray(pieces[at], pieces[at + 1]), filled);
    filled += (pieces[at + 1] ?? 0) - (pieces[at] ?? 0);
  }
  return line.subarray(0, longestLine);
}
