import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { LibraryView } from '../../../shared/library.ts';
import { quoted } from '../../../shared/words/isolated.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import type { Backgrounds } from '../backgrounds/backgrounds.ts';
import { isTwin } from '../backgrounds/queue-state.ts';
import { uploadName } from '../backgrounds/upload-name.ts';
import type { Clock, LibraryStore } from '../ports.ts';
import { type Plan, planPlaces } from './plan.ts';
import type { Shelf } from './shelf.ts';
import type { Change } from './stored.ts';

/** What changes need of the backgrounds at Zoom. */
export type AtZoom = Pick<
  Backgrounds,
  'reread' | 'known' | 'leavesOut' | 'recognize' | 'copyOf' | 'takeDown' | 'put'
>;

interface ChangesDeps {
  readonly clock: Clock;
  readonly shelf: Shelf;
  readonly originals: LibraryStore['backgrounds'];
  readonly signal: AbortSignal;
  /** Undefined once the account is gone. */
  atZoom(): Promise<AtZoom | undefined>;
  /** Contents that Zoom is known to have. */
  up(): ReadonlySet<string>;
  /** Shows the window: the person may be at the tray. */
  ask(): void;
  tell(problem: TallyError | undefined): void;
  changed(): void;
}

const most = uploads.uploadVBuser.maxFiles;

/**
 * What is put up at Zoom, one change at a time. Each step is written down before it is taken, and what is left to do is planned
 * anew from what Zoom has: so that one which was cut off anywhere goes on from there, and can be taken back.
 */
export function createChanges(deps: ChangesDeps) {
  const { clock, shelf, originals, signal, tell } = deps;
  let phase: 'idle' | 'working' | 'asking' = 'idle';
  let losing: readonly string[] = [];
  let error: TallyError | undefined;

  function become(next: typeof phase, failed?: TallyError): void {
    phase = next;
    error = failed;
    if (!signal.aborted) deps.changed();
  }

  /** Says why nothing was done, to whom may be at the tray. */
  function refuse(why: TallyError): void {
    tell(why);
    deps.ask();
  }

  /** Does a change as far as it goes. `agreed`: names of what may be lost, though nobody can bring it back. */
  async function run(change: Change, agreed: readonly string[] = []): Promise<void> {
    tell(undefined);
    phase = 'working';
    error = undefined;
    shelf.setChanges({ going: change, done: shelf.done() });
    const stopped = await attempt(change, agreed).catch(() => failedInside);
    if (signal.aborted) return;
    if (stopped === 'asking') {
      become('asking');
      deps.ask();
      return;
    }
    const ended = shelf.going() ?? change;
    if (stopped && hasBegun(ended)) return become('idle', stopped);
    // With nothing done there is nothing to go on with.
    if (stopped) refuse(stopped);
    else shelf.update(ended.want, () => ({ used: clock.now() }));
    shelf.setChanges({
      done: stopped || (!ended.isUndo && !hasBegun(ended)) ? shelf.done() : undoable(ended),
    });
    become('idle');
  }

  async function attempt(
    change: Change,
    agreed: readonly string[],
  ): Promise<TallyError | 'asking' | undefined> {
    const atZoom = await deps.atZoom();
    if (!atZoom) return gone;
    const unread = await atZoom.reread();
    if (unread) return unread;
    recognizeAdded(atZoom, change);
    await lookAt(atZoom, planFor(atZoom, change));
    const plan = planFor(atZoom, change);
    if (plan === 'too-many') return tooMany;
    losing = lostBy(atZoom, plan);
    if (losing.some((name) => !agreed.includes(name))) return 'asking';
    const files = await filesOf(plan.add);
    return Array.isArray(files) ? carryOut(atZoom, change, { ...plan, files }) : files;
  }

  async function carryOut(
    atZoom: AtZoom,
    change: Change,
    { add, remove, files }: Plan & { readonly files: Parameters<AtZoom['put']>[0] },
  ): Promise<TallyError | undefined> {
    const removed = await keepRemoved(atZoom, remove);
    if (!removed) return notKept;
    if (signal.aborted || add.length + remove.length === 0) return undefined;
    const others = change.removed.filter(({ id }) => removed.every((one) => one.id !== id));
    const going = {
      ...change,
      added: [...new Set([...change.added, ...add])],
      removed: [...others, ...removed],
      lost: [...new Set([...change.lost, ...losing])],
    };
    shelf.setChanges({ going, done: shelf.done() });
    const failed = remove.length > 0 ? await atZoom.takeDown(remove) : undefined;
    if (failed || signal.aborted || files.length === 0) return failed;
    return atZoom.put(files);
  }

  /** Where it was cut off in the middle of an upload, Zoom may have taken that without Tally being told. */
  function recognizeAdded(atZoom: AtZoom, { added }: Change): void {
    const known = atZoom.known();
    for (const id of added) {
      const item = shelf.item(id);
      if (!item || known.some(({ content }) => content === id)) continue;
      const twin = { name: uploadName(item.name, item.kind), bytes: item.bytes };
      const found = known.find(({ file, content }) => content === undefined && isTwin(file, twin));
      if (found) atZoom.recognize(found.file.id, id);
    }
  }

  /** What is to be deleted counts as kept only if its file is there now. */
  async function lookAt(atZoom: AtZoom, plan: Plan | 'too-many'): Promise<void> {
    if (plan === 'too-many') return;
    for (const { file, content } of atZoom.known()) {
      if (plan.remove.includes(file.id) && content !== undefined) await originals.look(content);
    }
  }

  function planFor(atZoom: AtZoom, { want, drop }: Change): Plan | 'too-many' {
    const placed = atZoom.known().map(({ file: { id }, content }) => ({
      id,
      ...(content !== undefined && { content }),
      kept: content !== undefined && atZoom.copyOf(content) !== undefined,
      used: shelf.item(content ?? '')?.used ?? 0,
    }));
    return planPlaces(placed, { want, drop, most });
  }

  /** Names of what would be deleted and this computer cannot upload again. */
  function lostBy(atZoom: AtZoom, { remove }: Plan): string[] {
    const lost = atZoom.known().filter(({ file, content }) => {
      return remove.includes(file.id) && (content === undefined || atZoom.copyOf(content) === undefined);
    });
    return lost.map(({ file }) => file.name || 'Without a name');
  }

  /** The files of these contents, or what is wrong with one of them: nothing is deleted for what cannot be sent. */
  async function filesOf(ids: readonly string[]) {
    const files = [];
    for (const id of ids) {
      const item = shelf.item(id);
      const state = item ? await originals.look(id) : 'missing';
      if (!item || state !== 'kept') return notThere(item?.name, state === 'spoiled');
      const name = uploadName(item.name, item.kind);
      files.push({ path: originals.path(id), name, print: { sha256: id, size: item.bytes } });
    }
    return files;
  }

  /** Takes what is about to be deleted into the library, as far as this computer has it; undefined where it has no room. */
  async function keepRemoved(
    atZoom: AtZoom,
    remove: readonly string[],
  ): Promise<Change['removed'] | undefined> {
    const removed: Change['removed'] = [];
    for (const { file, content } of atZoom.known()) {
      const path = content === undefined ? undefined : atZoom.copyOf(content);
      if (!remove.includes(file.id) || content === undefined || path === undefined) continue;
      const name = file.name || 'Without a name';
      const print = { sha256: content, size: file.bytes };
      const isKept = shelf.item(content)
        ? (await originals.put(content, path)) === 'kept'
        : await shelf.keep({ origin: path, path, name, print });
      if (!isKept) return undefined;
      removed.push({ id: content, name });
    }
    return removed;
  }

  /** Takes a change back, the one that was cut off before the last one that was done. */
  function undo(): void {
    const change = hasBegun(shelf.going()) ? shelf.going() : shelf.done();
    if (phase === 'working') refuse(busy);
    else if (change && !change.isUndo) {
      const want = change.removed.map(({ id }) => id);
      start({ ...change, ...nothing, isUndo: true, want, drop: change.added });
    }
  }

  function start(change: Change): void {
    leave();
    void run(change);
  }

  /** Leaves a change as it is: what it has done can be taken back. */
  function leave(): void {
    const begun = shelf.going();
    if (!begun || phase === 'working') return;
    shelf.setChanges({ done: undoable(begun) ?? shelf.done() });
    become('idle');
  }

  return {
    /** Puts contents up that are in the library. */
    begin(title: string, isSet: boolean, want: readonly string[]): void {
      if (phase === 'working') refuse(busy);
      else start({ title, isSet, isUndo: false, want: [...want], drop: [], ...nothing });
    },
    goOn(): void {
      const change = shelf.going();
      if (change && phase !== 'working') void run(change, phase === 'asking' ? losing : []);
    },
    leave,
    undo,
    /** There is nothing more to say of the last one. */
    forget: () => shelf.setChanges({ going: shelf.going() }),
    view(): Pick<LibraryView, 'change' | 'done'> {
      const going = shelf.going();
      const done = shelf.done();
      const up = deps.up();
      return {
        ...(going && {
          change: {
            title: going.title,
            isSet: going.isSet,
            isUndo: going.isUndo,
            phase: phase === 'idle' ? 'stopped' : phase,
            ...(phase === 'asking' && { losing }),
            ...(error && { error }),
            up: going.want.filter((id) => up.has(id)).length,
            of: going.want.length,
          },
        }),
        ...(done && {
          done: {
            title: done.title,
            isSet: done.isSet,
            isWhole: done.want.every((id) => up.has(id)),
            removed: done.removed.map(({ name }) => name),
            lost: done.lost,
          },
        }),
      };
    },
  };
}

const nothing = { added: [], removed: [], lost: [] };
const hasBegun = ({ added, removed, lost }: Pick<Change, keyof typeof nothing> = nothing) =>
  added.length + removed.length + lost.length > 0;
/** A change as it can be taken back, if it has done anything. */
const undoable = (change: Change) => (hasBegun(change) && !change.isUndo ? change : undefined);

function notThere(name: string | undefined, isSpoiled: boolean): TallyError {
  const whose = name === undefined ? 'a background' : quoted(name);
  const what = isSpoiled
    ? `The file of ${whose} is no longer what was kept.`
    : `The file of ${whose} is no longer on this computer.`;
  return tallyError('storage', what, {
    why: 'Nothing was changed in Zoom. Add the file again.',
    action: 'none',
  });
}

const notKept = tallyError(
  'storage',
  'Nothing was changed in Zoom: what has to make room couldn’t be kept on this computer.',
  {
    why: 'Make room on the disk, then try again.',
  },
);
const busy = tallyError('conflict', 'The last change is still on its way.', { action: 'wait' });
const gone = tallyError('cancelled', 'Tally was signed out in the meantime.');
const failedInside = tallyError('internal', 'The backgrounds couldn’t be put up.');
const tooMany = tallyError('invalid-input', `Zoom has ${most} places. Take some out of this set first.`, {
  action: 'none',
});
