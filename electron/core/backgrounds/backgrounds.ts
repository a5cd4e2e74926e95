import type { BackgroundsAction, BackgroundsView } from '../../../shared/backgrounds.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { ShownImage } from '../../../shared/media.ts';
import type { CropImage } from '../../../shared/picture.ts';
import type { VideoTurn } from '../../../shared/video.ts';
import { uploads } from '../../../shared/zoom/limits.gen.ts';
import { byType, type Feature, type FeatureDeps } from '../feature.ts';
import { sha256 } from '../lib/sha256.ts';
import { drawnFacts } from '../media/drawn.ts';
import { createInspect } from '../media/inspect.ts';
import type { Offered } from '../media/offered.ts';
import { Refusal, refusalOf } from '../media/problem.ts';
import { showsThrough, shrink } from '../media/shrink.ts';
import { toCrop } from '../media/to-crop.ts';
import { videoFrame } from '../media/video.ts';
import type { Copies, Files, Media } from '../ports.ts';
import { sourceOf } from './jobs.ts';
import { createPreviews } from './preview.ts';
import type { KeptFile } from './queue-state.ts';
import { type Arrived, createBackgroundsRunner, type KnownFile } from './runner.ts';
import { readBackgrounds, storeBackgrounds } from './stored.ts';
import { uploadName } from './upload-name.ts';

/** Longer side in pixels of a video's frame that is shown. */
const mostFrame = 960;
/** Most files that are taken at once. */
const mostAtOnce = 50;

type BackgroundsDeps = Pick<
  FeatureDeps,
  'key' | 'clock' | 'zoom' | 'examples' | 'disk' | 'media' | 'shell' | 'changed'
> & {
  readonly files: Pick<Files, 'kept' | 'keep'>;
  /** Keeps what has arrived at Zoom; false where it could not. */
  keep(arrived: Arrived): Promise<boolean>;
  /** Gives the library what a former version, which had none, has kept of what Zoom has. */
  moveIn(kept: readonly Arrived[]): Promise<void>;
};

/** The backgrounds at Zoom, and the uploads on their way there. */
export interface Backgrounds extends Feature<BackgroundsView, BackgroundsAction> {
  add(offered: Offered): void;
  /** A small picture of a background with a local copy, or of an upload's file; null where there is none to show. */
  preview(kind: 'background' | 'upload', id: string): Promise<ShownImage | null>;
  /** A frame of an upload's video at so many seconds, turned; null where there is none to show. */
  frame(id: string, at: number, turn: VideoTurn): Promise<ShownImage | null>;
  /** The picture of a background, to be cropped; null where there is none, and then the view tells why. */
  original(id: string): Promise<CropImage | null>;
  /** Sends a part of a background, a PNG or JPEG, in its place. Resolves with what went wrong before anything was sent. */
  crop(id: string, bytes: Uint8Array): Promise<TallyError | undefined>;
  /** Reads Zoom's list anew. Resolves with what went wrong, if anything did. */
  reread(): Promise<TallyError | undefined>;
  /** What Zoom has, as far as that was read. */
  known(): readonly KnownFile[];
  /** A background at Zoom has this content, whatever was known of it. */
  recognize(id: string, content: string): void;
  /** Whether place, camera and whatever else nobody sees in a picture are left out of it. */
  leavesOut(): boolean;
  /** Where this computer has a content; undefined where it has not. */
  copyOf(content: string): string | undefined;
  /** Deletes backgrounds at Zoom in one call, for good. Resolves with what went wrong, if anything did. */
  takeDown(ids: readonly string[]): Promise<TallyError | undefined>;
  /** Uploads contents that Zoom is known to take. Resolves when all is over, with what went wrong first. */
  put(files: readonly KeptFile[]): Promise<TallyError | undefined>;
}

/** Nothing is asked of Zoom before something is opened. */
export function createBackgrounds(deps: BackgroundsDeps): Backgrounds {
  const { key, clock, zoom, files, disk, media, shell } = deps;
  const inspect = createInspect(disk, media.codec);
  const previewOf = createPreviews(disk, inspect, media);
  let opened = false;
  let stopped = false;
  const ended = new AbortController();
  let problem: TallyError | undefined;
  let stopWaiting: (() => void) | undefined;
  let hasMoved = false;
  let { contents, sendsAll } = readBackgrounds(files.kept('backgrounds', key));
  const keep = () => files.keep('backgrounds', key, storeBackgrounds({ contents, sendsAll }));
  const copies = allCopies(media, key);

  const runner = createBackgroundsRunner({
    clock,
    zoom,
    disk,
    copies,
    // What the library cannot take is kept for a while all the same.
    keep: async (arrived) =>
      (await deps.keep(arrived)) || copies.put(arrived.print.sha256, arrived.path, sourceOf(disk, arrived)),
    contents,
    save(known) {
      contents = known;
      keep();
    },
    changed(view) {
      waitForNetwork(view);
      if (view.phase === 'ready' && !hasMoved) void moveIn();
      media.uploads(key, view.queue);
      deps.changed();
    },
    inspect,
    leavesOut: () => !sendsAll,
    fix: (path, plan, facts, signal) => shrink(path, { ...plan, facts, codec: media.codec, signal }),
    videos: media.videos,
    showsThrough: (path, facts, signal) => showsThrough(path, facts, media.codec, signal),
  });

  /** The network is watched only while an upload waits for it. */
  function waitForNetwork({ queue }: BackgroundsView): void {
    const waits = !stopped && queue.some(({ why }) => why === 'offline');
    if (waits) stopWaiting ??= media.online(() => runner.dispatch({ type: 'online' }));
    else {
      stopWaiting?.();
      stopWaiting = undefined;
    }
  }

  async function moveIn(): Promise<void> {
    hasMoved = true;
    const former = media.copies(key);
    const kept: Arrived[] = [];
    for (const { file, content } of runner.known()) {
      if (content === undefined || !former.has(content)) continue;
      const path = former.path(content);
      const size = await disk.state(path).then(
        (state) => state.size,
        () => 0,
      );
      const name = file.name.slice(0, 100) || 'Without a name';
      if (size > 0) kept.push({ origin: path, path, name, print: { sha256: content, size } });
    }
    if (!stopped && (kept.length > 0 || media.library(key).exists())) await deps.moveIn(kept);
  }

  function tell(next: TallyError | undefined): void {
    problem = next;
    if (!stopped) deps.changed();
  }

  function begin(): void {
    if (!opened) void takeExamples();
    opened = true;
  }

  function open(): void {
    if (opened) return;
    begin();
    void runner.refresh();
  }

  async function takeExamples(): Promise<void> {
    for (const { id, bytes } of deps.examples?.() ?? []) {
      const content = await sha256(bytes);
      if (await copies.put(content, bytes)) runner.dispatch({ type: 'recognized', id, content });
    }
  }

  function add({ paths, problem: given }: Offered): void {
    open();
    const isTooMany = paths.length > mostAtOnce;
    tell(isTooMany ? tooMany : (given ?? (paths.length === 0 ? noFile : undefined)));
    if (paths.length > 0 && !isTooMany) runner.dispatch({ type: 'add', paths });
  }

  async function choose(): Promise<void> {
    const paths = await shell.chooseFiles('backgrounds');
    if (paths.length === 0 || stopped) return;
    add({ paths });
    shell.openWindow('backgrounds');
  }

  async function original(id: string): Promise<CropImage | null> {
    const path = runner.fileOf('background', id);
    if (path === undefined) return null;
    const verdict = await inspect(path, 'background', ended.signal);
    if (verdict.fit === 'no') throw new Refusal(verdict.problem.code, verdict.problem.words);
    if (verdict.facts.frames !== 1)
      throw new Refusal('type', 'Only a picture that doesn’t move can be cropped.');
    const file = { path, name: runner.nameOf(id) };
    const image = await toCrop(file, verdict.facts, { disk, codec: media.codec, signal: ended.signal });
    if (image) return image;
    throw new Refusal('damaged', 'This picture is damaged and can’t be opened.');
  }

  /** Sends a part of a background in its place. Resolves with what went wrong before anything was sent. */
  async function crop(id: string, given: Uint8Array): Promise<TallyError | undefined> {
    const source = Buffer.from(given.buffer, given.byteOffset, given.byteLength);
    const facts = await drawnFacts(source);
    const targetBytes = uploads.uploadVBuser.sureBytes;
    const small = await shrink(source, { facts, targetBytes, codec: media.codec, signal: ended.signal });
    if (!small.ok) return tallyError('file', small.problem.words);
    const hash = await sha256(small.bytes);
    const copies = media.copies(key);
    if (!(await copies.put(hash, small.bytes)))
      return tallyError('storage', 'The cropped picture couldn’t be kept on this computer.');
    const kind = small.after.kind === 'png' ? 'png' : 'jpeg';
    const print = { sha256: hash, size: small.bytes.byteLength };
    const name = uploadName(runner.nameOf(id), kind);
    runner.crop(id, { path: copies.path(hash), name, print, facts: small.after });
    return undefined;
  }

  async function remove(ids: readonly string[]): Promise<void> {
    tell(undefined);
    const error = await runner.delete(ids);
    if (error) tell(error);
  }

  return {
    view: () =>
      opened ? { ...runner.view(), ...(problem && { problem }), ...(sendsAll && { sendsAll }) } : undefined,
    run: byType({
      'backgrounds.open'() {
        if (opened) void runner.refresh();
        else open();
        deps.changed();
      },
      'backgrounds.choose': choose,
      'backgrounds.answer': ({ id, answer }) => runner.answer(id, answer),
      'backgrounds.answer-turned': ({ answer }) => runner.dispatch({ type: 'answer-turned', answer }),
      'backgrounds.cancel': ({ id }) => runner.dispatch({ type: 'cancel', id }),
      'backgrounds.retry': ({ id }) => runner.dispatch({ type: 'retry', id }),
      'backgrounds.remove': ({ id }) => runner.dispatch({ type: 'remove', id }),
      'backgrounds.clear': () => runner.dispatch({ type: 'clear' }),
      'backgrounds.delete': ({ ids }) => remove(ids),
      'backgrounds.undo': () => runner.dispatch({ type: 'undo' }),
      'backgrounds.leave-out'({ on }) {
        sendsAll = !on;
        keep();
        deps.changed();
      },
      'backgrounds.dismiss': () => tell(undefined),
    }),
    refresh() {
      if (opened) void runner.refresh();
    },
    add,
    async frame(id, at, turn) {
      const path = runner.fileOf('upload', id);
      if (path === undefined) return null;
      const of = { at, turn, most: mostFrame };
      const bytes = await videoFrame(disk, path, of, { videos: media.videos, signal: ended.signal }).catch(
        () => null,
      );
      return bytes && { bytes, type: 'image/jpeg' };
    },
    original: (id) =>
      original(id).catch((cause: unknown) => {
        tell(tallyError('file', refusalOf(cause).problem.words));
        return null;
      }),
    crop: (id, bytes) => crop(id, bytes).catch((cause) => tallyError('file', refusalOf(cause).problem.words)),
    async preview(kind, id) {
      const path = runner.fileOf(kind, id);
      return path === undefined ? null : previewOf(path);
    },
    async reread() {
      begin();
      return runner.refresh();
    },
    known: runner.known,
    leavesOut: () => !sendsAll,
    recognize: (id, content) => runner.dispatch({ type: 'recognized', id, content }),
    copyOf: (content) => (copies.has(content) ? copies.path(content) : undefined),
    takeDown: (ids) => runner.delete(ids, false),
    put: runner.put,
    wake: () => runner.dispatch({ type: 'tick' }),
    async stop() {
      stopped = true;
      ended.abort();
      stopWaiting?.();
      runner.stop();
      media.uploads(key, []);
    },
  };
}

/** What was uploaded is in the library, or among the copies that are kept for a while. */
function allCopies(media: Media, key: string): Copies {
  const copies = media.copies(key);
  const { backgrounds } = media.library(key);
  const isInLibrary = (sha256: string) => backgrounds.state(sha256) === 'kept';
  return {
    put: copies.put,
    has: (sha256) => isInLibrary(sha256) || copies.has(sha256),
    path: (sha256) => (isInLibrary(sha256) ? backgrounds : copies).path(sha256),
  };
}

const tooMany = tallyError('file', `These are too many files. Tally takes up to ${mostAtOnce} at once.`);
const noFile = tallyError('file', 'There was no file in it.');
