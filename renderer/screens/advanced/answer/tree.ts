import type { Json } from '../../../../shared/advanced.ts';
import { isList, isObject, writeJson } from '../../../../shared/json.ts';

/** One line of a body as a tree. Objects and lists have a line for themselves and the lines of what they hold below it. */
export interface TreeLine {
  /** Name or place in what holds it; absent for the whole. */
  readonly name?: string;
  readonly depth: number;
  /** The value as JSON writes it; of an object or list, how many it holds. */
  readonly text: string;
  readonly kind: 'object' | 'list' | 'text' | 'number' | 'word';
  /** How many lines of what it holds follow, folded or not. */
  readonly below: number;
  /** Place of the line of what holds it; -1 for the whole. */
  readonly parent: number;
}

const entries = new Intl.NumberFormat('en-US');

function sizeWords(count: number, isAList: boolean): string {
  const one = isAList ? 'entry' : 'field';
  return count === 1 ? `1 ${one}` : `${entries.format(count)} ${isAList ? 'entries' : 'fields'}`;
}

function kindOf(value: Json): TreeLine['kind'] {
  if (isList(value)) return 'list';
  if (isObject(value)) return 'object';
  if (typeof value === 'string') return 'text';
  return typeof value === 'number' || typeof value === 'bigint' ? 'number' : 'word';
}

/** All lines of a value, in the order in which they are read. */
export function treeOf(value: Json): readonly TreeLine[] {
  const lines: TreeLine[] = [];
  // No recursion: what Zoom answers may be nested as deeply as it likes.
  const open: { readonly entries: Iterator<[string, Json]>; readonly at: number }[] = [];
  const add = (name: string | undefined, one: Json, depth: number, parent: number) => {
    const whole = isList(one) || isObject(one) ? Object.entries(one) : undefined;
    lines.push({
      ...(name !== undefined && { name }),
      depth,
      text: whole ? sizeWords(whole.length, isList(one)) : writeJson(one),
      kind: kindOf(one),
      below: 0,
      parent,
    });
    if (whole && whole.length > 0) open.push({ entries: whole.values(), at: lines.length - 1 });
  };
  add(undefined, value, 0, -1);
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { value: next, done } = top.entries.next();
    if (!done) {
      add(next[0], next[1], (lines[top.at]?.depth ?? 0) + 1, top.at);
      continue;
    }
    open.pop();
    lines[top.at] = { ...(lines[top.at] as TreeLine), below: lines.length - 1 - top.at };
  }
  return lines;
}

/** Up to so many lines a tree is open as a whole at first. */
const openUpTo = 400;

/** The places that are folded at first: in a large tree whatever lies deeper than the entries of the first list. */
export function foldedAtFirst(lines: readonly TreeLine[]): ReadonlySet<number> {
  if (lines.length <= openUpTo) return new Set();
  return new Set(lines.flatMap(({ depth, below }, at) => (below > 0 && depth >= 2 ? [at] : [])));
}

/** Places of the lines that are seen, with what is folded left out. */
export function seenLines(lines: readonly TreeLine[], folded: ReadonlySet<number>): readonly number[] {
  const seen: number[] = [];
  for (let at = 0; at < lines.length; at++) {
    seen.push(at);
    if (folded.has(at)) at += lines[at]?.below ?? 0;
  }
  return seen;
}

/** `folded` without what hides a line. */
export function unfolded(
  lines: readonly TreeLine[],
  folded: ReadonlySet<number>,
  at: number,
): ReadonlySet<number> {
  const open = new Set(folded);
  for (let above = lines[at]?.parent ?? -1; above >= 0; above = lines[above]?.parent ?? -1)
    open.delete(above);
  return open.size === folded.size ? folded : open;
}

/** Places of the lines in whose name or value a text stands, in any case. */
export function findInTree(lines: readonly TreeLine[], query: string): readonly number[] {
  const wanted = query.trim().toLowerCase();
  if (wanted === '') return [];
  return lines.flatMap(({ name, text, below }, at) => {
    const isIn = name?.toLowerCase().includes(wanted) || (below === 0 && text.toLowerCase().includes(wanted));
    return isIn ? [at] : [];
  });
}
