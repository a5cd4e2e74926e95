import type { LibraryItem, LibrarySet, LibraryView } from '../../../shared/library.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';

/** Most names that are told one by one. */
const mostNames = 3;

/** Names as people say them: "“Beach”, “Fjord” and 3 more". */
export function nameWords(names: readonly string[]): string {
  const told = names.slice(0, mostNames).map(quoted);
  const rest = names.length - told.length;
  if (rest > 0) return `${told.join(', ')} and ${rest} more`;
  const last = told.pop() ?? '';
  return told.length > 0 ? `${told.join(', ')} and ${last}` : last;
}

/** "1 background", "3 backgrounds". */
export const countWords = (count: number) => `${count} background${count === 1 ? '' : 's'}`;

/** The name of a set as it was typed: "work" is "Work" by another hand. */
export function setNamed(typed: string, sets: readonly LibrarySet[]): string {
  const name = typed.trim().replace(/\s+/g, ' ');
  return sets.find((one) => one.name.toLowerCase() === name.toLowerCase())?.name ?? name;
}

const stateWords = { missing: 'File missing', spoiled: 'File changed' } as const;

/** What stands below a name: "Picture, 1.2 MB". */
export function factWords({ state, type, bytes }: LibraryItem): string {
  if (state !== 'kept') return stateWords[state];
  return `${type === 'video' ? 'Video' : 'Picture'}, ${sizeWords(bytes)}`;
}

type ChangeView = NonNullable<LibraryView['change']>;

/** What is said of a change that is not done. */
export function changeWords({ title, isUndo, phase, up, of, losing = [] }: ChangeView): string {
  const what = quoted(title);
  if (phase === 'asking') {
    const copies = losing.length === 1 ? 'no copy of it is' : 'no copies of them are';
    return `To make room for ${what}, ${nameWords(losing)} would be deleted in Zoom, and ${copies} on this computer.`;
  }
  if (phase === 'stopped') {
    return isUndo ? `${what} is undone in part.` : `${what} is up in part: ${up} of ${of}.`;
  }
  if (isUndo) return `Undoing ${what}.`;
  return of === 1 ? `Putting ${what} up.` : `Putting ${what} up: ${up} of ${of} uploaded.`;
}

/** What is said of a change that was done. */
export function doneWords({ title, isWhole, removed, lost }: NonNullable<LibraryView['done']>): string {
  const up = isWhole ? `${quoted(title)} is up.` : `${quoted(title)} is up in part.`;
  const room = removed.length > 0 ? ` ${nameWords(removed)} made room.` : '';
  const gone = lost.length > 0 ? ` ${nameWords(lost)} can’t be brought back.` : '';
  return up + room + gone;
}
