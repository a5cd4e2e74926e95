import type { Result } from '../../shared/errors.ts';
import type { Handlers } from '../../shared/ipc/channels.ts';
import type { PopoverCall, PopoverOpening } from '../../shared/ipc/popover.ts';
import type { PopoverInputs } from '../../shared/ipc/schemas.ts';
import type { ShownImage } from '../../shared/media.ts';
import type { Snapshot } from '../../shared/state.ts';
import type { Tally } from '../core/tally.ts';
import type { Popover } from './popover.ts';

export type PopoverHandlers = {
  readonly [C in PopoverCall]: (input: PopoverInputs[C]) => Told | Promise<Told>;
};

type Told = Result<Snapshot | PopoverOpening | ShownImage | null>;

const done: Result<null> = { ok: true, value: null };

/** What the page of the popover is answered. */
export function popoverHandlers(
  tally: Pick<Tally, 'snapshot' | 'run'>,
  popover: Pick<Popover, 'opening' | 'drawn' | 'hide'>,
  face: Handlers['picture']['shown'],
): PopoverHandlers {
  return {
    get: () => ({ ok: true, value: tally.snapshot() }),
    run(action) {
      // It would be in the way of what is opened.
      if (action.type === 'window.open') popover.hide();
      return tally.run(action);
    },
    face,
    opening: () => ({ ok: true, value: popover.opening() }),
    drawn({ id }) {
      popover.drawn(id);
      return done;
    },
    hide() {
      popover.hide();
      return done;
    },
  };
}
