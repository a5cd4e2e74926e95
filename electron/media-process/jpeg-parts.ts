/** A JPEG taken apart in front of its pixels. */
export interface JpegParts {
  /** As stored, pixels. */
  readonly width: number;
  readonly height: number;
  /** Its data comes in several scans. */
  readonly progressive: boolean;
  /** Exif and colour profile, whole segments; nothing where there are none. */
  readonly tags: readonly Uint8Array[];
  /** The same picture without these. */
  readonly bare: Uint8Array<ArrayBuffer>;
}

const exif = 'Exif\0';
const icc = 'ICC_PROFILE\0';

/**
 * Takes a JPEG apart; undefined where its structure is not plain. `bytes` are written over: `bare` lies within them, as a copy of a
 * large picture would take as much memory again.
 */
export function jpegParts(bytes: Uint8Array<ArrayBuffer>): JpegParts | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tags: Uint8Array[] = [];
  const kept: Uint8Array[] = [bytes.slice(0, 2)];
  let frame: { width: number; height: number; inks: number; progressive: boolean } | undefined;
  for (let at = 2; at + 10 < bytes.length; ) {
    const marker = view.getUint16(at);
    if (marker === 0xffda) {
      if (!frame) return undefined;
      const { inks, ...sides } = frame;
      // What comes of four inks is in the colours of screens already.
      const own = tags.filter((tag) => inks < 4 || !begins(tag, icc));
      return { ...sides, tags: own, bare: joined(bytes, kept, at) };
    }
    if (marker < 0xffc0 || marker === 0xffff) return undefined;
    const end = at + 2 + view.getUint16(at + 2);
    const segment = bytes.slice(at, end);
    const isFrame = marker <= 0xffcf && ![0xffc4, 0xffc8, 0xffcc].includes(marker);
    if (isFrame) {
      const sides = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
      frame = { ...sides, inks: bytes[at + 9] ?? 0, progressive: marker >= 0xffc2 };
    }
    if (begins(segment, exif) || begins(segment, icc)) tags.push(segment);
    else kept.push(segment);
    at = end;
  }
  return undefined;
}

function begins(segment: Uint8Array, words: string): boolean {
  return [...words].every((letter, index) => segment[4 + index] === letter.charCodeAt(0));
}

/** Puts `parts` right in front of `at`. */
function joined(
  bytes: Uint8Array<ArrayBuffer>,
  parts: readonly Uint8Array[],
  at: number,
): Uint8Array<ArrayBuffer> {
  let start = at;
  for (const part of [...parts].reverse()) {
    start -= part.length;
    bytes.set(part, start);
  }
  return bytes.subarray(start);
}
