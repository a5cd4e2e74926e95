import type { LibraryItem, LibrarySet, LibraryView } from '../../../shared/library.ts';
import { library as t } from '../../../shared/words/en/library.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import { sizeWords } from '../../../shared/words/sizes.ts';

/** Most names that are told one by one. */
const mostNames = 3;

/** Names as people say them: "“Beach”, “Fjord” and 3 more". */
export function nameWords(names: readonly string[]): string {
  const told = names.slice(0, mostNames).map(quoted);
  const rest = names.length - told.length;
  if (rest > 0) return t.namesAndMore(told.join(', '), rest);
  const last = told.pop() ?? '';
  return told.length > 0 ? t.namesAnd(told.join(', '), last) : last;
}

/** The name of a set as it was typed: "work" is "Work" by another hand. */
export function setNamed(typed: string, sets: readonly LibrarySet[]): string {
  const name = typed.trim().replace(/\s+/g, ' ');
  return sets.find((one) => one.name.toLowerCase() === name.toLowerCase())?.name ?? name;
}

const stateWords = { missing: t.fileMissing, spoiled: t.fileChanged } as const;

/** What stands below a name: "Picture, 1.2 MB". */
export function factWords({ state, type, bytes }: LibraryItem): string {
  if (state !== 'kept') return stateWords[state];
  return `${type === 'video' ? t.video : t.picture}, ${sizeWords(bytes)}`;
}

type ChangeView = NonNullable<LibraryView['change']>;

/** What is said of a change that is not done. */
export function changeWords({ title, isUndo, phase, up, of, losing = [] }: ChangeView): string {
  const what = quoted(title);
  if (phase === 'asking') return t.wouldBeDeleted(what, nameWords(losing), losing.length);
  if (phase === 'stopped') return isUndo ? t.undoneInPart(what) : t.upInPartOf(what, up, of);
  if (isUndo) return t.undoing(what);
  return of === 1 ? t.puttingUp(what) : t.puttingUpOf(what, up, of);
}

/** What is said of a change that was done. */
export function doneWords({ title, isWhole, removed, lost }: NonNullable<LibraryView['done']>): string {
  const what = quoted(title);
  return [
    isWhole ? t.isUp(what) : t.isUpInPart(what),
    ...(removed.length > 0 ? [t.madeRoom(nameWords(removed))] : []),
    ...(lost.length > 0 ? [t.isLost(nameWords(lost))] : []),
  ].join(' ');
}
