import type { Action } from '../../../shared/actions.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { BackgroundsView, CropImage, PictureView, ShownImage } from '../../../shared/media.ts';
import { fingerprint } from '../backgrounds/fingerprint.ts';
import { createPreviews } from '../backgrounds/preview.ts';
import { createBackgroundsRunner } from '../backgrounds/runner.ts';
import { readBackgrounds, storeBackgrounds } from '../backgrounds/stored.ts';
import { uploadName } from '../backgrounds/upload-name.ts';
import { createPicture } from '../picture/picture.ts';
import type { Clock, Disk, Files, Media, Network } from '../ports.ts';
import type { ZoomClient } from '../zoom/client.ts';
import { createInspect } from './inspect.ts';
import { shrink } from './shrink.ts';

/** Most files that are taken at once. */
const mostAtOnce = 50;

export interface AccountMediaDeps {
  /** Of the account. */
  readonly key: string;
  readonly clock: Clock;
  readonly network: Network;
  readonly zoom: Pick<ZoomClient, 'call'>;
  apiUrl(): string;
  readonly files: Pick<Files, 'kept' | 'keep'>;
  readonly disk: Disk;
  readonly media: Media;
  changed(): void;
}

/** What the person dropped, chose or pasted: files on this computer, and why others are not among them. */
export interface Offered {
  readonly paths: readonly string[];
  readonly problem?: TallyError;
}

type MediaAction = Exclude<
  Extract<Action, { type: `backgrounds.${string}` | `picture.${string}` }>,
  { type: `${string}.choose` }
>;

/** The pictures of one account: its backgrounds and its profile picture. */
export interface AccountMedia {
  /** What was opened so far. */
  view(): { readonly backgrounds?: BackgroundsView; readonly picture?: PictureView };
  run(action: MediaAction): void;
  addBackgrounds(offered: Offered): void;
  /** Looks at a picture for the profile; gives what is to be cropped. */
  offerPicture(offered: Offered): Promise<CropImage | undefined>;
  savePicture(bytes: Uint8Array): Promise<TallyError | undefined>;
  picture(): ShownImage | null;
  preview(kind: 'background' | 'upload', id: string): Promise<ShownImage | null>;
  wake(): void;
  stop(): void;
}

/** Makes the services; nothing is asked of Zoom before something is opened. Loaded with all it needs at first use. */
export function createAccountMedia(deps: AccountMediaDeps): AccountMedia {
  const { key, clock, network, zoom, files, disk, media } = deps;
  const { codec } = media;
  const copies = media.copies(key);
  const inspect = createInspect(clock, disk);
  const previews = createPreviews(disk, inspect, codec);
  let opened = false;
  let pictureOpened = false;
  let stopped = false;
  let problem: TallyError | undefined;
  let connected = () => {};
  let stopWaiting: (() => void) | undefined;

  const backgrounds = createBackgroundsRunner({
    clock,
    zoom,
    disk,
    copies,
    contents: readBackgrounds(files.kept('backgrounds', key)).contents,
    save: (contents) => files.keep('backgrounds', key, storeBackgrounds(contents)),
    changed(view) {
      waitForNetwork(view);
      media.uploads(key, view.queue);
      deps.changed();
    },
    inspect,
    fingerprint: (path, signal) => fingerprint(disk, path, signal),
    uploadName,
    fix: async (path, { targetBytes }, facts, signal) =>
      shrink(await disk.read(path), { facts, targetBytes, codec, signal }),
    online(listener) {
      connected = listener;
      return () => stopWaiting?.();
    },
  });
  const picture = createPicture({
    clock,
    network,
    zoom,
    apiUrl: deps.apiUrl,
    disk,
    codec,
    copies,
    inspect,
    changed: deps.changed,
  });

  /** The network is watched only while an upload waits for it. */
  function waitForNetwork({ queue }: BackgroundsView): void {
    const waits = !stopped && queue.some(({ why }) => why === 'offline');
    if (waits) stopWaiting ??= media.online(() => connected());
    else {
      stopWaiting?.();
      stopWaiting = undefined;
    }
  }

  function become(next: TallyError | undefined): void {
    problem = next;
    if (!stopped) deps.changed();
  }

  function open(): void {
    if (opened) return;
    opened = true;
    void backgrounds.refresh();
  }

  function openPicture(): Promise<void> {
    pictureOpened = true;
    return picture.refresh();
  }

  function run(action: MediaAction): void {
    switch (action.type) {
      case 'backgrounds.open':
        if (opened) void backgrounds.refresh();
        else open();
        deps.changed();
        return;
      case 'backgrounds.answer':
        backgrounds.answer(action.id, action.answer);
        return;
      case 'backgrounds.cancel':
        backgrounds.cancel(action.id);
        return;
      case 'backgrounds.retry':
        backgrounds.retry(action.id);
        return;
      case 'backgrounds.remove':
        backgrounds.remove(action.id);
        return;
      case 'backgrounds.clear':
        backgrounds.clear();
        return;
      case 'backgrounds.delete':
        become(undefined);
        void backgrounds.delete(action.ids).then((error) => error && become(error));
        return;
      case 'backgrounds.undo':
        backgrounds.undo();
        return;
      case 'backgrounds.dismiss':
        become(undefined);
        return;
      case 'picture.open':
        void openPicture();
        return;
      case 'picture.remove':
        void picture.remove();
        return;
      case 'picture.undo':
        void picture.undo();
        return;
      case 'picture.dismiss':
        picture.dismiss();
        return;
    }
  }

  return {
    view: () => ({
      ...(opened && { backgrounds: { ...backgrounds.view(), ...(problem && { problem }) } }),
      ...(pictureOpened && { picture: picture.view() }),
    }),
    run,
    addBackgrounds({ paths, problem: given }) {
      open();
      if (paths.length > mostAtOnce) return become(tooMany);
      become(given ?? (paths.length === 0 ? noFile : undefined));
      if (paths.length > 0) backgrounds.add(paths);
    },
    async offerPicture({ paths, problem: given }) {
      if (!pictureOpened) void openPicture();
      if (!given) return picture.offer(paths);
      picture.fail(given);
      return undefined;
    },
    savePicture: picture.save,
    picture: picture.shown,
    async preview(kind, id) {
      const path = backgrounds.fileOf(kind, id);
      return path === undefined ? null : previews.of(path);
    },
    wake: backgrounds.wake,
    stop() {
      stopped = true;
      stopWaiting?.();
      backgrounds.stop();
      picture.stop();
      media.uploads(key, []);
    },
  };
}

const tooMany = tallyError('file', `These are too many files. Tally takes up to ${mostAtOnce} at once.`);
const noFile = tallyError('file', 'There was no file in it.');
