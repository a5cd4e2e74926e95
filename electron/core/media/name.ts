import { basename } from 'node:path';

/**
 * Control characters, marks that make a name read in another order than it is written, and characters that are never
 * seen. Joiners (U+200C, U+200D) stay: Persian and some emoji are written with them.
 */
const unseen =
  /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/gu;

export function withoutUnseen(name: string): string {
  return name.replace(unseen, '');
}

/** The name of a file as it may be shown: without folders, and in the order in which it is written. */
export function shownName(path: string): string {
  return withoutUnseen(basename(path));
}
