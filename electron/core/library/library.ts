import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { LibraryAction, LibraryView } from '../../../shared/library.ts';
import type { ShownImage } from '../../../shared/media.ts';
import { createPreviews } from '../backgrounds/preview.ts';
import type { Arrived, KnownFile } from '../backgrounds/runner.ts';
import { uploadName } from '../backgrounds/upload-name.ts';
import { byType, type Feature, type FeatureDeps } from '../feature.ts';
import { createInspect } from '../media/inspect.ts';
import type { Offered } from '../media/offered.ts';
import { shrink } from '../media/shrink.ts';
import type { Files } from '../ports.ts';
import { type AtZoom, createChanges } from './changes.ts';
import { createShelf } from './shelf.ts';

interface LibraryDeps extends Pick<FeatureDeps, 'key' | 'clock' | 'disk' | 'media' | 'shell' | 'changed'> {
  readonly files: Pick<Files, 'preferences'>;
  /** The backgrounds at Zoom; undefined once the account is gone. */
  backgrounds(): Promise<AtZoom | undefined>;
  /** What changes the profile picture. */
  picture(): Promise<{ save(bytes: Uint8Array): Promise<TallyError | undefined> } | undefined>;
}

/** Backgrounds beyond Zoom's ten places, and former profile pictures: kept on this computer, and put up by one click. */
export interface Library extends Feature<LibraryView, LibraryAction> {
  /** Takes files in without sending them. */
  add(offered: Offered): Promise<void>;
  /** Keeps what has arrived at Zoom; false where it could not. */
  keep(arrived: Arrived): Promise<boolean>;
  /** Takes in backgrounds of which a former version has kept copies, once. */
  moveIn(kept: readonly Arrived[]): Promise<void>;
  keepPicture(bytes: Uint8Array, address: string | undefined): Promise<void>;
  /** A small picture; null where there is none to show. */
  preview(kind: 'background' | 'picture', id: string): Promise<ShownImage | null>;
  /** A background's file as it was added, and its name; undefined where it is not there as it was kept. */
  fileOf(id: string): Promise<{ readonly path: string; readonly name: string } | undefined>;
}

export function createLibrary(deps: LibraryDeps): Library {
  const { clock, disk, media, shell, files } = deps;
  const store = media.library(deps.key);
  const inspect = createInspect(disk, media.codec);
  const previewOf = createPreviews(disk, inspect, media);
  const stopped = new AbortController();
  const { signal } = stopped;
  let atZoom: AtZoom | undefined;
  let problem: TallyError | undefined;

  function changed(): void {
    if (!signal.aborted) deps.changed();
  }

  function tell(next: TallyError | undefined): void {
    problem = next;
    changed();
  }

  async function backgrounds(): Promise<AtZoom | undefined> {
    atZoom ??= await deps.backgrounds();
    return atZoom;
  }

  const contentOf = ({ content }: KnownFile) => content ?? [];
  const up = (): ReadonlySet<string> => new Set(atZoom?.known().flatMap(contentOf));

  const shelf = createShelf({
    clock,
    disk,
    store,
    inspect,
    signal,
    most: () => files.preferences().libraryMegabytes * 1_000_000,
    leavesOut: async () => (await backgrounds())?.leavesOut() ?? true,
    fix: (path, plan, facts) => shrink(path, { ...plan, facts, codec: media.codec, signal }),
    tell,
    changed,
  });
  const changes = createChanges({
    clock,
    shelf,
    originals: store.backgrounds,
    signal,
    atZoom: backgrounds,
    up,
    ask: () => shell.openWindow('backgrounds'),
    tell,
    changed,
  });
  void shelf.findLost();

  async function putPicture(id: string): Promise<void> {
    const path = store.pictures.path(id);
    const isKept = (await store.pictures.look(id)) === 'kept';
    const bytes = isKept ? await disk.read(path).catch(() => undefined) : undefined;
    if (bytes) await (await deps.picture())?.save(bytes);
    else {
      await shelf.forgetPicture(id);
      tell(pictureGone);
    }
  }

  function tag(ids: readonly string[], set: string, on: boolean): void {
    shelf.update(ids, ({ sets }) => {
      const others = sets.filter((one) => one !== set);
      return { sets: on ? [...others, set] : others };
    });
  }

  const membersOf = (set: string) => shelf.items().flatMap(({ id, sets }) => (sets.includes(set) ? id : []));

  /** Gives what is in a set to another one, or to none. */
  function moveSet(set: string, to: string | undefined): void {
    shelf.update(membersOf(set), ({ sets }) => {
      const others = sets.filter((one) => one !== set && one !== to);
      return { sets: to === undefined ? others : [...others, to] };
    });
  }

  function put(id: string): void {
    const item = shelf.item(id);
    if (item) changes.begin(item.name, false, [id]);
  }

  function putSet(set: string): void {
    const members = membersOf(set);
    if (members.length > 0) changes.begin(set, true, members);
  }

  return {
    view: () => ({ ...shelf.view(up()), ...changes.view(), ...(problem && { problem }) }),
    run: byType<LibraryAction>({
      // Whatever is shown as up has to be so.
      'library.open': () => void backgrounds().then(changed),
      'library.rename': ({ id, name }) => shelf.update([id], () => ({ name })),
      'library.favorite': ({ id, on }) => shelf.update([id], () => ({ favorite: on })),
      'library.tag': ({ ids, set, on }) => tag(ids, set, on),
      'library.rename-set': ({ set, name }) => moveSet(set, name),
      'library.remove-set': ({ set }) => moveSet(set, undefined),
      'library.remove': ({ ids }) => shelf.remove(ids),
      'library.put': ({ id }) => put(id),
      'library.put-set': ({ set }) => putSet(set),
      'library.go-on': changes.goOn,
      'library.leave': changes.leave,
      'library.undo': changes.undo,
      'library.dismiss': () => (problem ? tell(undefined) : changes.forget()),
      'library.put-picture': ({ id }) => putPicture(id),
      'library.forget-picture': ({ id }) => shelf.forgetPicture(id),
    }),
    refresh() {},
    add: shelf.add,
    async keep(arrived) {
      // What has arrived is shown as being there.
      await backgrounds();
      return shelf.keep(arrived);
    },
    async moveIn(kept) {
      await backgrounds();
      return shelf.moveIn(kept);
    },
    keepPicture: shelf.keepPicture,
    async preview(kind, id) {
      if (kind === 'background') {
        const isKept = shelf.item(id) && store.backgrounds.state(id) === 'kept';
        return isKept ? previewOf(store.backgrounds.path(id)) : null;
      }
      if (shelf.pictures().every((one) => one.id !== id)) return null;
      const bytes = await disk.read(store.pictures.path(id)).catch(() => undefined);
      return bytes ? { bytes, type: bytes[0] === 0x89 ? 'image/png' : 'image/jpeg' } : null;
    },
    async fileOf(id) {
      const item = shelf.item(id);
      if (!item) return undefined;
      const file = item.original ?? { id, name: uploadName(item.name, item.kind) };
      const state = await store.backgrounds.look(file.id);
      changed();
      return state === 'kept' ? { path: store.backgrounds.path(file.id), name: file.name } : undefined;
    },
    wake() {},
    stop: async () => stopped.abort(),
  };
}

const pictureGone = tallyError('storage', 'This picture is no longer on this computer.', { action: 'none' });
