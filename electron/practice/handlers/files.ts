import { type MediaKind, mediaKinds } from '../../../shared/media.ts';

const starts: readonly (readonly [kind: MediaKind, offset: number, bytes: readonly number[]])[] = [
  ['jpeg', 0, [0xff, 0xd8, 0xff]],
  ['png', 0, [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['gif', 0, [0x47, 0x49, 0x46, 0x38]],
  ['mov', 4, [...'ftypqt  '].map((char) => char.charCodeAt(0))],
  ['mp4', 4, [...'ftyp'].map((char) => char.charCodeAt(0))],
];

/** A file's media type by its first bytes, whatever its name says. */
export function sniff(bytes: Uint8Array): (typeof mediaKinds)[MediaKind]['type'] | undefined {
  const found = starts.find(([, offset, wanted]) =>
    wanted.every((byte, index) => bytes[offset + index] === byte),
  );
  return found && mediaKinds[found[0]].type;
}
