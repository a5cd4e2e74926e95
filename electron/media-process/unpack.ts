/** What a strip or tile of a TIFF is compressed by. Each gives `size` bytes, and throws where there are fewer. */

const [clear, end] = [256, 257];
const mostCodes = 4_096;

/** TIFF 6.0, section 13: codes of 9 to 12 bits, the highest bit first. Each stands for what was unpacked before. */
function unpackLzw(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  const starts = new Uint32Array(mostCodes);
  const lengths = new Uint32Array(mostCodes);
  const codes = codesOf(packed);
  let [bits, next, filled, last] = [9, 258, 0, 0];
  while (filled < size) {
    const code = codes(bits);
    if (code === end) break;
    if (code === clear) {
      [bits, next, last] = [9, 258, 0];
      continue;
    }
    // What the former code stood for, and one byte more, which is the first of this one.
    if (last > 0 && next < mostCodes) {
      starts[next] = filled - last;
      lengths[next++] = last + 1;
    }
    if (code >= next) throw new Error('no such code');
    last = code < clear ? 1 : (lengths[code] as number);
    if (code < clear) out[filled] = code;
    else copyWithin(out, { from: starts[code] as number, to: filled, length: last });
    filled += last;
    if (next >= (1 << bits) - 1 && bits < 12) bits++;
  }
  return whole(out.subarray(0, filled), size);
}

/** Byte by byte: what is copied may be only just written. */
function copyWithin(
  out: Uint8Array,
  { from, to, length }: { readonly from: number; readonly to: number; readonly length: number },
): void {
  for (let index = 0; index < length; index++) out[to + index] = out[from + index] as number;
}

/** Takes the next code of so many bits; the end where there are no more. */
function codesOf(packed: Uint8Array): (bits: number) => number {
  let [at, held, hold] = [0, 0, 0];
  return (bits) => {
    while (held < bits) {
      if (at === packed.length) return end;
      hold = ((hold << 8) | (packed[at++] as number)) & 0xff_ff_ff;
      held += 8;
    }
    held -= bits;
    return (hold >>> held) & ((1 << bits) - 1);
  };
}

/** TIFF 6.0, section 9. */
function unpackBits(packed: Uint8Array, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let filled = 0;
  for (let at = 0; filled < size && at < packed.length; ) {
    const count = packed[at++] as number;
    if (count === 128) continue;
    const length = count < 128 ? count + 1 : 257 - count;
    const until = Math.min(size, filled + length);
    if (count < 128) out.set(packed.subarray(at, at + until - filled), filled);
    else out.fill(packed[at] ?? 0, filled, until);
    filled = count < 128 ? Math.min(until, filled + packed.length - at) : until;
    at += count < 128 ? length : 1;
  }
  return whole(out.subarray(0, filled), size);
}

async function inflate(packed: Uint8Array<ArrayBuffer>, size: number): Promise<Uint8Array> {
  const out = new Uint8Array(size);
  const { readable, writable } = new DecompressionStream('deflate');
  const writer = writable.getWriter();
  const reader = readable.getReader();
  // Why it ends is told to who reads; bytes behind its end are of no interest.
  for (const step of [writer.write(packed), writer.close()]) step.catch(() => {});
  let filled = 0;
  while (filled < size) {
    const { value, done } = await reader.read();
    if (done) break;
    out.set(value.subarray(0, size - filled), filled);
    filled += value.length;
  }
  reader.cancel().catch(() => {});
  return whole(out.subarray(0, filled), size);
}

function whole(out: Uint8Array, size: number): Uint8Array {
  if (out.length < size) throw new Error('ends too early');
  return out;
}

/** By the numbers that a TIFF has for them (shared/tiff.ts has the list). */
export function unpack(
  packed: Uint8Array<ArrayBuffer>,
  { compression, size }: { readonly compression: number; readonly size: number },
): Uint8Array | Promise<Uint8Array> {
  if (compression === 5) return unpackLzw(packed, size);
  if (compression === 32_773) return unpackBits(packed, size);
  if (compression === 1) return whole(packed.slice(0, size), size);
  return inflate(packed, size);
}
