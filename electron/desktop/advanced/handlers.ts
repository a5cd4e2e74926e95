import type { Result } from '../../../shared/errors.ts';
import type { Handlers } from '../../../shared/ipc/channels.ts';
import type { Tally } from '../../core/tally.ts';
import type { Pasted } from '../media/pasted.ts';
import type { AppWindow } from '../window.ts';
import { done, withFeature } from '../with-feature.ts';

/** What the advanced panel asks for. Nothing of it is loaded before. */
export function advancedHandlers(
  tally: Pick<Tally, 'feature'>,
  window: Pick<AppWindow, 'notify'>,
  pasted: Pasted,
): Pick<Handlers, 'advanced' | 'history'> {
  const using = withFeature(tally, 'advanced');
  const value = <T>(given: T): Result<T> => ({ ok: true, value: given });

  return {
    advanced: {
      check: (input) => using((found) => value(found.check(input))),
      send: (order) => using((found) => found.send(order)),
      cancel: ({ call }) =>
        using((found) => {
          found.cancel(call);
          return done;
        }),
      current: ({ operation }) => using((found) => found.current(operation)),
      code: ({ input, format }) => using((found) => found.code(input, format)),
      save: ({ call }) => using((found) => found.save(call)),
      copyHidden: ({ call, pointer }) => using((found) => found.copyHidden(call, pointer)),
      add: (files) =>
        using(async (found) => {
          // One call takes one file.
          const { paths } = await pasted.take(files.slice(0, 1));
          const [path] = paths;
          window.notify('advanced', 'file', path === undefined ? null : await found.offer(path));
          return done;
        }),
    },
    history: {
      list: (asked) => using(async (found) => value(await found.history.list(asked))),
      get: ({ id }) => using((found) => found.history.get(id)),
      remove: ({ ids }) =>
        using(async (found) => {
          await found.history.remove(ids);
          return done;
        }),
    },
  };
}
