/** More characters without an end are no list that anybody reads. */
const longest = 16 * 1024 * 1024;

/**
 * Cuts a stream of JSON arrays, one after the other, into each of them; what stands between them is left out. `take` gets what could
 * be parsed. The returned function takes the next characters, and gives false once there is too much of one.
 */
export function readArrays(take: (array: unknown) => void): (chunk: string) => boolean {
  let text = '';
  let depth = 0;
  let inString = false;
  let escaped = false;

  function finish(): void {
    let array: unknown;
    try {
      array = JSON.parse(text);
    } catch {
      return;
    }
    take(array);
  }

  /** Whether the array is over with this character. */
  function isLast(character: string): boolean {
    if (escaped) escaped = false;
    else if (inString) {
      escaped = character === '\\';
      inString = character !== '"';
    } else if (character === '"') inString = true;
    else if (character === '[' || character === '{') depth += 1;
    else if (character === ']' || character === '}') depth -= 1;
    return depth === 0;
  }

  return (chunk) => {
    let from = depth > 0 ? 0 : -1;
    for (let at = 0; at < chunk.length; at += 1) {
      const character = chunk[at] as string;
      if (depth === 0) {
        if (character !== '[') continue;
        from = at;
      }
      if (!isLast(character)) continue;
      text += chunk.slice(from, at + 1);
      finish();
      text = '';
      from = -1;
    }
    if (depth > 0) text += chunk.slice(from);
    return text.length <= longest;
  };
}
