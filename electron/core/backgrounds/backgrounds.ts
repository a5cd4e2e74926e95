import type { BackgroundsAction, BackgroundsView } from '../../../shared/backgrounds.ts';
import { type TallyError, tallyError } from '../../../shared/errors.ts';
import type { ShownImage } from '../../../shared/media.ts';
import { byType, type Feature, type FeatureDeps } from '../feature.ts';
import { createInspect } from '../media/inspect.ts';
import type { Offered } from '../media/offered.ts';
import { showsThrough, shrink } from '../media/shrink.ts';
import type { Files } from '../ports.ts';
import { createPreviews } from './preview.ts';
import { createBackgroundsRunner } from './runner.ts';
import { readBackgrounds, storeBackgrounds } from './stored.ts';

/** Most files that are taken at once. */
const mostAtOnce = 50;

type BackgroundsDeps = Pick<
  FeatureDeps,
  'key' | 'clock' | 'zoom' | 'disk' | 'media' | 'shell' | 'changed'
> & { readonly files: Pick<Files, 'kept' | 'keep'> };

/** The backgrounds at Zoom, and the uploads on their way there. */
export interface Backgrounds extends Feature<BackgroundsView, BackgroundsAction> {
  add(offered: Offered): void;
  /** A small picture of a background with a local copy, or of an upload's file; null where there is none to show. */
  preview(kind: 'background' | 'upload', id: string): Promise<ShownImage | null>;
}

/** Nothing is asked of Zoom before something is opened. */
export function createBackgrounds(deps: BackgroundsDeps): Backgrounds {
  const { key, clock, zoom, files, disk, media, shell } = deps;
  const inspect = createInspect(disk);
  const previewOf = createPreviews(disk, inspect, media.codec);
  let opened = false;
  let stopped = false;
  let problem: TallyError | undefined;
  let stopWaiting: (() => void) | undefined;
  let { contents, sendsAll } = readBackgrounds(files.kept('backgrounds', key));
  const keep = () => files.keep('backgrounds', key, storeBackgrounds({ contents, sendsAll }));

  const runner = createBackgroundsRunner({
    clock,
    zoom,
    disk,
    copies: media.copies(key),
    contents,
    save(known) {
      contents = known;
      keep();
    },
    changed(view) {
      waitForNetwork(view);
      media.uploads(key, view.queue);
      deps.changed();
    },
    inspect,
    leavesOut: () => !sendsAll,
    fix: (path, plan, facts, signal) => shrink(path, { ...plan, facts, codec: media.codec, signal }),
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

  function tell(next: TallyError | undefined): void {
    problem = next;
    if (!stopped) deps.changed();
  }

  function open(): void {
    if (opened) return;
    opened = true;
    void runner.refresh();
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
    async preview(kind, id) {
      const path = runner.fileOf(kind, id);
      return path === undefined ? null : previewOf(path);
    },
    wake: () => runner.dispatch({ type: 'tick' }),
    async stop() {
      stopped = true;
      stopWaiting?.();
      runner.stop();
      media.uploads(key, []);
    },
  };
}

const tooMany = tallyError('file', `These are too many files. Tally takes up to ${mostAtOnce} at once.`);
const noFile = tallyError('file', 'There was no file in it.');
