import type { OpenFile } from '../ports.ts';

/** Bytes as an open file. */
export function inMemory(bytes: Uint8Array): OpenFile {
  return {
    state: async () => ({ size: bytes.byteLength, mtimeMs: 0, ino: 0, isFile: true }),
    async read(buffer, offset, length, position) {
      const at = position ?? 0;
      const part = bytes.subarray(at, at + length);
      buffer.set(part, offset);
      return part.byteLength;
    },
    async close() {},
  };
}
