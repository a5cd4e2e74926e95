import { type MediaKind, mediaKinds } from '../../../shared/media.ts';

const starts: readonly (readonly [kind: MediaKind, pattern: RegExp])[] = [
  ['jpeg', /^\xff\xd8\xff/],
  ['png', /^\x89PNG\r\n.\n/s],
  ['gif', /^GIF8/],
  ['mov', /^.{4}ftypqt {2}/s],
  // Pictures, raw photos and sound have the same first box, under labels of their own.
  ['mp4', /^.{4}ftyp(?!avi[fs]|hei[cx]|hev[cx]|mif1|msf1|crx |M4[ABP] |F4)/s],
  // QuickTime of before there was a label.
  ['mov', /^.{4}(?:skip|pnot|udta|uuid|wide|free|mdat|moov)/s],
];

/** A file's media type by its first bytes, whatever its name says. Which of them the real Zoom looks at is not known. */
export function sniff(bytes: Uint8Array): (typeof mediaKinds)[MediaKind]['type'] | undefined {
  const start = Buffer.from(bytes.subarray(0, 16)).toString('latin1');
  const found = starts.find(([, pattern]) => pattern.test(start));
  return found && mediaKinds[found[0]].type;
}
