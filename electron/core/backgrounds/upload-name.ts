import { type MediaKind, mediaKinds } from '../../../shared/media.ts';
import { withoutUnseen } from '../media/name.ts';

/** Endings that are taken off when they are wrong; any other ending is part of the name ("beach.final"). */
const mediaEnding =
  /\.(?:jpe?g|jpe|jfif|jfi|a?png|gif|mp4|m4v|mov|qt|svgz?|hei[cf]|webp|avif|bmp|tiff?|ico|jxl|pdf|webm|avi|mkv|mts|m2ts|3g[p2]|mpe?g)$/i;

/** Letters of a name before its extension; no limit of Zoom's is known. */
const mostLetters = 100;
/** Of a longer one, which no file has but Zoom may tell, the end is looked at. */
const longestName = 1_000;

/** Whether the extension of a path fits what the file is. */
export function isNamedRight(path: string, kind: MediaKind): boolean {
  const ending = /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase();
  return mediaKinds[kind].endings.some((right) => right === ending);
}

/**
 * The name that a file is sent under: without folders and unseen characters, at most 100 letters, and with an extension
 * in small letters that fits what the file is.
 */
export function uploadName(path: string, kind: MediaKind): string {
  const last = (path.split(/[/\\]/).pop() ?? '').slice(-longestName);
  const base = withoutUnseen(last.normalize('NFC')).trim();
  const right = isNamedRight(base, kind);
  const extension = right ? base.slice(base.lastIndexOf('.') + 1).toLowerCase() : mediaKinds[kind].endings[0];
  const stem = (right ? base.slice(0, base.lastIndexOf('.')) : base.replace(mediaEnding, ''))
    .replace(/^[.\s]+|[.\s]+$/g, '')
    .trim();
  const cut = Array.from(stem).slice(0, mostLetters).join('').trim();
  return `${cut || (kind === 'mp4' || kind === 'mov' ? 'video' : 'picture')}.${extension}`;
}
