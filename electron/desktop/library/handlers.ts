import { join } from 'node:path';
import { app } from 'electron';
import { type Result, tallyError } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/ipc/channels.ts';
import type { Tally } from '../../core/tally.ts';
import type { Pasted } from '../media/pasted.ts';
import type { AppWindow } from '../window.ts';
import { done, withFeature } from '../with-feature.ts';
import { keepDragged } from './dragged.ts';

/** What the window asks of the library. It names backgrounds by their ids, and never a path. */
export function libraryHandlers(
  tally: Pick<Tally, 'feature'>,
  window: Pick<AppWindow, 'drag'>,
  pasted: Pasted,
): Handlers['library'] {
  const library = withFeature(tally, 'library');
  const dragged = keepDragged(join(app.getPath('userData'), 'dragged'));
  return {
    add: (files) =>
      library(async (found) => {
        void found.add(await pasted.take(files));
        return done;
      }),
    async preview({ kind, id }) {
      const found = await tally.feature('library');
      return { ok: true, value: (await found?.preview(kind, id)) ?? null };
    },
    drag: ({ id }) =>
      library(async (found) => {
        const file = await found.fileOf(id);
        const copy = file && (await dragged.take(file).catch(() => undefined));
        if (copy === undefined) return notThere;
        await window.drag(copy);
        return done;
      }),
  };
}

const notThere: Result<never> = {
  ok: false,
  error: tallyError('storage', 'The file of this background is no longer what was kept.', { action: 'none' }),
};
