import { createHash } from 'node:crypto';
import { basename } from 'node:path';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { MediaFacts, ShownImage } from '../../../shared/media.ts';
import type { CropImage, PictureAction, PictureView } from '../../../shared/picture.ts';
import { byType, type Feature, type FeatureDeps } from '../feature.ts';
import type { Reached } from '../http/failures.ts';
import { defined } from '../lib/defined.ts';
import { createLatest } from '../lib/latest.ts';
import { createInspect } from '../media/inspect.ts';
import { mediaLimits } from '../media/limits.ts';
import type { Offered } from '../media/offered.ts';
import { Refusal } from '../media/problem.ts';
import { shrink } from '../media/shrink.ts';
import type { Image } from '../ports.ts';
import { downloadPicture, isPictureAddress } from './download.ts';
import { pictureFacts } from './file.ts';

/** Longest side, in pixels, of a picture handed to the window for cropping. */
const cropSide = 2_048;
/** A picture of at most so many bytes goes to the window as it is, when nothing else has to be done to it. */
const cropBytes = 10_000_000;
const cropQuality = 92;
const chunkSize = 256 * 1024;

type PictureDeps = Pick<
  FeatureDeps,
  'key' | 'clock' | 'network' | 'zoom' | 'apiUrl' | 'disk' | 'media' | 'shell' | 'changed'
>;

export interface Picture extends Feature<PictureView, PictureAction> {
  /** The picture at Zoom, as far as it could be read. */
  shown(): ShownImage | null;
  /** Looks at a file: gives what is to be cropped, or nothing, and then the view tells why. */
  offer(offered: Offered): Promise<CropImage | undefined>;
  /** Sends a PNG or JPEG, made smaller than 2 MB where it is not. Resolves with what went wrong, if anything did. */
  save(bytes: Uint8Array): Promise<TallyError | undefined>;
}

/** The profile picture of one account: what Zoom has, and changes of it, one at a time. */
export function createPicture(deps: PictureDeps): Picture {
  const { zoom, disk, shell } = deps;
  const { codec } = deps.media;
  const copies = deps.media.copies(deps.key);
  const inspect = createInspect(deps.clock, disk);
  const stopped = new AbortController();
  const { signal } = stopped;
  let view: PictureView = { phase: 'unknown', version: 0 };
  let shown: ShownImage | null = null;
  let opened = false;
  /** Where Zoom has it; null: nowhere, undefined: not known. */
  let address: string | null | undefined;
  /** sha256 of the removed picture. */
  let removed: string | undefined;
  /** Of questions to Zoom only the newest one's answer counts. */
  const begin = createLatest();

  function become(change: { readonly [K in keyof PictureView]?: PictureView[K] | undefined }): void {
    if (signal.aborted) return;
    opened = true;
    // What is required in PictureView is never set to undefined.
    view = defined({ ...view, ...change }) as PictureView;
    deps.changed();
  }

  async function refresh(): Promise<void> {
    const isLatest = begin();
    if (view.phase !== 'shown') become({ phase: 'loading' });
    const user = await zoom.call('user', {}, { signal });
    if (!isLatest()) return;
    if (!user.ok) return become({ phase: 'failed', error: view.error ?? user.error });
    const { pic_url: found } = user.data as { readonly pic_url?: unknown };
    // Zoom leaves the key out when there is no picture; an empty text says the same.
    const next = typeof found === 'string' && found !== '' ? found : null;
    const same = next === address && shown !== null;
    address = next;
    if (same) return become({ phase: 'shown' });
    if (next === null) return show('none', null);
    if (!isPictureAddress(next, deps.apiUrl())) return failToShow(elsewhere);
    const read = await downloadPicture(next, deps.clock, deps.network, signal);
    if (!isLatest()) return;
    if (read) show('shown', read);
    else failToShow(unread);
  }

  function show(phase: 'none' | 'shown', image: ShownImage | null): void {
    shown = image;
    become({ phase, version: view.version + 1 });
  }

  function failToShow(error: TallyError): void {
    shown = null;
    become({ phase: 'failed', version: view.version + 1, error: view.error ?? error });
  }

  async function offer({ paths, problem }: Offered): Promise<CropImage | undefined> {
    if (!opened) void refresh();
    if (problem) {
      become({ error: problem });
      return undefined;
    }
    const [path] = paths;
    if (path === undefined || paths.length > 1) {
      become({ error: path === undefined ? noFile : oneOnly });
      return undefined;
    }
    become({ error: undefined });
    const verdict = await inspect(path, 'picture', signal);
    const image = verdict.fit === 'no' ? undefined : await toCrop(path, verdict.facts);
    if (image) return image;
    const words =
      verdict.fit === 'no' ? verdict.problem.words : 'This picture is damaged and cannot be opened.';
    become({ error: tallyError('file', words) });
    return undefined;
  }

  /** A picture as the window crops it; undefined where it cannot be opened. */
  async function toCrop(path: string, facts: MediaFacts): Promise<CropImage | undefined> {
    const { width, height, bytes: size, kind, orientation = 1 } = facts;
    const bytes = await disk.read(path).catch(() => undefined);
    const name = basename(path);
    if (bytes && orientation === 1 && Math.max(width, height) <= cropSide && size <= cropBytes) {
      return { bytes, type: `image/${kind}`, name };
    }
    const image = bytes && (await codec.decode(bytes, orientation));
    if (!image) return undefined;
    const small = await within(image, cropSide);
    return small.opaque
      ? { bytes: await small.jpeg(cropQuality), type: 'image/jpeg', name }
      : { bytes: await small.png(), type: 'image/png', name };
  }

  async function upload(given: Uint8Array): Promise<Failed | undefined> {
    const source = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    const limit = mediaLimits.picture.sureBytes;
    const small = await shrink(source, {
      facts: await pictureFacts(source),
      targetBytes: limit,
      codec,
      signal,
    });
    if (!small.ok) return unsent(tallyError('file', small.problem.words));
    const { bytes, after } = small;
    const file = {
      name: after.kind === 'png' ? 'picture.png' : 'picture.jpg',
      type: `image/${after.kind}`,
      size: bytes.byteLength,
      open: () => chunks(bytes),
    };
    const result = await zoom.call('userPicture', { file }, { signal });
    return result.ok ? undefined : { ...result, error: explained(result.error) };
  }

  async function change(busy: 'saving' | 'removing', work: () => Promise<Failed | undefined>) {
    if (view.busy) return stillBusy;
    become({ busy, error: undefined });
    // A question asked before the change must not tell of it afterwards.
    begin();
    const before = address;
    const failed = await work().catch((cause: unknown) =>
      unsent(cause instanceof Refusal ? tallyError('file', cause.problem.words) : failedInside),
    );
    if (signal.aborted) return ended;
    // It may have worked all the same: only Zoom knows.
    if (!failed || failed.reached === 'perhaps') await refresh();
    const changed =
      address !== before && before !== undefined && (address === null) === (busy === 'removing');
    const error = changed ? undefined : failed?.error;
    become({ busy: undefined, ...(error && { error }) });
    return error;
  }

  /** Keeps what is shown, so that its removal can be undone. Gives its hash where it could be kept and can be sent. */
  async function keep(): Promise<string | undefined> {
    if (!shown || shown.type === 'image/gif') return undefined;
    const sha256 = createHash('sha256').update(shown.bytes).digest('hex');
    return (await copies.put(sha256, shown.bytes)) ? sha256 : undefined;
  }

  async function save(bytes: Uint8Array): Promise<TallyError | undefined> {
    const error = await change('saving', () => upload(bytes));
    if (!error) forgetRemoved();
    return error;
  }

  function forgetRemoved(): void {
    removed = undefined;
    become({ undo: undefined });
  }

  async function remove(): Promise<void> {
    let kept: string | undefined;
    const error = await change('removing', async () => {
      kept = await keep();
      const result = await zoom.call('userPictureDelete', { path: { userId: 'me' } }, { signal });
      return result.ok ? undefined : { ...result, error: explained(result.error) };
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
    run: byType({
      'picture.open': refresh,
      'picture.choose': choose,
      'picture.remove': remove,
      'picture.undo': undo,
      'picture.dismiss': () => become({ error: undefined }),
    }),
    refresh() {
      if (opened) void refresh();
    },
    shown: () => shown,
    offer,
    save,
    wake() {},
    async stop() {
      stopped.abort();
    },
  };
}

/** The picture, or a smaller one of the same proportions; no side is longer than `side`. */
async function within(image: Image, side: number): Promise<Image> {
  const scale = side / Math.max(image.width, image.height);
  if (scale >= 1) return image;
  const scaled = (length: number) => Math.max(1, Math.round(length * scale));
  return image.resize(scaled(image.width), scaled(image.height));
}

async function* chunks(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

/** Why a change came to nothing. */
interface Failed {
  readonly error: TallyError;
  readonly reached: Reached;
}

const unsent = (error: TallyError): Failed => ({ error, reached: 'no' });

/** What Zoom's codes mean for a profile picture (facts: userPicture). */
function explained(error: TallyError): TallyError {
  const { zoom } = error;
  if (zoom?.code === 300) {
    return {
      ...error,
      kind: 'file',
      what: 'Zoom takes this picture for explicit content.',
      action: 'choose-file',
    };
  }
  if (zoom?.code === 200) {
    const what = 'Only an administrator of your Zoom account can change profile pictures.';
    return { ...error, kind: 'forbidden', what, action: 'ask-administrator' };
  }
  if (zoom?.code === 120) return { ...error, what: 'Zoom did not accept this picture.' };
  return error;
}

const elsewhere = tallyError(
  'bad-answer',
  'Zoom keeps your picture at an address that Tally does not open.',
  {
    action: 'none',
  },
);
const unread = tallyError('network', 'Your picture could not be read from Zoom.', { action: 'retry' });
const noFile = tallyError('file', 'There was no file in it.');
const oneOnly = tallyError('file', 'Choose one picture.');
const stillBusy = tallyError('conflict', 'The last change of the picture is still on its way.', {
  action: 'wait',
});
const failedInside = tallyError('internal', 'The picture could not be changed.');
const ended = tallyError('cancelled', 'Tally was signed out meanwhile.');
