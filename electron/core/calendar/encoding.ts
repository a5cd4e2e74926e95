/** The bytes of a calendar as UTF-8 without a byte order mark, whatever it was written in. */
export function toUtf8(source: Uint8Array | string): Uint8Array {
  if (typeof source === 'string') return withoutMark(new TextEncoder().encode(source));
  const utf16 = utf16Of(source);
  if (utf16) return withoutMark(new TextEncoder().encode(new TextDecoder(utf16).decode(source)));
  return withoutMark(source);
}

/** By its mark, or by the zero beside its first letter. */
function utf16Of([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0x42 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x42)) return 'utf-16be';
  return undefined;
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  const [first, second, third] = bytes;
  return first === 0xef && second === 0xbb && third === 0xbf ? bytes.subarray(3) : bytes;
}
