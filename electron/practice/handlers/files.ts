/** Largest files in bytes. */
export const largest = { picture: 2 * 1024 * 1024, background: 15 * 1024 * 1024 } as const;

type FileKind = 'jpeg' | 'png' | 'gif' | 'mp4' | 'mov';

const starts: readonly (readonly [FileKind, offset: number, bytes: readonly number[]])[] = [
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['mov', 4, [...'ftypqt  '].map((char) => char.charCodeAt(0))],
  ['mp4', 4, [...'ftyp'].map((char) => char.charCodeAt(0))],
];

/** What a file is by its first bytes, whatever its name says. */
export function sniff(bytes: Uint8Array): FileKind | undefined {
  return starts.find(([, offset, wanted]) =>
    wanted.every((byte, index) => bytes[offset + index] === byte),
  )?.[0];
}
