import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { ShownImage } from '../../../shared/media.ts';
import type { CropImage, PictureAction, PictureView } from '../../../shared/picture.ts';
import { byType, type FeatureDeps } from '../feature.ts';
import { defined } from '../lib/defined.ts';
import { sha256 } from '../lib/sha256.ts';
import { createInspect } from '../media/inspect.ts';
import { shownName } from '../media/name.ts';
import type { Offered } from '../media/offered.ts';
import { Refusal, refusalOf } from '../media/problem.ts';
import { toCrop } from '../media/to-crop.ts';
import type { Copies, Media } from '../ports.ts';
import { createPictureAtZoom, type PictureChange } from './at-zoom.ts';
import { type Failed, removePicture, uploadPicture } from './upload.ts';

type PictureDeps = Pick<
  FeatureDeps,
  'key' | 'clock' | 'network' | 'zoom' | 'apiUrl' | 'disk' | 'shell' | 'changed'
> & {
  readonly media: Pick<Media, 'codec' | 'copies'>;
  /** Keeps a picture in the library; with the address at which Zoom has it. */
  keep(bytes: Uint8Array, address: string | undefined): Promise<void>;
};

export type Picture = ReturnType<typeof createPicture>;

/** The profile picture of one account: what Zoom has, and changes of it, one at a time. */
export function createPicture(deps: PictureDeps) {
  const { zoom, disk, shell } = deps;
  const { codec } = deps.media;
  const copies = deps.media.copies(deps.key);
  const inspect = createInspect(disk, codec);
  const stopped = new AbortController();
  const { signal } = stopped;
  let view: PictureView = { phase: 'unknown', version: 0 };
  let opened = false;
  /** sha256 of the removed picture. */
  let removed: string | undefined;
  const atZoom = createPictureAtZoom({ ...deps, signal, view: () => view, become });
  const { refresh } = atZoom;

  function become(change: PictureChange): void {
    if (signal.aborted) return;
    opened = true;
    // What is required in PictureView is never set to undefined.
    view = defined({ ...view, ...change }) as PictureView;
    deps.changed();
  }

  /** Looks at a file: gives what is to be cropped, or nothing, and then the view tells why. */
  async function offer({ paths, problem }: Offered): Promise<CropImage | undefined> {
    if (!opened) void refresh();
    const [path] = paths;
    const none = path === undefined ? noFile : undefined;
    const refused = problem ?? none ?? (paths.length > 1 ? oneOnly : undefined);
    become({ error: refused });
    if (refused || path === undefined) return undefined;
    try {
      const verdict = await inspect(path, 'picture', signal);
      if (verdict.fit === 'no') throw new Refusal(verdict.problem.code, verdict.problem.words);
      const image = await toCrop({ path, name: shownName(path) }, verdict.facts, { disk, codec, signal });
      if (image) return image;
      throw new Refusal('damaged', 'This picture is damaged and can’t be opened.');
    } catch (cause) {
      become({ error: tallyError('file', refusalOf(cause).problem.words) });
      return undefined;
    }
  }

  async function change(busy: 'saving' | 'removing', work: () => Promise<Failed | undefined>) {
    if (view.busy) return stillBusy;
    become({ busy, error: undefined });
    atZoom.forgetQuestions();
    const before = atZoom.address();
    await keepShown();
    const failed = await work().catch(() => failedInside);
    if (signal.aborted) return ended;
    // It may have worked all the same: only Zoom knows.
    if (!failed || failed.reached === 'perhaps') await refresh();
    const now = atZoom.address();
    const changed = now !== before && before !== undefined && (now === null) === (busy === 'removing');
    const error = changed ? undefined : failed?.error;
    become({ busy: undefined, ...(error && { error }) });
    return error;
  }

  /** What Zoom has is kept before it goes, so that there is a way back to it. */
  async function keepShown(): Promise<void> {
    const shown = atZoom.shown();
    if (shown && shown.type !== 'image/gif') await deps.keep(shown.bytes, atZoom.address() ?? undefined);
  }

  /** Sends a PNG or JPEG, made smaller than 2 MB where it is not. Resolves with what went wrong, if anything did. */
  async function save(bytes: Uint8Array): Promise<TallyError | undefined> {
    const error = await change('saving', () => uploadPicture(bytes, { zoom, codec, signal }));
    if (!error) forgetRemoved();
    if (!error) await deps.keep(bytes, atZoom.address() ?? undefined);
    return error;
  }

  function forgetRemoved(): void {
    removed = undefined;
    become({ undo: undefined });
  }

  async function remove(): Promise<void> {
    let kept: string | undefined;
    const error = await change('removing', async () => {
      kept = await keep(atZoom.shown(), copies);
      return removePicture({ zoom, signal });
    });
    if (error || signal.aborted) return;
    removed = kept;
    become({ undo: kept === undefined ? undefined : true });
  }

  async function undo(): Promise<void> {
    const sha256 = removed;
    if (sha256 === undefined) return;
    const bytes = await disk.read(copies.path(sha256)).catch(() => undefined);
    if (bytes) await save(bytes);
    else {
      forgetRemoved();
      become({ error: tallyError('storage', 'The removed picture is no longer on this computer.') });
    }
  }

  async function choose(): Promise<void> {
    const paths = await shell.chooseFiles('picture');
    if (paths.length === 0 || signal.aborted) return;
    const image = await offer({ paths });
    shell.openWindow('profile');
    if (image) shell.crop(image);
  }

  return {
    view: () => (opened ? view : undefined),
    run: byType<PictureAction>({
      'picture.open': refresh,
      'picture.choose': choose,
      'picture.remove': remove,
      'picture.undo': undo,
      'picture.dismiss': () => become({ error: undefined }),
    }),
    refresh() {
      if (opened) void refresh();
    },
    /** The picture at Zoom, as far as it could be read. */
    shown: atZoom.shown,
    offer,
    save,
    wake() {},
    stop: async () => stopped.abort(),
  };
}

/** Keeps a picture, so that its removal can be undone. Gives its hash where it could be kept and can be sent. */
async function keep(shown: ShownImage | null, copies: Copies): Promise<string | undefined> {
  if (!shown || shown.type === 'image/gif') return undefined;
  const hash = await sha256(shown.bytes);
  return (await copies.put(hash, shown.bytes)) ? hash : undefined;
}

const noFile = tallyError('file', 'There was no file in it.');
const oneOnly = tallyError('file', 'Choose one picture.');
const stillBusy = tallyError('conflict', 'The last change of the picture is still on its way.', {
  action: 'wait',
});
const failedInside: Failed = {
  error: tallyError('internal', 'The picture couldn’t be changed.'),
  reached: 'no',
};
const ended = tallyError('cancelled', 'Tally was signed out in the meantime.');
