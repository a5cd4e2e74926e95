import { type TallyError, tallyError } from '../../../shared/errors.ts';
import { type LibraryView, mostItems } from '../../../shared/library.ts';
import { isOtherKind, type MediaFacts } from '../../../shared/media.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import { fingerprint } from '../backgrounds/fingerprint.ts';
import { sourceOf } from '../backgrounds/jobs.ts';
import type { Arrived } from '../backgrounds/runner.ts';
import { uploadName } from '../backgrounds/upload-name.ts';
import { sha256 } from '../lib/sha256.ts';
import type { Readable } from '../media/file.ts';
import { createInspect, type FixPlan, type Inspect } from '../media/inspect.ts';
import { findHidden } from '../media/leave-out.ts';
import { shownName } from '../media/name.ts';
import type { Offered } from '../media/offered.ts';
import { type Problem, Refusal, refusalOf } from '../media/problem.ts';
import type { Shrunk } from '../media/shrink.ts';
import type { Clock, Disk, LibraryStore } from '../ports.ts';
import { type Change, type Item, mostPictures, type Picture, readLibrary, type Stored } from './stored.ts';

export interface ShelfDeps {
  readonly clock: Clock;
  readonly disk: Disk;
  readonly store: LibraryStore;
  readonly inspect: Inspect;
  readonly signal: AbortSignal;
  /** Most bytes that are kept without asking. */
  most(): number;
  /** Whether what nobody sees in a picture is left out of it. */
  leavesOut(): Promise<boolean>;
  /** Makes a picture fit as the inspection proposed. */
  fix(path: string, plan: FixPlan, facts: MediaFacts): Promise<Shrunk>;
  tell(problem: TallyError | undefined): void;
  changed(): void;
}

export type Shelf = ReturnType<typeof createShelf>;

/** When something was last of use: put up, or taken in. */
const recent = ({ used, added }: Item) => Math.max(used, added);

/** What the library holds, in memory and on the disk. Sends nothing. */
export function createShelf(deps: ShelfDeps) {
  const { clock, disk, store, inspect, signal, tell } = deps;
  const { backgrounds: originals, pictures: pictureFiles } = store;
  const read = readLibrary(store.read());
  const items = new Map(read.items.map((item): [string, Item] => [item.id, item]));
  let { pictures, movedIn, going, done }: Stored = read;
  let isMoving = read.movedIn;
  const adding: string[] = [];

  const sorted = (): readonly Item[] => [...items.values()].sort((a, b) => recent(b) - recent(a));

  function save(): void {
    if (signal.aborted) return;
    if (!store.write({ items: [...items.values()], pictures, movedIn, going, done })) tell(notSaved);
    deps.changed();
  }

  function update(ids: readonly string[], change: (item: Item) => Partial<Item>): void {
    for (const id of ids) {
      const item = items.get(id);
      if (item) items.set(id, { ...item, ...change(item) });
    }
    save();
  }

  const bytes = () =>
    [...items.values()].reduce((sum, item) => sum + item.bytes + (item.original?.bytes ?? 0), 0);

  /** Keeps a content, and says why where it cannot. */
  async function hold(
    { id, name }: Pick<Item, 'id' | 'name'>,
    content: string | Uint8Array,
    of: Readable = disk,
  ): Promise<boolean> {
    const outcome = await originals.put(id, content, of);
    if (outcome !== 'kept') tell(outcome === 'full' ? diskFull(name) : notKept(name));
    return outcome === 'kept';
  }

  /** Keeps the file that a smaller one was made of; without it all else works. */
  async function keepOriginal(path: string): Promise<Item['original']> {
    const print = await fingerprint(disk, path, signal).catch(() => undefined);
    if (!print || (await originals.put(print.sha256, path)) !== 'kept') return undefined;
    return { id: print.sha256, name: shownName(path), bytes: print.size };
  }

  /** Keeps what has arrived at Zoom; false where it could not. */
  async function keep({ origin, path, name, facts, print, left }: Arrived): Promise<boolean> {
    const id = print.sha256;
    const isFull = !items.has(id) && items.size >= mostItems;
    if (isFull || !(await hold({ id, name }, path, sourceOf(disk, { left })))) return false;
    const used = clock.now();
    movedIn = true;
    if (items.has(id)) {
      update([id], () => ({ used }));
      return true;
    }
    const kind = taken(facts?.kind) ?? (await kindOf(id));
    if (!kind) return false;
    const original = origin === path && !left ? undefined : await keepOriginal(origin);
    put({ id, name, kind, bytes: print.size, used, original });
    return true;
  }

  /** Takes in what Zoom has and a former version has kept a copy of, once. */
  async function moveIn(kept: readonly Arrived[]): Promise<void> {
    if (isMoving) return;
    isMoving = true;
    for (const one of kept) await keep(one).catch(() => false);
    movedIn = true;
    if (store.exists()) save();
  }

  function put(item: Omit<Item, 'added' | 'favorite' | 'sets'>): void {
    items.set(item.id, { ...item, added: clock.now(), favorite: false, sets: [] });
    save();
  }

  async function kindOf(id: string) {
    const verdict = await inspect(originals.path(id), 'background', signal);
    return verdict.fit === 'yes' ? taken(verdict.facts.kind) : undefined;
  }

  /** Takes one file in without sending it, as it would be sent. */
  async function take(path: string): Promise<void> {
    const left = (await deps.leavesOut()) ? await findHidden(disk, path, signal) : undefined;
    const source = sourceOf(disk, { left });
    const verdict = await (left ? createInspect(source) : inspect)(path, 'background', signal);
    if (verdict.fit === 'no') throw refusal(verdict.problem);
    if (verdict.fit === 'fixable') return takeMade(path, verdict.plan, verdict.facts);
    const kind = taken(verdict.facts.kind);
    if (!kind) return;
    const { sha256: id, size: bytes } = await fingerprint(source, path, signal);
    const name = uploadName(path, kind);
    // One that is listed may have lost its file.
    if (!(await hold({ id, name }, path, source)) || items.has(id)) return;
    const original = left && (await keepOriginal(path));
    put({ id, name, kind, bytes, used: 0, original });
  }

  /** Takes in what is made of a file that Zoom would not take. */
  async function takeMade(path: string, plan: FixPlan, facts: MediaFacts): Promise<void> {
    const made = await deps.fix(path, plan, facts);
    if (!made.ok) throw refusal(made.problem);
    const id = await sha256(made.bytes);
    const kind = made.after.kind === 'png' ? 'png' : 'jpeg';
    const name = uploadName(path, kind);
    if (!(await hold({ id, name }, made.bytes)) || items.has(id)) return;
    const original = await keepOriginal(path);
    put({ id, name, kind, bytes: made.bytes.byteLength, used: 0, original });
  }

  async function add({ paths, problem }: Offered): Promise<void> {
    const tooMany = items.size + paths.length > mostItems;
    const refused = problem ?? (bytes() > deps.most() || tooMany ? noRoom : undefined);
    tell(refused);
    if (refused) return;
    adding.push(...paths.map(shownName));
    deps.changed();
    for (const path of paths) {
      await take(path).catch((cause: unknown) => {
        tell(
          tallyError('file', `${quoted(shownName(path))} wasn’t added.`, {
            why: refusalOf(cause).problem.words,
          }),
        );
      });
      if (signal.aborted) return;
      adding.splice(adding.indexOf(shownName(path)), 1);
      deps.changed();
    }
  }

  /** Lets go of backgrounds here; what Zoom has stays there. */
  async function remove(ids: readonly string[]): Promise<void> {
    const gone = ids.flatMap((id) => items.get(id) ?? []);
    for (const { id } of gone) items.delete(id);
    save();
    const used = new Set([...items.values()].map(({ original }) => original?.id));
    const files = gone.flatMap(({ id, original }) => [id, ...(original ? [original.id] : [])]);
    for (const id of files) if (!used.has(id) && !items.has(id)) await originals.remove(id);
    deps.changed();
  }

  /** Files of which the list says nothing, as it was lost, are listed again. */
  async function findLost(): Promise<void> {
    const known = new Set([...items.values()].flatMap(({ id, original }) => [id, original?.id]));
    let found = 0;
    for (const id of originals.all().filter((one) => !known.has(one))) {
      const verdict = await inspect(originals.path(id), 'background', signal);
      if (signal.aborted) return;
      const kind = verdict.fit === 'yes' ? taken(verdict.facts.kind) : undefined;
      if (verdict.fit !== 'yes' || !kind || items.has(id)) continue;
      const { bytes: size } = verdict.facts;
      found += 1;
      put({ id, name: uploadName(`Found ${found}`, kind), kind, bytes: size, used: 0 });
    }
    if (found > 0) tell(foundAgain(found));
  }

  /** Keeps a profile picture as the newest one. `address`: where Zoom has it, by which it is known again. */
  async function keepPicture(content: Uint8Array, address: string | undefined): Promise<void> {
    const id = await sha256(content);
    const place = address === undefined ? undefined : await sha256(Buffer.from(address));
    const known = pictures.find((one) => one.id === id || (place !== undefined && one.address === place));
    if (!known && (await pictureFiles.put(id, content)) !== 'kept') return;
    const newest: Picture = { id, bytes: content.byteLength, ...known, address: place ?? known?.address };
    const all = [newest, ...pictures.filter((one) => one.id !== newest.id)];
    pictures = all.slice(0, mostPictures);
    save();
    for (const one of all.slice(mostPictures)) await pictureFiles.remove(one.id);
  }

  return {
    items: sorted,
    item: (id: string) => items.get(id),
    update,
    keep,
    moveIn,
    add,
    remove,
    findLost,
    pictures: () => pictures,
    keepPicture,
    async forgetPicture(id: string): Promise<void> {
      pictures = pictures.filter((one) => one.id !== id);
      save();
      await pictureFiles.remove(id);
    },
    going: () => going,
    done: () => done,
    /** The change that is under way, and the one that can be taken back. */
    setChanges(next: { readonly going?: Change | undefined; readonly done?: Change | undefined }): void {
      ({ going, done } = next);
      save();
    },
    /** What of the view it knows. */
    view(up: ReadonlySet<string>): Omit<LibraryView, 'change' | 'done' | 'problem'> {
      const shown = sorted();
      const total = bytes();
      const most = deps.most();
      const sets = [...new Set(shown.flatMap((item) => item.sets))].sort((a, b) => a.localeCompare(b));
      return {
        items: shown.map(({ kind, original, ...item }) => ({
          ...item,
          bytes: item.bytes + (original?.bytes ?? 0),
          type: kind === 'mp4' || kind === 'mov' ? 'video' : 'image',
          up: up.has(item.id),
          state: originals.state(item.id),
        })),
        sets: sets.map((name) => {
          const members = shown.filter((item) => item.sets.includes(name));
          return { name, count: members.length, up: members.every(({ id }) => up.has(id)) };
        }),
        bytes: total,
        most,
        ...(total > most && { over: spare(shown, total - most, up) }),
        adding,
        pictures: pictures.map(({ id }) => ({ id })),
      };
    },
  };
}

/** A kind that Zoom takes, where it is one. */
const taken = (kind: MediaFacts['kind'] | undefined) =>
  kind === undefined || isOtherKind(kind) ? undefined : kind;

/** What has to go so that so many bytes are free: neither at Zoom, nor a favorite, nor in a set; unused for longest first. */
function spare(items: readonly Item[], excess: number, up: ReadonlySet<string>) {
  const ids: string[] = [];
  let free = 0;
  for (const item of items.toReversed()) {
    if (free >= excess) break;
    if (item.favorite || item.sets.length > 0 || up.has(item.id)) continue;
    ids.push(item.id);
    free += item.bytes + (item.original?.bytes ?? 0);
  }
  return { ids, bytes: free };
}

const refusal = ({ code, words }: Problem) => new Refusal(code, words);

const noRoom = tallyError('storage', 'The library is full.', {
  why: 'Remove some of it, or give it more room in Preferences.',
  action: 'none',
});
const notSaved = tallyError('storage', 'The list of the library couldn’t be saved.', {
  why: 'What you change in it lasts until Tally quits. Check whether the disk is full.',
  action: 'none',
});
const diskFull = (name: string) =>
  tallyError('storage', `${quoted(name)} isn’t in the library: the disk is full.`, {
    why: 'Make room on the disk, then add it again.',
    action: 'none',
  });
const notKept = (name: string) =>
  tallyError('storage', `${quoted(name)} couldn’t be kept in the library.`, {
    why: 'Its file has changed, or nothing can be written to Tally’s folder. Add it again.',
    action: 'none',
  });
const foundAgain = (count: number) =>
  tallyError('storage', 'The list of your library couldn’t be read in full.', {
    why: `${count === 1 ? 'One background was' : `${count} backgrounds were`} found again, without name and sets.`,
    action: 'none',
  });
